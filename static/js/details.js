// What unfolds is gone to: the first field of a <details data-unfold> takes the focus, and comes into sight with it.

document.addEventListener(
  "toggle",
  ({ target }) => {
    if (target.open && target.matches("[data-unfold]")) target.querySelector("select, textarea, input:not([type=hidden]), [type=submit]")?.focus();
  },
  true,
);
