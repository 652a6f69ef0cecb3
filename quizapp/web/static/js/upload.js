// Files can be dropped on their field, and are named and measured before they are sent.
// Without this file the plain file control does the work.
import "./theme.js";

const MEGABYTE = 1024 * 1024;

function sizeInWords(bytes) {
  if (bytes >= MEGABYTE) return `${(bytes / MEGABYTE).toFixed(1)} MB`;
  return `${Math.max(1, Math.round(bytes / 1024))} kB`;
}

function bind(zone) {
  const input = zone.querySelector("input[type=file]");
  const words = zone.querySelector("[data-chosen]");
  const limit = Number(zone.dataset.maxBytes) || Infinity;

  const describe = () => {
    const files = [...input.files];
    const isTooLarge = files.some((file) => file.size > limit);
    words.textContent = files.map((file) => `${file.name}, ${sizeInWords(file.size)}`).join("; ");
    if (isTooLarge) words.textContent += `. Too large: the limit is ${sizeInWords(limit)}.`;
    words.classList.toggle("error", isTooLarge);
    const which = files.length > 1 ? "files" : "a file";
    input.setCustomValidity(isTooLarge ? `Choose ${which} of at most ${sizeInWords(limit)}.` : "");
  };
  const lift = (isOver) => (event) => {
    event.preventDefault();
    zone.classList.toggle("over", isOver);
  };

  input.addEventListener("change", describe);
  zone.addEventListener("dragover", lift(true));
  zone.addEventListener("dragleave", lift(false));
  zone.addEventListener("drop", (event) => {
    lift(false)(event);
    if (!event.dataTransfer.files.length) return;
    input.files = event.dataTransfer.files;
    describe();
  });
}

document.querySelectorAll("[data-drop]").forEach(bind);
