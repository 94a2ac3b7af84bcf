// A copy button copies the text beside it; where the browser does not allow it, the text is selected instead.

const SHOWN_MS = 1500;

const select = (element) => window.getSelection().selectAllChildren(element);

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  const source = button.previousElementSibling;
  try {
    await navigator.clipboard.writeText(source.textContent.trim());
    button.classList.add("copied");
    setTimeout(() => button.classList.remove("copied"), SHOWN_MS);
  } catch {
    select(source);
  }
});
