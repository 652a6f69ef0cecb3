// Sends the form soon after a change, and in between while typing goes on: one request at a time,
// the newest state wins, and what is unconfirmed is tried again. Every change and every request
// takes the next number of this page, so that the server can refuse what arrives late; every
// change is kept on this device too, until the server has confirmed it. The state line says
// nothing that is not so: "kept on this device" only when it is on the disk.
import { createKeeper, entryOf } from "./journal.js";
import { exactTime } from "./messages.js";

// All in milliseconds.
const SOON = 600;
const LONGEST_WAIT = 8000;
const PATIENCE = 10_000;
const PATIENCE_TO_LEAVE = 3000;
const PATIENCE_TO_FORGET = 300;
const FIRST_RETRY = 1000;
const RETRY = 2500;
const LATER_RETRY = 10_000;
const LONG_TROUBLE = 90_000;
// What browsers send for a page that is gone, in characters.
const LARGEST_LAST_REQUEST = 60_000;
// Why a request was given up.
const LATE = "late";
const OUTDATED = "outdated";
const COMPARE = { text: "Compare the two answers", href: "#conflict" };
const LOAD_AGAIN = { text: "Load the page again", href: location.href };

// Names this page among all pages that show the question; also where there is no HTTPS.
const newClient = () => crypto.getRandomValues(new Uint32Array(3)).join("-");
const wait = (time) => new Promise((resolve) => setTimeout(resolve, time));
const varied = (delay) => delay * (0.8 + 0.2 * Math.random());

