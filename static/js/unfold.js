// Rows that unfold beneath themselves: the first click fetches what is in them, the next puts it away.

const placeOf = (link) => document.getElementById(link.dataset.unfolds);

document.addEventListener("htmx:confirm", (event) => {
  const link = event.target.closest("[data-unfolds][aria-expanded=true]");
  if (!link) return;
  event.preventDefault();
  placeOf(link).replaceChildren();
  link.setAttribute("aria-expanded", "false");
});

document.addEventListener("htmx:afterSwap", ({ detail }) => {
  const link = detail.requestConfig.elt;
  if (link.matches("[data-unfolds]")) link.setAttribute("aria-expanded", "true");
});
