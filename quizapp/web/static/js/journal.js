// Answers the server has not confirmed yet, kept on this device in the browser's database: through
// a lost network, a crash and a reload. There is one entry for each person, question and page that
// sends it, with the newest state of that page: so two tabs never overwrite each other's text. An
// entry knows which saved answer it began from and carries a number of its page, so the server
// can tell what is newer; it is removed only when the server has it or can take it no more.
import { answerFields } from "./answer.js";

const DATABASE = "answers";
const STORE = "unsent";
const LIFETIME = 7 * 24 * 60 * 60 * 1000;

// The state of the page as its change number `sequence`.
export function entryOf(form, sequence) {
  const { person, attempt, name } = form.dataset;
  const { client, seen } = form.elements;
  const data = new FormData(form);
  return {
    person,
    attempt,
    name,
    url: form.action,
    page: location.pathname,
    at: Date.now(),
    client: client.value,
    sequence,
    revision: form.elements.revision.value,
    seen: seen.value,
    fields: answerFields(form),
    seconds: data.get("seconds"),
    flag: data.get("flag"),
  };
}

const keyOf = ({ person, url, client }) => [person, url, client];
let opening = null;

function open() {
  opening ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () =>
      request.result.createObjectStore(STORE, { keyPath: ["person", "url", "client"] });
    request.onerror = () => reject(request.error);
    request.onsuccess = () => {
      const database = request.result;
      database.onclose = () => (opening = null);
      database.onversionchange = () => {
        database.close();
        opening = null;
      };
      resolve(database);
    };
  });
  opening.catch(() => (opening = null));
  return opening;
}

// Resolves when the change is made, if "strict" on the disk; rejects where storage is full or
// forbidden.
async function change(durability, work) {
  const database = await open();
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(STORE, "readwrite", { durability });
    transaction.oncomplete = resolve;
    transaction.onabort = () => reject(transaction.error);
    work(transaction.objectStore(STORE));
  });
}

// Removes the entry unless its page has written a newer state meanwhile.
export function remove(entry) {
  return change("relaxed", (store) => {
    const found = store.get(keyOf(entry));
    found.onsuccess = () => {
      if (found.result?.sequence <= entry.sequence) store.delete(keyOf(entry));
    };
  }).catch(() => {});
}

// The person's entries, the oldest first; none where there is no storage. Whoever reads removes
// what is too old, of all persons.
export async function entriesOf(person) {
  try {
    const all = await read();
    const isOld = ({ at }) => Date.now() - at > LIFETIME;
    for (const entry of all.filter(isOld)) remove(entry);
    const own = all.filter((entry) => entry.person === person && !isOld(entry));
    return own.sort((first, second) => first.at - second.at);
  } catch {
    return [];
  }
}

async function read() {
  const database = await open();
  return new Promise((resolve, reject) => {
    const request = database.transaction(STORE).objectStore(STORE).getAll();
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

// Keeps the newest state of one page. While one is being written, only the newest waits, so that
// fast typing never queues up. `onKept(entry)` is called when it is on the disk, `onLost(entry)`
// when that cannot be; the next state is tried all the same.
export function createKeeper({ onKept, onLost }) {
  let waiting = null;
  let isWriting = false;

  async function work() {
    if (isWriting) return;
    isWriting = true;
    while (waiting) {
      const { entry, replaced } = waiting;
      waiting = null;
      await change("strict", (store) => {
        store.put(entry);
        if (replaced) store.delete(keyOf(replaced));
      }).then(() => onKept(entry), () => onLost(entry));
    }
    isWriting = false;
  }

  return {
    // `replaced` is the entry of an earlier page whose answer this page has taken on.
    keep(entry, replaced = waiting?.replaced) {
      waiting = { entry, replaced };
      work();
    },
    forget(entry) {
      waiting = null;
      return remove(entry);
    },
  };
}
