// Searching while typing. htmx asks on every `input`, also inside a Hangul syllable that is not finished: 김ㅊ finds already.
// This keeps URL and form in step: empty fields stay out of the one, and the other shows what the one says.

const formOf = (element) => (element.matches("form") ? element : element.form);

document.addEventListener("htmx:configRequest", ({ detail }) => {
  if (!formOf(detail.elt)?.matches("[data-mirrors-query]")) return;
  for (const [name, value] of [...detail.formData.entries()]) {
    if (value === "") detail.formData.delete(name);
  }
});

const show = (control, query) => {
  if (control === document.activeElement) return;
  if (control.type === "checkbox") control.checked = query.has(control.name);
  else control.value = query.get(control.name) ?? "";
};

const mirror = () => {
  const query = new URLSearchParams(window.location.search);
  for (const form of document.querySelectorAll("form[data-mirrors-query]")) {
    for (const control of form.elements) if (control.name) show(control, query);
  }
};

// What leads back to the list leads back to it as it is filtered now, not as it was when the page came.
const leadBack = () => {
  for (const link of document.querySelectorAll("a[data-leads-back]")) {
    const url = new URL(link.href);
    if (!url.searchParams.has("next")) continue;
    url.searchParams.set("next", window.location.pathname + window.location.search);
    link.href = url.href;
  }
};

for (const event of ["htmx:pushedIntoHistory", "htmx:replacedInHistory"]) {
  document.addEventListener(event, mirror);
  document.addEventListener(event, leadBack);
}

// Without htmx's help, on a plain submit, empty fields stay out of the URL as well.
document.addEventListener("formdata", ({ target, formData }) => {
  if (!target.matches("[data-mirrors-query]")) return;
  for (const [name, value] of [...formData.entries()]) if (value === "") formData.delete(name);
});
