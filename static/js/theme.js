// The theme's form works without a script; with one the page changes at once, and the cookie follows.

document.addEventListener("submit", (event) => {
  const form = event.target;
  const chosen = event.submitter;
  if (!form.matches("[data-theme-form]") || !chosen) return;
  event.preventDefault();
  document.documentElement.dataset.theme = chosen.value;
  for (const button of form.querySelectorAll("button")) button.setAttribute("aria-pressed", String(button === chosen));
  fetch(form.action, { method: "POST", body: new FormData(form, chosen), redirect: "manual", keepalive: true });
});
