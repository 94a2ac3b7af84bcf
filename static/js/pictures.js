// A picture that does not come leaves its place to what stands for it. Errors of images do not bubble: they are caught on the way.

const giveWay = (image) => {
  image.hidden = true;
  const missing = image.parentElement.querySelector(".picture-missing");
  if (missing) missing.hidden = false;
};

document.addEventListener(
  "error",
  ({ target }) => {
    if (target instanceof HTMLImageElement && target.matches("[data-picture]")) giveWay(target);
  },
  true,
);

// Some have failed before this module was there.
for (const image of document.querySelectorAll("img[data-picture]")) {
  if (image.complete && image.naturalWidth === 0 && image.currentSrc) giveWay(image);
}
