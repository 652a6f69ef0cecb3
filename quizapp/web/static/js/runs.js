// Runs the tests of a program that is being written. The answer is saved first: what is stored is what
// is run. A run that takes longer than a moment is asked for again and again; the focus stays.
import { announce } from "./messages.js";

const PAUSES = [250, 400, 600, 900, 1200, 1600]; // ms before asking again; then always the last
const LONGEST = 600_000; // ms; long before that the server has said that the run is lost
const PATIENCE = 10_000;
const UNSAVED = "The tests were not run: your code is not saved yet.";
const CUT_OFF = "The server cannot be reached, so the tests were not run.";
const FAILED = "The tests could not be run. Try again.";

const wait = (time) => new Promise((resolve) => setTimeout(resolve, time));

// `save()` resolves to whether all is stored. Without a panel on the page there is nothing to run.
export function bindRuns(form, save) {
  const panel = form.querySelector("[data-runs]");
  if (!panel) return { start() {}, changed() {} };
  const button = form.querySelector("[data-run]");
  const left = form.querySelector("[data-runs-left]");
  const url = panel.dataset.runs;
  let isBusy = false;

  async function ask(method) {
    const body = method === "POST" ? new URLSearchParams({ csrf_token: form.elements.csrf_token.value }) : null;
    const headers = { Accept: "application/json" };
    const signal = AbortSignal.timeout(PATIENCE);
    const response = await fetch(url, { method, body, headers, signal, redirect: "error" });
    const reply = await response.json();
    if (!response.ok) throw Object.assign(new Error(FAILED), { told: reply.message });
    return reply;
  }

  function show({ html, state, runs_left: runsLeft }) {
    panel.innerHTML = html; // our own server's, which escapes what programs print
    panel.dataset.state = state;
    left.textContent = runsLeft;
  }

  function tell(text) {
    const line = document.createElement("p");
    line.className = "run-state";
    line.textContent = text;
    panel.querySelector(".run-state")?.remove();
    panel.prepend(line);
    announce(text);
  }

  // Until it is finished, or lost.
  async function follow(reply) {
    const until = Date.now() + LONGEST;
    for (let turn = 0; reply.state === "running" && Date.now() < until; turn++) {
      await wait(PAUSES[Math.min(turn, PAUSES.length - 1)]);
      reply = await ask("GET").catch(() => reply); // the run goes on, whatever the network does
    }
    show(reply);
    announce(reply.words);
  }

  async function once(work) {
    if (isBusy) return;
    isBusy = true;
    panel.setAttribute("aria-busy", "true");
    button.setAttribute("aria-disabled", "true");
    try {
      await work();
    } catch (error) {
      tell(error.told ?? (error.name === "TypeError" ? CUT_OFF : FAILED));
    } finally {
      isBusy = false;
      panel.removeAttribute("aria-busy");
      button.removeAttribute("aria-disabled");
    }
  }

  const run = async () => {
    tell("Running the tests…");
    if (!(await save())) return tell(UNSAVED);
    await follow(await ask("POST"));
  };

  const start = () => !form.hasAttribute("data-frozen") && once(run);

  form.addEventListener(
    "keydown",
    (event) => {
      const isCode = event.target.closest(".cm-editor, textarea[data-code]");
      if (!isCode || event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      event.stopPropagation(); // the editor would begin a line
      if (!event.repeat) start();
    },
    true,
  );
  if (panel.dataset.state === "running") once(() => follow({ state: "running" }));

  return {
    start,
    // The results are not of this code any more.
    changed() {
      const note = panel.querySelector("[data-stale-note]");
      if (note) note.hidden = false;
    },
  };
}
