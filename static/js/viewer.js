// A page seen larger, smaller and turned, by buttons and their keys. The state stands on the viewer, so that the next page has it too.

const ZOOMS = 5;
const TURNS = 4;

const step = (viewer, zoom) => {
  const now = Number(viewer.dataset.zoom ?? 1);
  viewer.dataset.zoom = Math.max(0, Math.min(ZOOMS - 1, now + zoom));
};

const turn = (viewer) => {
  viewer.dataset.turn = (Number(viewer.dataset.turn ?? 0) + 1) % TURNS;
};

document.addEventListener("click", ({ target }) => {
  const button = target.closest("[data-viewer-zoom], [data-viewer-turn]");
  const viewer = button?.closest("[data-viewer]");
  if (!viewer) return;
  if (button.matches("[data-viewer-turn]")) turn(viewer);
  else step(viewer, Number(button.dataset.viewerZoom));
});
