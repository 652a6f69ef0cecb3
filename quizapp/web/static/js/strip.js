// The question strip and the flag follow the answer at once.
import { announce } from "./messages.js";

const strip = document.querySelector(".palette");
const here = strip?.querySelector("[aria-current]");

function count(kind, step) {
  const number = strip.querySelector(`[data-count="${kind}"]`);
  if (number) number.textContent = Number(number.textContent) + step;
}

function set(square, kind, isOn) {
  if (!square || square.classList.contains(kind) === isOn) return;
  square.classList.toggle(kind, isOn);
  const step = isOn ? 1 : -1;
  count(kind, step);
  if (kind === "answered") count("open", -step);
  const states = ["answered", "flagged"].filter((state) => square.classList.contains(state));
  const name = `Question ${square.textContent.trim()}`;
  square.setAttribute("aria-label", [name, ...states].join(", "));
}

// Of the question of this page, or of the one at `position`.
export function setAnswered(isOn, position) {
  set(position ? strip?.querySelector(`[value="${position}"]`) : here, "answered", isOn);
}

export function showCurrent() {
  here?.scrollIntoView({ block: "nearest", inline: "center" });
}

// The flag: a submit button that becomes a toggle. What was not sent yet goes with the form.
// Where nothing is asked there is none.
export function bindFlag(button, onChange) {
  if (!button) return { toggle() {}, put() {}, isOn: () => false, saved() {} };
  let isUnsaved = false;
  const isOn = () => button.getAttribute("aria-pressed") === "true";

  const put = (wanted) => {
    button.setAttribute("aria-pressed", wanted);
    isUnsaved = true;
    set(here, "flagged", wanted);
  };
  const toggle = () => {
    if (button.disabled) return;
    put(!isOn());
    announce(isOn() ? "Flagged" : "Flag removed");
    onChange();
  };
  button.addEventListener("click", (event) => {
    event.preventDefault();
    toggle();
  });
  button.form.addEventListener("formdata", ({ formData }) => {
    if (isUnsaved) formData.set("flag", isOn() ? "on" : "off");
  });
  return { toggle, put, isOn, saved: () => (isUnsaved = false) };
}
