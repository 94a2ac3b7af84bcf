// Flashes leave by themselves once they had time to be read: what can be undone stays longer, what failed stays until dismissed.
// The clock stands still while the pointer or the focus is on one.

const READ_MS = 7000;
const UNDO_MS = 20000;

const region = document.querySelector("[data-flashes]");

const lifetime = (flash) => {
  if (flash.matches(".flash-error, .flash-warning")) return Infinity;
  return flash.querySelector("form") ? UNDO_MS : READ_MS;
};

const schedule = (flash) => {
  const ms = lifetime(flash);
  if (ms === Infinity) return;
  let timer = setTimeout(() => flash.remove(), ms);
  const hold = () => clearTimeout(timer);
  const resume = () => {
    hold();
    timer = setTimeout(() => flash.remove(), ms);
  };
  for (const name of ["pointerenter", "focusin"]) flash.addEventListener(name, hold);
  for (const name of ["pointerleave", "focusout"]) flash.addEventListener(name, resume);
};

const isFlash = (node) => node.nodeType === Node.ELEMENT_NODE && node.matches("[data-flash]");

const start = (nodes) => {
  for (const node of nodes) {
    if (!isFlash(node)) continue;
    window.htmx?.process(node);
    schedule(node);
  }
};

if (region) {
  new MutationObserver((records) => records.forEach((record) => start(record.addedNodes))).observe(region, { childList: true });
  // Screen readers announce what enters a live region, not what it held from the start.
  setTimeout(() => region.replaceChildren(...region.children), 100);
}

document.addEventListener("click", (event) => event.target.closest("[data-flash-close]")?.closest("[data-flash]").remove());

document.addEventListener("htmx:afterRequest", ({ detail }) => {
  const flash = detail.successful && detail.elt.closest?.("[data-flash]");
  if (flash) flash.remove();
});
