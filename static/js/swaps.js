// What happens around htmx: whole pages that come in answer, failures, focus, and what is said aloud.

const failed = (kind) => {
  const template = document.querySelector(`template[data-failure="${kind}"]`);
  document.getElementById("flashes")?.append(template.content.cloneNode(true));
};

const wholePage = (text) => (/^\s*<!doctype html/i.test(text) ? new DOMParser().parseFromString(text, "text/html") : null);

const replaceBy = (detail, target, selector, style) => {
  detail.target = document.querySelector(target);
  detail.selectOverride = selector;
  detail.swapOverride = style;
  detail.shouldSwap = true;
};

const takeFlashes = (page) => {
  const flashes = page.querySelectorAll("#flashes > *");
  document.getElementById("flashes")?.append(...flashes);
};

// The list of keys stands outside the main part, and is the page's own.
const takeKeys = (page) => {
  const keys = page.getElementById("keys");
  if (keys) document.getElementById("keys")?.replaceWith(keys);
};

// The server may answer any request with a page: after a redirect, with a form to mend, with a conflict, or because the session
// has ended. Inside the dialog its confirmation is taken; elsewhere its main part; a page of another frame is gone to.
const takeFromPage = (detail, page) => {
  const inDialog = detail.requestConfig.elt.closest("dialog") || detail.target?.closest("dialog");
  if (inDialog && page.querySelector(".confirm")) {
    detail.ignoreTitle = true;
    replaceBy(detail, "#dialog-body", ".confirm", "innerHTML");
  } else if (page.querySelector(".shell #main")) {
    takeFlashes(page);
    takeKeys(page);
    replaceBy(detail, "#main", "#main", detail.xhr.status === 409 ? "outerHTML show:window:top" : "outerHTML");
  } else {
    detail.shouldSwap = false;
    window.location.assign(detail.xhr.responseURL);
  }
};

document.addEventListener("htmx:beforeOnLoad", ({ detail }) => {
  const { xhr, etc, requestConfig } = detail;
  const redirectedTo = new URL(xhr.responseURL, window.location.href);
  const wasPosted = requestConfig.verb === "post" && xhr.status < 300;
  const staysInDialog = requestConfig.elt.closest("dialog") && wholePage(xhr.responseText)?.querySelector(".confirm");
  if (wasPosted && !staysInDialog && redirectedTo.pathname !== window.location.pathname && wholePage(xhr.responseText)) {
    etc.push = redirectedTo.pathname + redirectedTo.search;
  }
});

document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (detail.isError && !detail.shouldSwap) return;
  const page = wholePage(detail.serverResponse);
  if (page) takeFromPage(detail, page);
});

document.addEventListener("htmx:responseError", () => failed("refused"));
document.addEventListener("htmx:sendError", () => failed("unreached"));

const focusFirst = (...elements) => elements.find((element) => element)?.focus({ preventScroll: true });

// A verb on a row of a list: the row again, or where it is gone the one that has taken its place.
const rowAgain = (element) => {
  const row = element.closest("li[id], tr[id]");
  const likeliest = [row, row?.nextElementSibling, row?.previousElementSibling].filter((each) => each?.id);
  const again = likeliest.map((each) => document.getElementById(each.id)).find((each) => each);
  return again?.querySelector("[data-row]");
};

// Where nothing says which row it was, the first in sight: the page stays where it is.
const rowInSight = (place) => {
  const rows = [...place.querySelectorAll("[data-row]")];
  return rows.find((row) => row.getBoundingClientRect().top > 0) ?? rows[0];
};

// Focus that fell to the body with what was replaced goes to the likeliest place in what came.
document.addEventListener("htmx:afterSettle", ({ detail }) => {
  const place = detail.target.isConnected ? detail.target : document.getElementById(detail.target.id);
  const said = place?.querySelector("[data-announce]")?.textContent;
  if (said) document.getElementById("announcer").textContent = said;
  if (document.activeElement !== document.body || !place) return;
  const cameFrom = detail.requestConfig.elt.querySelector("[data-cancel]")?.hash;
  const section = cameFrom && document.querySelector(cameFrom);
  const row = rowAgain(detail.requestConfig.elt);
  focusFirst(section?.querySelector("[data-returns-focus]"), row, rowInSight(place), place.closest("[tabindex]"));
});
