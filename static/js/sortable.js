// Lists whose order is a form's: by dragging, by [ and ] on an item, and by its buttons. The form says which order the page showed
// and which is wanted; the server answers with the list as it is then.

const listOf = (element) => element?.closest?.("[data-sortable]");
const itemsOf = (list) => [...list.querySelectorAll("[data-sortable-item]")];
const keysOf = (items) => items.map((item) => item.dataset.sortableItem);
const formOf = (list) => document.getElementById(list.dataset.sortable);

const say = (list, place, count) => {
  const text = list.dataset.said.replace("{place}", place).replace("{count}", count);
  document.getElementById("announcer").textContent = text;
};

const send = async (list, keys, focused) => {
  const form = formOf(list);
  if (keys.join(" ") === form.elements.shown.value) return;
  const container = list.parentElement;
  await window.htmx.ajax("POST", form.action, {
    source: list,
    target: container,
    swap: "outerHTML",
    values: { csrfmiddlewaretoken: form.elements.csrfmiddlewaretoken.value, shown: form.elements.shown.value, order: keys.join(" ") },
  });
  const moved = document.querySelector(`[data-sortable-item="${CSS.escape(focused)}"]`);
  moved?.querySelector("[data-sortable-handle]")?.focus();
  const now = listOf(moved);
  if (now) say(now, itemsOf(now).indexOf(moved) + 1, itemsOf(now).length);
};

const moved = (items, item, to) => {
  const rest = items.filter((other) => other !== item);
  rest.splice(Math.max(0, Math.min(rest.length, to)), 0, item);
  return keysOf(rest);
};

document.addEventListener("keydown", (event) => {
  const step = { "[": -1, "]": 1, BracketLeft: -1, BracketRight: 1 }[event.key] ?? { BracketLeft: -1, BracketRight: 1 }[event.code];
  const item = event.target.closest?.("[data-sortable-item]");
  if (!step || !item || event.ctrlKey || event.metaKey || event.altKey || !window.htmx) return;
  event.preventDefault();
  const items = itemsOf(listOf(item));
  send(listOf(item), moved(items, item, items.indexOf(item) + step), item.dataset.sortableItem);
});

document.addEventListener("submit", (event) => {
  const button = event.submitter;
  const list = button?.matches("[data-sortable-verb]") && listOf(button);
  if (!list || !window.htmx) return;
  event.preventDefault();
  send(list, button.value.split(" "), button.closest("[data-sortable-item]").dataset.sortableItem);
});

let dragged = null;

document.addEventListener("dragstart", (event) => {
  const item = event.target.closest?.("[data-sortable-item]");
  if (!item || !window.htmx) return;
  dragged = item;
  item.dataset.dragged = "";
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", item.dataset.sortableItem);
});

document.addEventListener("dragover", (event) => {
  const over = event.target.closest?.("[data-sortable-item]");
  if (!dragged || !over || listOf(over) !== listOf(dragged)) return;
  event.preventDefault();
  const box = over.getBoundingClientRect();
  if (over !== dragged) over[event.clientX > box.left + box.width / 2 ? "after" : "before"](dragged);
});

document.addEventListener("drop", (event) => {
  if (dragged && listOf(event.target)) event.preventDefault();
});

document.addEventListener("dragend", () => {
  if (!dragged) return;
  const item = dragged;
  dragged = null;
  delete item.dataset.dragged;
  send(listOf(item), keysOf(itemsOf(listOf(item))), item.dataset.sortableItem);
});