// `show(state, text, link)` tells the person: "saved", "pending", "kept" or "error" (tried again),
// "stopped" (something the person must do), "closed". `onSaved(reply, isCurrent)`;
// `onRefused(refusal)` when the attempt is paused or finished or the stored answer is another one.
export function createAutosave(form, { show, onSaved, onRefused }) {
  const { seen, client, sequence } = form.elements;
  client.value = newClient();

  // Numbers of changes: the newest, what the server has, what the disk has and what it refused,
  // and what was sent as the page was left.
  let newest = 0;
  let confirmed = 0;
  let kept = 0;
  let unkept = 0;
  let handedOver = 0;
  let keptAt;
  let savedAt = form.dataset.savedAt;
  let unsentSince = null;
  let trouble = null; // since when saving fails, and whether the server could not be reached
  let stop = null;
  let isHeldBack = false; // the person wanted to leave, and the server cannot be reached
  let request = null;
  let underWay = null;
  let forgetting = null;
  let timer = 0;

  const count = () => (sequence.value = Number(sequence.value) + 1);
  const hasChanges = () => newest > confirmed;
  const isKept = () => kept === newest;

  const keeper = createKeeper({
    onKept(entry) {
      kept = entry.sequence;
      keptAt = entry.at;
      tell();
    },
    onLost(entry) {
      unkept = entry.sequence;
      tell();
    },
  });

  const entry = () => entryOf(form, newest);

  const body = () => {
    count();
    return new URLSearchParams(new FormData(form));
  };

  const post = (options) =>
    fetch(form.action, {
      method: "POST",
      headers: { Accept: "application/json" },
      redirect: "manual",
      ...options,
    });

  function tell() {
    if (stop) show(stop.state, `${stop.text} ${whereItIs()}`, stop.link);
    else if (isHeldBack) show("error", `${cutOff()} ${whereItIs()}`);
    else if (!hasChanges()) show("saved", savedAt ? `Saved at ${exactTime(savedAt)}` : "Saved");
    else if (!trouble) show("pending", "Saving…");
    else if (isKept()) show("kept", `Saved on this device at ${exactTime(keptAt)}, not yet sent`);
    else show("error", "Not saved yet, trying again");
  }

  const whereItIs = () => {
    if (hasChanges() && isKept()) return "Your answer is kept on this device.";
    if (!hasChanges() || unkept < newest) return "";
    return "Your answer could not be kept on this device: copy it before you leave.";
  };

  const needsServer = form.elements.stage ? " Moving on needs the server." : "";
  const cutOff = () =>
    (navigator.onLine ? "The server cannot be reached." : "You are offline.") + needsServer;

  const later = (delay) => {
    clearTimeout(timer);
    timer = setTimeout(flush, delay);
  };

  const soon = () => {
    unsentSince ??= Date.now();
    later(Math.min(SOON, unsentSince + LONGEST_WAIT - Date.now()));
  };

  const stopFor = (text, link, state = "stopped") => {
    stop = { text, link, state };
    tell();
  };

  const tryAgain = (isCutOff, seconds = 0) => {
    const isNew = trouble === null;
    trouble = { since: trouble?.since ?? Date.now(), isCutOff };
    const isLong = Date.now() - trouble.since > LONG_TROUBLE;
    const delay = varied(isNew ? FIRST_RETRY : isLong ? LATER_RETRY : RETRY);
    later(Math.max(delay, seconds * 1000));
    tell();
  };

  function handle(response, reply, carried) {
    if (response.ok) {
      trouble = null;
      isHeldBack = false;
      savedAt = reply.saved_at;
      seen.value = reply.save_count;
      confirmed = carried;
      if (hasChanges()) soon();
      else forgetting = keeper.forget(entry());
      tell();
      onSaved(reply, !hasChanges());
    } else if (response.status === 409) {
      refuse(reply);
    } else if (response.type === "opaqueredirect" || response.status === 401) {
      stopFor("You are signed out.", { text: "Sign in", href: location.href });
    } else if (response.status >= 500 || response.status === 429 || response.status === 408) {
      tryAgain(false, Number(response.headers.get("Retry-After")) || 0);
    } else {
      stopFor("Not saved.", LOAD_AGAIN);
    }
  }

  function refuse(refusal) {
    if (refusal.conflict) {
      stopFor("This answer was changed in another tab or window.", COMPARE);
    } else if (refusal.paused) {
      stopFor(refusal.message);
    } else if (refusal.finished) {
      keeper.forget(entry());
      confirmed = newest;
      stopFor(refusal.message);
    } else {
      return stopFor("Not saved.", LOAD_AGAIN);
    }
    onRefused(refusal);
  }

  async function send() {
    const carried = newest;
    const aborting = new AbortController();
    const waiting = setTimeout(() => aborting.abort(LATE), PATIENCE);
    let response, reply;
    unsentSince = null;
    underWay = { carried, abort: (reason) => aborting.abort(reason) };
    try {
      response = await post({ body: body(), signal: aborting.signal });
      if (response.ok || response.status === 409) reply = await response.json();
    } catch {
      const { reason } = aborting.signal;
      return reason === OUTDATED ? null : tryAgain(reason !== LATE);
    } finally {
      clearTimeout(waiting);
    }
    handle(response, reply, carried);
  }

  // Seconds spent are sent although nothing was changed; resolves to whether the server was there.
  async function touch() {
    try {
      await post({ body: body(), signal: AbortSignal.timeout(PATIENCE_TO_LEAVE) });
      return true;
    } catch (error) {
      return error.name === "TimeoutError";
    }
  }

  // Sends what is unconfirmed now; resolves when no request is under way.
  async function flush() {
    clearTimeout(timer);
    while (request) await request;
    if (stop || !hasChanges()) return;
    request = send().finally(() => (request = underWay = null));
    await request;
  }

  function changed({ replaced } = {}) {
    newest = count();
    keeper.keep(entry(), replaced);
    tell();
    if (!stop && !trouble) soon();
  }

  tell();
  return {
    flush,
    changed,
    hasChanges,
    isStopped: () => stop !== null,
    close: () => stopFor("Finished, read-only.", null, "closed"),
    // The person wants this page's answer although another one, save number `number`, is stored.
    takeOver(number) {
      seen.value = number;
      stop = null;
      changed();
      flush();
    },
    // The page may be closed next: the browser finishes this request even then. Its reply may
    // never be read, so the answer counts as unconfirmed until the next one.
    leave() {
      if (!hasChanges() || stop || handedOver === newest) return;
      handedOver = newest;
      const last = body();
      if (last.toString().length > LARGEST_LAST_REQUEST) return;
      post({ body: last, keepalive: true }).catch(() => {});
    },
    // Resolves to whether another page may follow: all is saved, or at least kept here while the
    // server is there but too busy.
    async settle() {
      if (!hasChanges()) isHeldBack = !stop && !(await touch());
      else {
        if (underWay?.carried < newest) underWay.abort(OUTDATED);
        const waiting = setTimeout(() => underWay?.abort(LATE), PATIENCE_TO_LEAVE);
        await flush();
        clearTimeout(waiting);
        isHeldBack = hasChanges() && (!isKept() || Boolean(trouble?.isCutOff));
      }
      await Promise.race([forgetting, wait(PATIENCE_TO_FORGET)]);
      tell();
      return !isHeldBack;
    },
    // The network is back.
    resume() {
      isHeldBack = false;
      tell();
      flush();
    },
    // This page's answer is not wanted any more.
    drop() {
      confirmed = newest;
      return keeper.forget(entry());
    },
  };
}
