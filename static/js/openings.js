// What is opened is gone to: a <details data-in-sight> comes into sight as a whole, and its first field takes the focus.

const FIRST = "select, textarea, input:not([type=hidden]), [type=submit]";

document.addEventListener(
  "toggle",
  ({ target }) => {
    if (!target.open || !target.matches("[data-in-sight]")) return;
    target.scrollIntoView({ block: "nearest" });
    target.querySelector(FIRST)?.focus({ preventScroll: true });
  },
  true,
);
