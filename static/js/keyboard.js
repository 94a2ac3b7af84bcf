// Keys. With a Korean keyboard on, J arrives as ㅓ and ? may arrive as nothing printable: then the key's place decides.

const SEQUENCE_MS = 1200;
let sequenceUntil = 0;

const keyOf = (event) => {
  if (/^[\x21-\x7e]$/.test(event.key)) return event.key.toLowerCase();
  if (event.code === "Slash") return event.shiftKey ? "?" : "/";
  if (event.code.startsWith("Digit")) return event.code.slice(5);
  if (event.code.startsWith("Bracket")) return event.code === "BracketLeft" ? "[" : "]";
  return event.code.startsWith("Key") ? event.code.slice(3).toLowerCase() : event.key;
};

const isTyping = (element) => element.matches("input:not([type=checkbox]), select, textarea, [contenteditable]");
const isVisible = (element) => element.checkVisibility?.() ?? element.offsetParent !== null;
const visible = (selector) => [...document.querySelectorAll(selector)].filter(isVisible);

const focusSearch = () => {
  const field = document.querySelector("[data-search]");
  field?.focus();
  field?.select();
};

const rowWithFocus = () => document.activeElement.closest("tr, li");

const moveCursor = (step) => {
  const rows = visible("[data-row]");
  if (!rows.length) return;
  const at = rows.indexOf(rowWithFocus()?.querySelector("[data-row]"));
  const next = at < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, at + step));
  rows[next].focus({ focusVisible: true, preventScroll: true });
  rows[next].closest("tr, li").scrollIntoView({ block: "nearest" });
};

const selectRow = () => rowWithFocus()?.querySelector("[data-select]")?.click();

const actions = {
  "/": focusSearch,
  j: () => moveCursor(1),
  k: () => moveCursor(-1),
  x: selectRow,
  "?": () => document.getElementById("keys")?.togglePopover(),
  g: () => {
    sequenceUntil = Date.now() + SEQUENCE_MS;
  },
};

const press = (key) => {
  const inSequence = Date.now() < sequenceUntil;
  sequenceUntil = 0;
  if (inSequence) return visible(`[data-go-key="${CSS.escape(key)}"]`)[0];
  // What is done to the row with the focus comes before what is done to the page.
  const ofRow = rowWithFocus()?.querySelector(`[data-row-key="${CSS.escape(key)}"]`);
  // Of several things that can be undone the newest is meant, which stands last.
  return ofRow ?? visible(`[data-key="${CSS.escape(key)}"]`).at(-1);
};

const inField = (event) => {
  const field = event.target;
  if (event.key === "Escape" && !field.closest("dialog")) field.blur();
  else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) field.form?.requestSubmit();
  else if (event.key === "ArrowDown" && field.matches("[data-search]")) moveCursor(1);
  else return;
  event.preventDefault();
};

// The last syllable of a Korean name is being composed until the next key: an arrow down ends it, and means the list.
const leaveComposition = (event) => {
  if (event.code !== "ArrowDown" || !event.target.matches("[data-search]")) return;
  event.target.addEventListener("compositionend", () => moveCursor(1), { once: true });
};

document.addEventListener("keydown", (event) => {
  const isComposing = event.isComposing || (event.keyCode === 229 && isTyping(event.target));
  if (isComposing) leaveComposition(event);
  if (event.defaultPrevented || isComposing || event.altKey) return;
  if (isTyping(event.target)) {
    inField(event);
  } else if (event.ctrlKey || event.metaKey) {
    if (keyOf(event) !== "k") return;
    event.preventDefault();
    focusSearch();
  } else if (!document.querySelector("dialog[open]")) {
    const key = keyOf(event);
    const element = press(key);
    if (!element && !actions[key]) return;
    event.preventDefault();
    // A key that is held down decides once, not about one thing after the other.
    if (element && event.repeat) return;
    if (element) element.click();
    else actions[key]();
  }
});
