// A calendar of days and lanes: what stands in a lane is moved by dragging, or picked up with M, moved by the arrows and set down
// with Enter; a click on a free place leads to a form for it. Where it goes is marked meanwhile; the server decides.

const TEN_MINUTES = 10;
const DROP_STEP = 10;
const KEY_STEP = 30;

let held = null; // { entry, lane, minute (of the day), grabbed (minutes below its top), byKeys }

const calendarOf = (element) => element.closest("[data-calendar]");
const laneOf = (element) => element.closest?.("[data-lane]");
const itemOf = (entry) => entry.closest("li");
const firstMinute = (calendar) => calendar.dataset.firstHour * 60;
const lastMinute = (calendar) => firstMinute(calendar) + calendar.dataset.hours * 60;
const minutesOf = (entry) => Number(entry.dataset.minutes);
const startOf = (item) => item.dataset.fromHour * 60 + item.dataset.fromTen * TEN_MINUTES;
const clock = (minute) => `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;

const say = (text) => {
  document.getElementById("announcer").textContent = text;
};

const within = (calendar, minute, minutes) =>
  Math.max(firstMinute(calendar), Math.min(lastMinute(calendar) - Math.min(minutes, calendar.dataset.hours * 60), minute));

const stand = (element, minute, minutes) => {
  const until = Math.ceil((minute + minutes) / TEN_MINUTES) * TEN_MINUTES;
  element.dataset.fromHour = Math.floor(minute / 60);
  element.dataset.fromTen = Math.floor((minute % 60) / TEN_MINUTES);
  element.dataset.untilHour = Math.floor(until / 60);
  element.dataset.untilTen = (until % 60) / TEN_MINUTES;
};

const marker = document.createElement("li");
marker.className = "calendar-place calendar-marker";
marker.setAttribute("aria-hidden", "true");

const mark = () => {
  stand(marker, held.minute, minutesOf(held.entry));
  marker.textContent = clock(held.minute);
  held.lane.append(marker);
};

const pickUp = (entry, more) => {
  const item = itemOf(entry);
  held = { entry, lane: laneOf(entry), minute: startOf(item), grabbed: 0, ...more };
  item.dataset.held = "";
};

const putBack = () => {
  if (!held) return;
  delete itemOf(held.entry).dataset.held;
  marker.remove();
  held = null;
};

const isMoved = () => held.lane !== laneOf(held.entry) || held.minute !== startOf(itemOf(held.entry));

const setDown = async () => {
  const { entry, lane, minute } = held;
  const moved = isMoved();
  putBack();
  if (!moved) return;
  const form = document.getElementById("calendar-move");
  await window.htmx.ajax("POST", entry.dataset.moveUrl, {
    source: calendarOf(entry),
    target: "#main",
    swap: "outerHTML",
    values: {
      csrfmiddlewaretoken: form.elements.csrfmiddlewaretoken.value,
      next: form.elements.next.value,
      row_version: entry.dataset.version,
      consultant: lane.dataset.lane,
      scheduled_at: `${lane.dataset.day}T${clock(minute)}`,
      duration_minutes: entry.dataset.minutes,
    },
  });
  document.querySelector(`[data-entry="${CSS.escape(entry.dataset.entry)}"]`)?.focus();
};

// Dragging

const minuteAt = (lane, y) => {
  const calendar = calendarOf(lane);
  const box = lane.getBoundingClientRect();
  const minute = firstMinute(calendar) + ((y - box.top) / box.height) * calendar.dataset.hours * 60 - held.grabbed;
  return within(calendar, Math.round(minute / DROP_STEP) * DROP_STEP, minutesOf(held.entry));
};

document.addEventListener("dragstart", (event) => {
  const entry = event.target.closest?.("[data-move-url]");
  if (!entry || !window.htmx) return;
  putBack();
  const box = entry.getBoundingClientRect();
  pickUp(entry, { grabbed: ((event.clientY - box.top) / box.height) * minutesOf(entry) });
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", entry.dataset.entry);
});

const follow = (event) => {
  const lane = held && !held.byKeys && laneOf(event.target);
  if (!lane) return false;
  event.preventDefault();
  held.lane = lane;
  held.minute = minuteAt(lane, event.clientY);
  return true;
};

document.addEventListener("dragover", (event) => {
  if (follow(event)) mark();
});

document.addEventListener("drop", (event) => {
  if (follow(event)) setDown();
});

document.addEventListener("dragend", () => putBack());

// Keys

const lanes = (calendar) => [...calendar.querySelectorAll("[data-lane]")];

// The next lane of the same consultant, or of the same day.
const nextLane = (step, same) => {
  const others = lanes(calendarOf(held.lane)).filter((lane) => lane.dataset[same] === held.lane.dataset[same]);
  return others[others.indexOf(held.lane) + step] ?? held.lane;
};

const steps = {
  ArrowUp: (isFine) => ({ minute: held.minute - (isFine ? TEN_MINUTES : KEY_STEP) }),
  ArrowDown: (isFine) => ({ minute: held.minute + (isFine ? TEN_MINUTES : KEY_STEP) }),
  ArrowLeft: (toOther) => ({ lane: nextLane(-1, toOther ? "day" : "lane") }),
  ArrowRight: (toOther) => ({ lane: nextLane(1, toOther ? "day" : "lane") }),
};

const go = (event) => {
  Object.assign(held, steps[event.key](event.shiftKey));
  held.minute = within(calendarOf(held.lane), held.minute, minutesOf(held.entry));
  mark();
  marker.scrollIntoView({ block: "nearest" });
  say(`${held.lane.dataset.dayLabel} ${clock(held.minute)}, ${held.lane.dataset.person}`);
};

const isPickUp = (event) => (event.key.toLowerCase() === "m" || event.code === "KeyM") && !event.ctrlKey && !event.metaKey && !event.altKey;

document.addEventListener("keydown", (event) => {
  const entry = event.target.closest?.("[data-move-url]");
  if (!entry || !window.htmx) return;
  if (held?.byKeys && held.entry === entry) {
    if (steps[event.key]) go(event);
    else if (event.key === "Enter") setDown();
    else if (event.key === "Escape") {
      say(calendarOf(entry).dataset.saidBack);
      putBack();
    } else return;
    event.preventDefault();
  } else if (isPickUp(event)) {
    event.preventDefault();
    putBack();
    pickUp(entry, { byKeys: true });
    mark();
    say(calendarOf(entry).dataset.saidHeld);
  }
});

document.addEventListener("focusout", (event) => {
  if (held?.byKeys && event.target === held.entry) putBack();
});

// A free place

document.addEventListener("click", (event) => {
  const calendar = event.target.closest?.("[data-book-url]");
  const lane = calendar && laneOf(event.target);
  if (!lane || event.target.closest("a")) return;
  const box = lane.getBoundingClientRect();
  const minute = firstMinute(calendar) + Math.floor((((event.clientY - box.top) / box.height) * calendar.dataset.hours * 60) / KEY_STEP) * KEY_STEP;
  const asked = new URLSearchParams({ at: `${lane.dataset.day}T${clock(minute)}`, consultant: lane.dataset.lane });
  asked.set("next", document.getElementById("calendar-move").elements.next.value);
  window.location.assign(`${calendar.dataset.bookUrl}?${asked}`);
});
