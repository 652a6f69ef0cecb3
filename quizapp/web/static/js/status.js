// The line that says whether the answer is saved: text with an icon, never a popup.
const line = document.querySelector("[data-save]");

// `link`, if given, is what the person can do: it opens this page again.
export function showStatus(state, text, link) {
  line.dataset.state = state;
  const words = line.querySelector("span");
  words.textContent = text;
  if (!link) return;
  const anchor = document.createElement("a");
  anchor.href = location.href;
  anchor.textContent = link;
  words.append(" ", anchor);
}
