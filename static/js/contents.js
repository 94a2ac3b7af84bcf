// The list of a page's sections shows which one is being read.

const LINE = 160;
let waiting = false;

const current = (links) => {
  const passed = links.filter((link) => document.querySelector(link.hash)?.getBoundingClientRect().top <= LINE);
  const atEnd = window.innerHeight + window.scrollY >= document.documentElement.scrollHeight - 2;
  return atEnd && window.scrollY > 0 ? links.at(-1) : (passed.at(-1) ?? links[0]);
};

const mark = () => {
  waiting = false;
  for (const contents of document.querySelectorAll("[data-contents]")) {
    const links = [...contents.querySelectorAll("a")];
    const here = current(links);
    for (const link of links) {
      if (link === here) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  }
};

const soon = () => {
  if (waiting) return;
  waiting = true;
  requestAnimationFrame(mark);
};

window.addEventListener("scroll", soon, { passive: true });
window.addEventListener("resize", soon, { passive: true });
document.addEventListener("htmx:load", soon);
soon();
