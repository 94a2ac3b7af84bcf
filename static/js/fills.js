// A choice that brings a text to start from (data-fills: the name of the field; data-text on each option). What somebody has written
// is never replaced.

const isOurs = (select, text) => [...select.options].some((option) => (option.dataset.text ?? "") === text);

document.addEventListener("change", ({ target }) => {
  if (!target.matches("select[data-fills]")) return;
  const field = target.form.elements[target.dataset.fills];
  if (isOurs(target, field.value)) field.value = target.selectedOptions[0].dataset.text ?? "";
});
