// Links with data-dialog bring the confirmation of their page into the one dialog and send it from there. Where htmx is not
// there, or the link is opened in a tab of its own, the page serves.

const frame = document.querySelector("[data-dialog-frame]");
const body = document.getElementById("dialog-body");
let opener = null;

const isPlainClick = (event) => event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-dialog]");
  if (!link || !frame || !window.htmx || !isPlainClick(event)) return;
  event.preventDefault();
  opener = link;
  link.closest("details")?.removeAttribute("open");
  window.htmx.ajax("GET", link.href, { source: link, target: body, swap: "innerHTML" });
});

// Several confirmations may follow one another in the dialog: who it is, and then what was asked for.
let cameInAnswer = null;

document.addEventListener("htmx:afterSwap", ({ detail }) => {
  const form = detail.target === body && body.querySelector("form");
  if (!form) return;
  cameInAnswer = detail.xhr;
  form.setAttribute("hx-post", form.action);
  form.setAttribute("hx-target", opener?.dataset.dialogTarget ?? "#main");
  form.setAttribute("hx-swap", "outerHTML");
  form.setAttribute("hx-disabled-elt", "find [type=submit]");
  window.htmx.process(form);
  if (!frame.open) frame.showModal();
  (form.querySelector("[aria-invalid=true], textarea, input:not([type=hidden])") ?? form.querySelector("[type=submit]")).focus();
});

document.addEventListener("htmx:afterRequest", ({ detail }) => {
  if (detail.xhr === cameInAnswer) return;
  if (detail.successful && detail.requestConfig.verb === "post" && body?.contains(detail.elt)) frame.close();
});

document.addEventListener("click", (event) => {
  if (!frame?.contains(event.target)) return;
  if (event.target !== frame && !event.target.closest("[data-dialog-close]")) return;
  event.preventDefault();
  frame.close();
});

frame?.addEventListener("close", () => body.replaceChildren());
