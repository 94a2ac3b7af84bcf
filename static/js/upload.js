// Files chosen or dropped are sent one after the other, each with its progress and what else the form asks; the server answers each with
// the list as it is then.
// Without a script the form leads to a page that takes them.

const fill = (text, values) => Object.entries(values).reduce((said, [name, value]) => said.replace(`{${name}}`, value), text);

const partsOf = (form) => ({
  input: form.querySelector("[data-upload-input]"),
  state: form.querySelector("[data-upload-state]"),
  progress: form.querySelector("[data-upload-progress]"),
});

const say = (form, text, values = {}) => {
  const { state } = partsOf(form);
  state.hidden = false;
  state.textContent = fill(text, values);
};

const request = (form, file) =>
  new Promise((resolve, reject) => {
    const { progress } = partsOf(form);
    const body = new FormData(form);
    body.append(form.dataset.uploadField, file);
    const xhr = new XMLHttpRequest();
    xhr.open("POST", form.action);
    xhr.setRequestHeader("HX-Request", "true");
    xhr.setRequestHeader("X-CSRFToken", form.elements.csrfmiddlewaretoken.value);
    xhr.upload.addEventListener("progress", ({ loaded, total }) => {
      progress.value = (100 * loaded) / total;
      say(form, form.dataset.saidSending, { name: file.name, percent: Math.round(progress.value) });
    });
    xhr.upload.addEventListener("load", () => say(form, form.dataset.saidChecking, { name: file.name }));
    xhr.addEventListener("load", () => (xhr.status === 200 || xhr.status === 422 ? resolve(xhr.responseText) : reject(new Error(xhr.status))));
    xhr.addEventListener("error", () => reject(new Error("unreached")));
    xhr.send(body);
  });

// What was refused before stays in sight when the next file is taken.
const replace = (selector, html) => {
  const old = document.querySelector(selector);
  const page = new DOMParser().parseFromString(html, "text/html");
  const now = document.importNode(page.querySelector(selector), true);
  const said = old.querySelectorAll("[role=alert]");
  now.prepend(...said);
  old.replaceWith(now);
  window.htmx?.process(now);
};

const sendAll = async (form, files) => {
  const { input, progress } = partsOf(form);
  if (!form.reportValidity()) return;
  if (files.length > 1 && !input.multiple) {
    say(form, form.dataset.saidOne);
    return;
  }
  for (const old of document.querySelectorAll(`${form.dataset.uploadTarget} [role=alert]`)) old.remove();
  progress.hidden = false;
  let failed = null;
  for (const file of files) {
    try {
      replace(form.dataset.uploadTarget, await request(form, file));
    } catch {
      failed = file;
    }
  }
  progress.hidden = true;
  if (failed) say(form, form.dataset.saidFailed, { name: failed.name });
  else if (document.querySelector(`${form.dataset.uploadTarget} [role=alert]`)) partsOf(form).state.hidden = true;
  else say(form, form.dataset.saidDone);
};

document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-upload]")) return;
  event.preventDefault();
  const { input } = partsOf(event.target);
  input.disabled = false;
  input.click();
});

document.addEventListener("change", ({ target }) => {
  if (!target.matches("[data-upload-input]") || !target.files.length) return;
  const files = [...target.files];
  target.value = "";
  sendAll(target.form, files);
});

const zoneOf = (event) => (event.dataTransfer?.types.includes("Files") ? event.target.closest?.("[data-upload-drop]") : null);

document.addEventListener("dragover", (event) => {
  const zone = zoneOf(event);
  if (!zone) return;
  event.preventDefault();
  zone.dataset.over = "";
});

document.addEventListener("dragleave", (event) => {
  const zone = zoneOf(event);
  if (zone && !zone.contains(event.relatedTarget)) delete zone.dataset.over;
});

document.addEventListener("drop", (event) => {
  const zone = zoneOf(event);
  if (!zone) return;
  event.preventDefault();
  delete zone.dataset.over;
  const form = zone.querySelector("[data-upload]");
  if (form) sendAll(form, [...event.dataTransfer.files]);
});
