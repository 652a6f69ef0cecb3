// Says under a number box how the server will read what is typed; it shows nothing of the key.
import { announce } from "./messages.js";
import { readNumber, showNumber, trimmed } from "./numbers.js";

const PAUSE = 1200; // ms without a key before it is said aloud
let saying = 0;

const plainUnit = (word) => trimmed(word.normalize("NFKC")).replace(/\s+/g, " ");

// [number, unit] as domain/units.py splits them.
export function splitUnit(text, known) {
  const places = [...text].reduce((all, each) => [...all, all.at(-1) + each.length], [0]);
  const between = places.slice(1, -1);
  const splits = between.map((place) => [text.slice(0, place), plainUnit(text.slice(place))]);
  const isNumber = ([number]) => readNumber(number) !== null;
  const found = splits.find((each) => known.includes(each[1]) && isNumber(each));
  if (found || readNumber(text)) return found ?? [text, ""];
  const begins = (place) => /^\p{L}/u.test(text.slice(place));
  return splits.findLast((each, at) => begins(between[at]) && isNumber(each)) ?? [text, ""];
}

export function readingOf(text, units) {
  if (!units.length) {
    const value = readNumber(text);
    return value ? `Read as ${showNumber(value)}` : "Not read as a number yet";
  }
  const [number, unit] = splitUnit(text, units.map(plainUnit));
  const value = readNumber(number);
  if (!value) return "Not read as a number yet";
  if (unit && !units.map(plainUnit).includes(unit)) return `The unit ${unit} is not known here`;
  return `Read as ${showNumber(value)} ${unit || units[0]}`;
}

// Each line is as its box is now; the hint stands in its place while the box is blank.
export function showReading(form) {
  form.querySelectorAll("[data-reading]").forEach(showReadingIn);
}

function showReadingIn(line) {
  const box = line.parentElement.querySelector("input");
  const text = trimmed(box.value);
  const words = text && readingOf(text, JSON.parse(line.dataset.reading));
  line.previousElementSibling.hidden = Boolean(text);
  line.hidden = !text;
  if (line.textContent === words) return;
  line.textContent = words;
  clearTimeout(saying);
  if (text && document.activeElement === box) {
    saying = setTimeout(() => announce(words), PAUSE);
  }
}
