// A form that was changed is not left by accident. The mark on the form is what others may ask for: data-changed.

const changedForms = () => document.querySelectorAll("form[data-unsaved][data-changed]");

document.addEventListener("input", (event) => {
  const form = event.target.form ?? event.target.closest("form");
  if (form?.matches("[data-unsaved]")) form.dataset.changed = "";
});

document.addEventListener("submit", (event) => delete event.target.dataset.changed);

document.addEventListener("click", (event) => {
  const form = event.target.closest("[data-cancel]")?.closest("form");
  if (form) delete form.dataset.changed;
});

window.addEventListener("beforeunload", (event) => {
  if (changedForms().length) event.preventDefault();
});
