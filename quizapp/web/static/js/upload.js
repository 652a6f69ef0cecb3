// A file can be dropped on its field, and is named and measured before it is sent.
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
    const [file] = input.files;
    const isTooLarge = file?.size > limit;
    words.textContent = file ? `${file.name}, ${sizeInWords(file.size)}` : "";
    if (isTooLarge) words.textContent += `. Too large: the limit is ${sizeInWords(limit)}.`;
    words.classList.toggle("error", Boolean(isTooLarge));
    input.setCustomValidity(isTooLarge ? `Choose a file of at most ${sizeInWords(limit)}.` : "");
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
