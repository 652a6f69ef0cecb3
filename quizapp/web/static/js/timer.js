// Time left. The server owns the deadline and says how much is left; a wrong or changed local clock
// does not matter, because only the monotonic clock is read.
import { announce } from "./live.js";

const LOW = 300;
const ANNOUNCED = { 300: "5 minutes left", 60: "1 minute left" };
const ASLEEP = 10_000;

function clockFace(seconds) {
  const two = (number) => String(number).padStart(2, "0");
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  return `${hours ? `${hours}:${two(minutes)}` : minutes}:${two(seconds % 60)}`;
}

// Calls onEnd once at zero, and onAwake when the machine slept, which the monotonic clock misses.
export function startTimer(element, { onEnd, onAwake }) {
  const face = element.querySelector("time");
  const offset = () => Date.now() - performance.now();
  let end, before, awake;
  let hasEnded = false;

  const correct = (remaining) => {
    end = performance.now() + remaining;
    awake = offset();
    if (remaining > 0) hasEnded = false;
    show();
  };

  const show = () => {
    const left = Math.max(0, Math.ceil((end - performance.now()) / 1000));
    if (left === before) return;
    face.textContent = clockFace(left);
    element.dataset.low = left <= LOW;
    for (const [mark, words] of Object.entries(ANNOUNCED)) {
      if (before > mark && left <= mark) announce(words);
    }
    before = left;
  };

  setInterval(() => {
    show();
    if (Math.abs(offset() - awake) > ASLEEP) {
      awake = offset();
      onAwake?.();
    }
    if (before === 0 && !hasEnded) {
      hasEnded = true;
      onEnd();
    }
  }, 250);
  correct(Number(element.dataset.remaining));
  return { correct, isOver: () => hasEnded };
}
