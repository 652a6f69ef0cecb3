// The result while programs are being checked: it is asked for again until all verdicts are there, and
// what has changed takes its place. The rest of the page, the focus and what is folded out stay.
import { announce } from "./messages.js";
import "./theme.js";

const PAUSES = [700, 1000, 1500, 2000, 3000, 5000]; // ms before asking again; then always the last
const PATIENCE = 10_000;
const DONE = "All answers are checked. ";

const find = (selector, within = document) => within.querySelector(selector);
const wait = (time) => new Promise((resolve) => setTimeout(resolve, time));
const left = (main) => Number(find("[data-being-checked]", main)?.dataset.beingChecked ?? 0);

async function fetched() {
  const response = await fetch(location.href, { signal: AbortSignal.timeout(PATIENCE) });
  if (!response.ok || response.redirected) return null;
  return find("main", new DOMParser().parseFromString(await response.text(), "text/html"));
}

// `old` is as `fresh` afterwards, but for what is folded out; what is the same stays in place.
function renew(old, fresh) {
  if (old.isEqualNode(fresh)) return;
  const before = [...old.childNodes];
  const after = [...fresh.childNodes];
  const isAlike = old.nodeName === fresh.nodeName && before.length === after.length;
  if (!isAlike || !before.length) return old.replaceWith(fresh);
  for (const { name } of [...old.attributes]) {
    if (name !== "open" && !fresh.hasAttribute(name)) old.removeAttribute(name);
  }
  for (const { name, value } of fresh.attributes) if (name !== "open") old.setAttribute(name, value);
  before.forEach((each, place) => renew(each, after[place]));
}

// Where the focus was in what is replaced, it moves to the question that this was about.
function replace(fresh) {
  const place = document.activeElement.closest("article")?.id;
  renew(find("main"), fresh);
  const article = place && document.getElementById(place);
  if (!article || document.activeElement !== document.body) return;
  article.tabIndex = -1;
  article.focus({ preventScroll: true });
}

async function follow() {
  for (let turn = 0; left(find("main")); turn++) {
    await wait(PAUSES[Math.min(turn, PAUSES.length - 1)]);
    const fresh = document.hidden ? null : await fetched().catch(() => null);
    if (!fresh || left(fresh) === left(find("main"))) continue;
    const isLast = !left(fresh);
    replace(fresh);
    if (isLast) announce(DONE + find(".hero .lead").textContent);
  }
}

follow();
