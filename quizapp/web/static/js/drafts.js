// Answers the server has not confirmed yet, kept on this device. A draft remembers which saved
// answer it began from and which page sent it, so that an answer given later elsewhere is never
// overwritten by it, though the server may have saves of that page whose replies were lost.
const PREFIX = "answer:";
const LIFETIME = 7 * 24 * 60 * 60 * 1000;

const key = (form) => PREFIX + form.action;

// Storage may be full or forbidden; the answer is then still in the page and still being sent.
function attempt(action) {
  try {
    return action();
  } catch {
    return null;
  }
}

export function writeDraft(form, fields) {
  const { seen, client } = form.elements;
  const draft = { at: Date.now(), seen: seen.value, client: client.value, fields };
  attempt(() => localStorage.setItem(key(form), JSON.stringify(draft)));
}

export function removeDraft(form) {
  attempt(() => localStorage.removeItem(key(form)));
}

// The draft of this question, unless another page has saved an answer since it began.
export function readDraft(form) {
  const draft = attempt(() => JSON.parse(localStorage.getItem(key(form))));
  const isNewest =
    draft?.seen === form.elements.seen.value || draft?.client === form.dataset.savedBy;
  return isNewest ? draft : null;
}

export function removeOldDrafts() {
  attempt(() => {
    for (const name of Object.keys(localStorage).filter((each) => each.startsWith(PREFIX))) {
      const at = attempt(() => JSON.parse(localStorage.getItem(name)).at) ?? 0;
      if (Date.now() - at > LIFETIME) localStorage.removeItem(name);
    }
  });
}
