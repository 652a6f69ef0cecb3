// Answers the server has not confirmed yet, kept on this device. A draft remembers which saved
// answer it began from, so that one made later, here or elsewhere, is never overwritten by it.
const PREFIX = "answer:";
const LIFETIME = 7 * 24 * 60 * 60 * 1000;

const key = (form) => PREFIX + form.action;
const base = (form) => Date.parse(form.dataset.savedAt) || 0;

// Storage may be full or forbidden; the answer is then still in the page and still being sent.
function attempt(action) {
  try {
    return action();
  } catch {
    return null;
  }
}

export function writeDraft(form, fields) {
  const draft = { at: Date.now(), base: base(form), fields };
  attempt(() => localStorage.setItem(key(form), JSON.stringify(draft)));
}

export function removeDraft(form) {
  attempt(() => localStorage.removeItem(key(form)));
}

// The draft of this question, unless an answer was saved since it began.
export function readDraft(form) {
  const draft = attempt(() => JSON.parse(localStorage.getItem(key(form))));
  return !form.dataset.savedAt || draft?.base === base(form) ? draft : null;
}

export function removeOldDrafts() {
  attempt(() => {
    for (const name of Object.keys(localStorage).filter((each) => each.startsWith(PREFIX))) {
      const at = attempt(() => JSON.parse(localStorage.getItem(name)).at) ?? 0;
      if (Date.now() - at > LIFETIME) localStorage.removeItem(name);
    }
  });
}
