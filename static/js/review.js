// The review: a case that is looked at stays in hand, reasons bring their sentences, and what can be undone counts its seconds.

const TICK_MS = 1000;

// The page says every so often that the case is still being looked at. A browser that is gone says nothing, and the case is freed.

let kept = null;
let keptAt = 0;

const keep = async (form) => {
  const headers = { "HX-Request": "true", "X-Unattended": "1" };
  const answer = await fetch(form.action, { method: "POST", body: new FormData(form), headers });
  if (answer.status === 409) document.getElementById("review-taken").innerHTML = await answer.text();
};

const keepIfDue = (form) => {
  if (kept !== form) {
    // Opening the case has begun its lease.
    kept = form;
    keptAt = Date.now();
  } else if (Date.now() - keptAt >= 1000 * form.dataset.reviewKeep) {
    keptAt = Date.now();
    keep(form).catch(() => {});
  }
};

const countDown = (entry) => {
  const left = entry.dataset.seconds - 1;
  if (left <= 0) {
    entry.remove();
    return;
  }
  entry.dataset.seconds = left;
  entry.querySelector("[data-seconds-left]").textContent = left;
};

setInterval(() => {
  const form = document.querySelector("[data-review-keep]");
  if (form) keepIfDue(form);
  for (const entry of document.querySelectorAll("[data-seconds]")) countDown(entry);
}, TICK_MS);

// A sentence that the reviewer has changed is theirs: another reason leaves it alone.

const choose = (link) => {
  const form = link.closest("form");
  const field = form.elements.note;
  const before = form.querySelector("[data-reason][aria-current]");
  if (!field.value.trim() || field.value === before?.dataset.sentence) field.value = link.dataset.sentence;
  before?.removeAttribute("aria-current");
  link.setAttribute("aria-current", "true");
  form.querySelector("[data-reason-field]").value = link.dataset.reason;
  field.focus();
  field.setSelectionRange(field.value.length, field.value.length);
};

document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-reason]");
  if (!link || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  choose(link);
});
