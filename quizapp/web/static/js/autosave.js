// Sends the form soon after a change: one request at a time, the newest state wins, and what is
// unconfirmed is tried again. `show(state, text, link)` tells the person; the states are
// "pending", "saved", "error" (tried again) and "stopped" (something the person must do).
const SOON = 600;
const FIRST_RETRY = 1000;
const LAST_RETRY = 30_000;
const PATIENCE = 1500;

const wait = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

export function createAutosave(form, { show, onSaved, onClosed }) {
  let isDirty = false;
  let isStopped = false;
  let isHandedOver = false;
  let request = null;
  let timer = 0;
  let retry = FIRST_RETRY;

  const post = (options = {}) =>
    fetch(form.action, {
      method: "POST",
      body: new FormData(form),
      headers: { Accept: "application/json" },
      redirect: "manual",
      ...options,
    });

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
      retry = FIRST_RETRY;
      if (!isDirty) show("saved", "Saved");
      onSaved(await response.json(), { isCurrent: !isDirty });
    } else if (response.status === 409) {
      const { message, location } = await response.json();
      stop(message);
      onClosed(message, location);
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
    try {
      await handle(await post());
    } catch {
      tryAgain(0);
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
    // The form itself is sent next: an older request must not arrive after it, though a slow one
    // is not waited for.
    handOver() {
      clearTimeout(timer);
      isHandedOver = true;
      return Promise.race([request, wait(PATIENCE)]);
    },
    hasChanges: () => isDirty || request !== null,
  };
}
