// A long text: the box grows with it, how many words it has, and the outline to start from.

const count = (text) => text.trim().split(/\s+/).filter(Boolean).length;

function words(number, limit) {
  const text = `${number} word${number === 1 ? "" : "s"}`;
  return number > limit ? `${text}, ${number - limit} more than wanted` : text;
}

// As many rows as it takes, so that nothing scrolls within the box.
function grow(box) {
  const missing = box.scrollHeight - box.clientHeight;
  if (missing > 0) box.rows += Math.ceil(missing / parseFloat(getComputedStyle(box).lineHeight));
}

// Shows the words of the box, if the page has one; called again as they are typed.
export function showWords(form) {
  const shown = form.querySelector("[data-word-count]");
  if (!shown) return;
  const limit = Number(shown.dataset.limit) || Infinity;
  const box = form.elements.lines;
  const number = count(box.value);
  grow(box);
  shown.textContent = words(number, limit);
  shown.toggleAttribute("data-over", number > limit);
  shown.hidden = false;
}

// The button puts the outline before what was written; for the page it is as if it was typed.
export function bindOutline(form) {
  form.querySelector("[data-use-outline]")?.addEventListener("click", () => {
    const box = form.elements.lines;
    if (box.readOnly) return;
    const outline = form.querySelector("[data-outline]").textContent.trimEnd();
    box.value = box.value.trim() ? `${outline}\n\n${box.value}` : `${outline}\n`;
    box.dispatchEvent(new Event("input", { bubbles: true }));
    box.focus();
  });
}
