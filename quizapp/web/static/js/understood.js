// Shows under a box for an expression how the server reads what is typed. There is one grammar, so
// the server is asked; what it answers tells nothing of the key.
import { announce } from "./messages.js";

const REST = 250; // ms without a key before the server is asked
const PAUSE = 1200; // ms without a key before it is said aloud
const headers = { Accept: "application/json" };
let asking = 0;
let saying = 0;
let request = new AbortController();
let shown; // the text that the lines are about

// The lines are as the box is now, a moment later; without a connection there are none.
export function showUnderstood(form) {
  const lines = form.querySelector("[data-understood]");
  if (!lines) return;
  const box = form.elements.text;
  const text = box.value.trim();
  shown ??= box.defaultValue.trim();
  if (text === shown) return;
  shown = text;
  request.abort();
  clearTimeout(asking);
  clearTimeout(saying);
  if (!text) return show(lines, "");
  lines.toggleAttribute("data-stale", true);
  asking = setTimeout(() => ask(lines, box, text), REST);
}

async function ask(lines, box, text) {
  request = new AbortController();
  const { signal } = request;
  const url = `${location.pathname}/reading?${new URLSearchParams({ text })}`;
  try {
    const response = await fetch(url, { headers, signal, redirect: "error" });
    const { html, words } = response.ok ? await response.json() : { html: "" };
    if (signal.aborted) return;
    show(lines, html);
    if (words) saying = setTimeout(() => document.activeElement === box && announce(words), PAUSE);
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
