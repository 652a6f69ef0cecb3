// What the page tells the person: the state line, the notices, and words for screen readers.
const live = document.querySelector("[data-live]");
const line = document.querySelector("[data-save]");
const TROUBLE = ["error", "kept"];
let isTroubled = false;

// Says something to people who use a screen reader, without moving their focus.
export function announce(text) {
  if (live) live.textContent = text;
}

function anchor({ text, href }) {
  const link = document.createElement("a");
  Object.assign(link, { href, textContent: text });
  return link;
}

// The line that says whether the answer is saved. It changes with every answer, so it is not read
// aloud by itself: only the first failure, the recovery and a stop are. `link` is what to do.
export function showStatus(state, text, link) {
  if (!line) return;
  const isNew = line.dataset.state !== state;
  line.dataset.state = state;
  line.querySelector("span").replaceChildren(text, ...(link ? [" ", anchor(link)] : []));
  const wasTroubled = isTroubled;
  isTroubled = TROUBLE.includes(state) || (isTroubled && state === "pending");
  if ((state === "stopped" && isNew) || isTroubled !== wasTroubled) announce(text);
}

// Shows the notice of that name with one paragraph for each of `items`: {text, link}. Without
// items it goes away.
export function showNotice(name, items) {
  const notice = document.querySelector(`[data-notice="${name}"]`);
  if (!notice) return;
  notice.hidden = items.length === 0;
  const paragraphs = items.map(({ text, link }) => {
    const paragraph = document.createElement("p");
    paragraph.append(text, ...(link ? [" ", anchor(link)] : []));
    return paragraph;
  });
  notice.querySelector("div").replaceChildren(...paragraphs);
  if (items.length) announce(items.map(({ text }) => text).join(" "));
}

const MINUTES = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
const SECONDS = { ...MINUTES, second: "2-digit" };

// The time of day here, with the date where that is not today's.
function timeHere(moment, format) {
  const date = new Date(moment);
  const time = date.toLocaleTimeString("en-GB", format);
  if (date.toDateString() === new Date().toDateString()) return time;
  return `${time} on ${date.toLocaleDateString("en-GB", { day: "numeric", month: "long" })}`;
}

export const timeOfDay = (moment) => timeHere(moment, MINUTES);
export const exactTime = (moment) => timeHere(moment, SECONDS);
