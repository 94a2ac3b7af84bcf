// Photos in full, one at a time, in a dialog. Each is asked for when it is shown: the address of a picture lives a minute.
// Where the dialog is not there, or a link is opened in a tab of its own, the photo's page serves.

let opener = null;

const box = () => document.querySelector("[data-lightbox]");
const bodyOf = (dialog) => dialog.querySelector("[data-lightbox-body]");
const isPlainClick = (event) => event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);

const show = (dialog, address, source) => window.htmx.ajax("GET", address, { source, target: bodyOf(dialog), swap: "innerHTML" });

document.addEventListener("click", (event) => {
  const dialog = box();
  if (!dialog || !window.htmx || !isPlainClick(event)) return;
  const link = event.target.closest("a[data-lightbox-open], [data-lightbox] a[data-lightbox-go]");
  if (link) {
    event.preventDefault();
    if (link.matches("[data-lightbox-open]")) opener = link;
    show(dialog, link.href, dialog);
    if (!dialog.open) dialog.showModal();
  } else if (event.target === dialog || event.target.closest("[data-lightbox-close]")) {
    dialog.close();
  }
});

document.addEventListener("keydown", (event) => {
  const dialog = box();
  const way = { ArrowLeft: "previous", ArrowRight: "next" }[event.key];
  if (!dialog?.open || !way) return;
  event.preventDefault();
  dialog.querySelector(`[data-lightbox-go="${way}"]`)?.click();
});

document.addEventListener(
  "close",
  ({ target }) => {
    if (!target.matches?.("[data-lightbox]")) return;
    bodyOf(target).replaceChildren();
    opener?.focus();
  },
  true,
);
