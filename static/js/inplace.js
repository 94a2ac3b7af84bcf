// Editing in place: a section is replaced by its form, one at a time, and comes back as it was when the edit is cancelled.

let replaced = null;

const openForm = () => document.querySelector("form[data-in-place]");

const restore = (form) => {
  const section = replaced;
  form.replaceWith(section);
  window.htmx.process(section);
  section.querySelector("[data-edit]")?.focus();
};

document.addEventListener("htmx:confirm", (event) => {
  const link = event.target.closest("[data-edit]");
  const form = link && openForm();
  if (!form) return;
  if (form.dataset.changed !== undefined) {
    event.preventDefault();
    form.scrollIntoView({ block: "center" });
    form.querySelector("[type=submit]").focus();
  } else {
    form.replaceWith(replaced);
    window.htmx.process(replaced);
  }
});

document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (detail.requestConfig.elt.matches("[data-edit]") && detail.shouldSwap) replaced = detail.target.cloneNode(true);
});

// The form takes over the section's id, so that links to the section lead to it.
document.addEventListener("htmx:load", ({ detail }) => {
  const form = detail.elt.matches?.("form[data-in-place]") ? detail.elt : null;
  if (!form || !replaced) return;
  form.id = replaced.id;
  const invalid = form.querySelector("[aria-invalid=true]");
  if (invalid) form.dataset.changed = "";
  (invalid ?? form.querySelector("input:not([type=hidden]), select, textarea"))?.focus();
});

document.addEventListener("click", (event) => {
  const link = event.target.closest("form[data-in-place] [data-cancel]");
  if (!link || !replaced) return;
  event.preventDefault();
  restore(link.form ?? link.closest("form"));
});
