// The question strip follows the answer and the flag at once.
const strip = document.querySelector(".palette");
const here = strip?.querySelector("[aria-current]");

function count(kind, step) {
  const number = strip.querySelector(`[data-count="${kind}"]`);
  if (number) number.textContent = Number(number.textContent) + step;
}

function set(kind, isOn) {
  if (!here || here.classList.contains(kind) === isOn) return;
  here.classList.toggle(kind, isOn);
  const step = isOn ? 1 : -1;
  count(kind, step);
  if (kind === "answered") count("open", -step);
  const states = ["answered", "flagged"].filter((state) => here.classList.contains(state));
  here.setAttribute("aria-label", [`Question ${here.textContent.trim()}`, ...states].join(", "));
}

export const setAnswered = (isOn) => set("answered", isOn);
export const setFlagged = (isOn) => set("flagged", isOn);

export function showCurrent() {
  here?.scrollIntoView({ block: "nearest", inline: "center" });
}
