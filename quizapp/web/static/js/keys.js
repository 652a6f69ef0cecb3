// A to H or 1 to 8 choose, F flags (a sixth choice is 6), N and P turn the page, T says the time,
// ? helps.
// Never while typing, never with a modifier.
const TYPING = "textarea, select, dialog[open], [contenteditable], .cm-editor";
const CHOICES = "abcdefgh";

function isTyping(target) {
  if (target.closest(TYPING)) return true;
  return target.matches("input") && !["radio", "checkbox"].includes(target.type);
}

export function bindKeys({ choose, flag, next, previous, time, help }) {
  const actions = { f: flag, n: next, p: previous, t: time, "?": help };

  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    if (event.defaultPrevented || isTyping(event.target)) return;
    const key = event.key.toLowerCase();
    const place = /^[1-8]$/.test(key) ? Number(key) - 1 : CHOICES.indexOf(key);
    if (Object.hasOwn(actions, key)) actions[key]();
    else if (key.length === 1 && place >= 0) choose(place);
    else return;
    event.preventDefault();
  });
}
