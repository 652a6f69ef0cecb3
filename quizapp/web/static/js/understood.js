// Shows under a box for an expression how the server reads what is typed. There is one grammar, so
// the server is asked; what it answers tells nothing of the key.
import { announce } from "./messages.js";

const REST = 250; // ms without a key before the server is asked
const PAUSE = 1200; // ms without a key before it is said aloud
const headers = { Accept: "application/json" };
const states = new WeakMap(); // of the lines: what they are about, and what is under way

// The lines below each box are as it is now, a moment later; without a connection there are none.
export function showUnderstood(form) {
  form.querySelectorAll("[data-understood]").forEach(showUnderstoodIn);
}

function showUnderstoodIn(lines) {
  const box = lines.parentElement.querySelector("input");
  const text = box.value.trim();
  const state = states.get(lines) ?? { shown: box.defaultValue.trim() };
  states.set(lines, state);
  if (text === state.shown) return;
  state.shown = text;
  state.request?.abort();
  clearTimeout(state.asking);
  clearTimeout(state.saying);
  if (!text) return show(lines, "");
  lines.toggleAttribute("data-stale", true);
  state.asking = setTimeout(() => ask(lines, box, text, state), REST);
}

async function ask(lines, box, text, state) {
  state.request = new AbortController();
  const { signal } = state.request;
  const part = box.name.slice(0, -"text".length); // its prefix in a question of parts
  const url = `${location.pathname}/reading?${new URLSearchParams({ text, part })}`;
  try {
    const response = await fetch(url, { headers, signal, redirect: "error" });
    const { html, words } = response.ok ? await response.json() : { html: "" };
    if (signal.aborted) return;
    show(lines, html);
    const say = () => document.activeElement === box && announce(words);
    if (words) state.saying = setTimeout(say, PAUSE);
  } catch {
    if (!signal.aborted) show(lines, "");
  }
}

// Our own server's HTML: MathML and escaped text.
function show(lines, html) {
  lines.innerHTML = html;
  lines.hidden = !html;
  lines.removeAttribute("data-stale");
}
