// Time left, and time spent. The server owns the deadline and says how much is left; a wrong or
// changed local clock does not matter, because only the monotonic clock is read. Silent for screen
// readers, but for a few warnings and a button that says the time.
import { announce } from "./messages.js";

const LOW = 300;
const SHOWN_AGAIN = 60;
const MARKS = [600, 300, 60, 30];
const SETTING = "timer";

const two = (number) => String(number).padStart(2, "0");
const counted = (number, unit) => `${number} ${unit}${number === 1 ? "" : "s"}`;

function clockFace(seconds) {
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  return `${hours ? `${hours}:${two(minutes)}` : minutes}:${two(seconds % 60)}`;
}

export function timeInWords(seconds) {
  const parts = [
    [Math.floor(seconds / 3600), "hour"],
    [Math.floor(seconds / 60) % 60, "minute"],
    [seconds % 60, "second"],
  ].filter(([number]) => number > 0);
  return parts.map(([number, unit]) => counted(number, unit)).join(" ") || "no time";
}

// The marks that have just been passed; after a sleep only the last of them matters.
function warning(before, left, half) {
  const passed = [half, ...MARKS].filter((mark) => before > mark && left <= mark);
  const mark = Math.min(...passed);
  if (!passed.length || left === 0) return null;
  return mark === half && !MARKS.includes(half)
    ? `Half of the time is over: ${timeInWords(left)} left`
    : `${timeInWords(left)} left`;
}

// Storage may be forbidden; the choice then lasts for this page.
function remembered(value) {
  try {
    if (value !== undefined) localStorage.setItem(SETTING, value);
    return localStorage.getItem(SETTING);
  } catch {
    return null;
  }
}

function bindHiding(element, button) {
  let isHidden = false;

  const set = (isOn) => {
    isHidden = isOn;
    element.toggleAttribute("data-face-hidden", isOn);
    button.setAttribute("aria-label", isOn ? "Show the time" : "Hide the time");
  };
  button.addEventListener("click", () => {
    set(!isHidden);
    remembered(isHidden ? "hidden" : "shown");
  });
  set(remembered() === "hidden");
  // When little time is left it is shown, whatever was chosen.
  return (left) => {
    button.hidden = left <= SHOWN_AGAIN;
    if (button.hidden && isHidden) set(false);
    else if (!button.hidden && remembered() === "hidden" && !isHidden) set(true);
  };
}

const secondsTo = (moment) => Math.max(0, Math.ceil((moment - performance.now()) / 1000));

// Counts down on `element`; calls onZero once each time that zero is reached.
export function startTimer(element, { onZero }) {
  const whole = element.querySelector("[data-whole]");
  let wholeEnd = whole && performance.now() + Number(whole.dataset.whole);
  const here = whole ? " in this section" : "";
  const face = element.querySelector("time");
  const showAgain = bindHiding(element, document.querySelector("[data-hide-time]"));
  let total = Number(element.dataset.total) / 1000;
  let end, before;

  const show = () => {
    const left = secondsTo(end);
    if (left === before) return;
    const words = warning(before, left, Math.round(total / 2));
    if (words) announce(words + here);
    if (whole) whole.querySelector("[data-whole-face]").textContent = clockFace(secondsTo(wholeEnd));
    face.textContent = clockFace(left);
    element.dataset.low = left <= LOW;
    showAgain(left);
    const hasEnded = left === 0;
    before = left;
    if (hasEnded) setTimeout(onZero);
  };

  const correct = (remaining, ofWhole) => {
    end = performance.now() + remaining;
    if (whole && ofWhole !== undefined) wholeEnd = performance.now() + ofWhole;
    show();
  };
  const inAll = () => (whole ? `${here}, ${timeInWords(secondsTo(wholeEnd))} in all` : "");
  const say = () => announce(before ? `${timeInWords(before)} left${inAll()}` : "No time left");

  document.querySelector("[data-announce-time]").addEventListener("click", say);
  setInterval(show, 250);
  correct(Number(element.dataset.remaining));
  return {
    correct,
    say,
    isOver: () => before === 0,
    lengthen: (milliseconds) => (total += milliseconds / 1000),
  };
}

// Seconds spent on this question, counted only while the page can be seen.
export function startStopwatch(secondsBefore) {
  let total = secondsBefore * 1000;
  let since = document.hidden ? null : performance.now();

  document.addEventListener("visibilitychange", () => {
    if (document.hidden && since !== null) {
      total += performance.now() - since;
      since = null;
    } else if (!document.hidden) {
      since ??= performance.now();
    }
  });
  return () => Math.round((total + (since === null ? 0 : performance.now() - since)) / 1000);
}
