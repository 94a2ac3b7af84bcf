// Rows that are selected by their boxes: how many they are, all of the page at once, and everybody who fits.

const boxesOf = (form) => [...form.querySelectorAll("[data-select]")];

const tell = (form, count, everybody) => {
  const label = form.querySelector("[data-selection-count]");
  const said = everybody?.checked ? everybody.dataset.count : String(count);
  label.textContent = (everybody?.checked ? label.dataset.everybody : label.dataset.one).replace("{count}", said);
  document.getElementById("announcer").textContent = label.textContent;
};

const show = (form) => {
  const boxes = boxesOf(form);
  const count = boxes.filter((box) => box.checked).length;
  const all = form.querySelector("[data-select-all]");
  all.checked = count === boxes.length;
  all.indeterminate = count > 0 && count < boxes.length;
  tell(form, count, form.querySelector("[data-select-everybody]"));
};

const setAll = (form, checked) => {
  for (const box of boxesOf(form)) box.checked = checked;
};

document.addEventListener("change", ({ target }) => {
  const form = target.closest("[data-selection]");
  if (!form) return;
  const everybody = form.querySelector("[data-select-everybody]");
  if (target === everybody && target.checked) setAll(form, true);
  else if (target.matches("[data-select-all]")) setAll(form, target.checked);
  // Everybody less one is a selection of this page's again.
  if (target !== everybody && everybody && boxesOf(form).some((box) => !box.checked)) everybody.checked = false;
  show(form);
});

document.addEventListener("reset", ({ target }) => {
  if (target.matches("[data-selection]")) setTimeout(() => show(target));
});
