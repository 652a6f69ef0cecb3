// Sends the form soon after a change: one request at a time, the newest state wins, and what is
// unconfirmed is tried again. All that this page sends is numbered, so that the server can refuse
// what arrives late. `show(state, text, link)` tells the person; the states are "pending", "saved",
// "error" (tried again) and "stopped" (something the person must do).
const SOON = 600;
const FIRST_RETRY = 1000;
const LAST_RETRY = 30_000;
const PATIENCE = 5000;

// Names this page among all pages that show the question; also where there is no HTTPS.
const newClient = () => crypto.getRandomValues(new Uint32Array(3)).join("-");

export function createAutosave(form, { show, onSaved, onClosed }) {
  let isDirty = false;
  let isStopped = false;
  let isHandedOver = false;
  let request = null;
  let aborting = null;
  let timer = 0;
  let retry = FIRST_RETRY;

  const { seen, client, sequence } = form.elements;
  client.value = newClient();
  const count = () => (sequence.value = Number(sequence.value) + 1);

  const post = (options) => {
    count();
    return fetch(form.action, {
      method: "POST",
      body: new FormData(form),
      headers: { Accept: "application/json" },
      redirect: "manual",
      ...options,
    });
  };

  const later = (delay) => {
    clearTimeout(timer);
    timer = setTimeout(flush, delay);
  };

  const stop = (text, link) => {
    isStopped = true;
    show("stopped", text, link);
  };

  const tryAgain = (seconds) => {
    isDirty = true;
    show("error", "Not saved yet, trying again");
    later(Math.max(retry, seconds * 1000));
    retry = Math.min(retry * 2, LAST_RETRY);
  };

  async function handle(response) {
    if (response.ok) {
      const reply = await response.json();
      retry = FIRST_RETRY;
      seen.value = reply.save_count;
      if (!isDirty) show("saved", "Saved");
      onSaved(reply, { isCurrent: !isDirty });
    } else if (response.status === 409) {
      const { message, conflict, location } = await response.json();
      stop(message, conflict && "Show the newer answer");
      if (!conflict) onClosed(message, location);
    } else if (response.type === "opaqueredirect" || response.status === 401) {
      stop("You are signed out. Your answer is kept on this device.", "Sign in");
    } else if (response.status >= 500 || response.status === 429 || response.status === 408) {
      tryAgain(Number(response.headers.get("Retry-After")) || 0);
    } else {
      stop("Not saved. Your answer is kept on this device.", "Load the page again");
    }
  }

  async function send() {
    isDirty = false;
    isHandedOver = false;
    aborting = new AbortController();
    try {
      await handle(await post({ signal: aborting.signal }));
    } catch {
      if (aborting.signal.aborted) isDirty = true;
      else tryAgain(0);
    }
  }

  // Sends what is unconfirmed now; resolves when no request is under way.
  async function flush() {
    clearTimeout(timer);
    if (request) await request;
    if (request || !isDirty || isStopped) return;
    request = send().finally(() => (request = null));
    await request;
  }

  return {
    flush,
    changed() {
      isDirty = true;
      isHandedOver = false;
      if (isStopped) return;
      show("pending", "Saving…");
      later(SOON);
    },
    // The page may be closed next: the browser finishes this request even then.
    leave() {
      if (isDirty && !isStopped && !isHandedOver) post({ keepalive: true }).catch(() => {});
    },
    // The form itself is sent next, with the highest number: an older request need not arrive. If
    // this page stays all the same, it goes on by itself.
    handOver() {
      isHandedOver = true;
      aborting?.abort();
      count();
      later(PATIENCE);
    },
    hasChanges: () => isDirty || request !== null,
  };
}
