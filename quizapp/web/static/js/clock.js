// What the server says about the attempt: running, paused or finished, and how much time is left.
// It is asked when the page has heard nothing for a while, when the machine or the page wakes up,
// and when the network is back; never while the page is hidden. Tabs of one browser tell each
// other that the attempt is about to be paused or finished.
const PATIENCE = 8000;
const QUIET = [9500, 12_000];
const QUIET_UNTIMED = [45_000, 60_000];
const ASLEEP = 10_000;
const CONFIRM_AFTER = [300, 600, 1200, 2400, 4800];

const wait = (time) => new Promise((resolve) => setTimeout(resolve, time));

// `onReply(reply)` is called with every answer; `onStopping()` when another tab is about to stop
// the attempt, and `onGoesOn()` when that did not happen after all.
export function createClock({ url, attempt, isTimed, onReply, onStopping, onGoesOn }) {
  const tabs = "BroadcastChannel" in window ? new BroadcastChannel(`attempt-${attempt}`) : null;
  const offset = () => Date.now() - performance.now();
  const [shortest, longest] = isTimed ? QUIET : QUIET_UNTIMED;
  let timer = 0;
  let awake = offset();
  let isClosed = false;

  function heard() {
    clearTimeout(timer);
    if (!isClosed) timer = setTimeout(poll, shortest + Math.random() * (longest - shortest));
  }

  function poll() {
    if (document.hidden) heard();
    else ask();
  }

  // The server's answer, or null when there is none.
  async function ask() {
    if (isClosed) return null;
    heard();
    try {
      const signal = AbortSignal.timeout(PATIENCE);
      const headers = { Accept: "application/json" };
      const response = await fetch(url, { headers, signal, cache: "no-store", redirect: "manual" });
      if (!response.ok) return null;
      const reply = await response.json();
      if (!isClosed) onReply(reply);
      return reply;
    } catch {
      return null;
    }
  }

  async function confirmStopping() {
    onStopping();
    for (const pause of CONFIRM_AFTER) {
      await wait(pause);
      const reply = await ask();
      if (isClosed || (reply && reply.state !== "running")) return;
    }
    onGoesOn();
  }

  tabs?.addEventListener("message", confirmStopping);
  document.addEventListener("visibilitychange", () => document.hidden || ask());
  addEventListener("online", ask);
  // The monotonic clock misses the time for which the machine slept; the other one does not.
  setInterval(() => {
    if (Math.abs(offset() - awake) < ASLEEP) return;
    awake = offset();
    ask();
  }, 1000);
  heard();

  return {
    ask,
    heard,
    tellStopping: () => tabs?.postMessage("stopping"),
    close() {
      isClosed = true;
      clearTimeout(timer);
    },
  };
}
