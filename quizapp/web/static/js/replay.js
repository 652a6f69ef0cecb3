// Sends the answers to other questions that were kept on this device, the oldest first. Each is
// sent with the number it was written with, so that sending it twice, or after a newer one, does
// no harm. It leaves the journal when the server has it, or says that it can take it no more.
import { entriesOf, remove } from "./journal.js";

const PATIENCE = 10_000;

function post(entry, token) {
  const { fields, seconds, flag, seen, client, sequence, revision } = entry;
  const rest = { csrf_token: token, seconds, seen, client, sequence };
  if (flag) rest.flag = flag;
  if (revision) rest.revision = revision;
  return fetch(entry.url, {
    method: "POST",
    headers: { Accept: "application/json" },
    redirect: "manual",
    body: new URLSearchParams([...Object.entries(rest), ...fields]),
    signal: AbortSignal.timeout(PATIENCE),
  });
}

// What became of the entry: "sent", "finished", "conflict", "waiting" (paused, or not to be had), or
// "failed", after which there is no use in sending the next one now.
const isFailure = ({ status, type }) =>
  type === "opaqueredirect" || status >= 500 || [400, 401, 408, 429].includes(status);

async function send(entry, token) {
  try {
    const response = await post(entry, token);
    if (isFailure(response)) return { entry, outcome: "failed" };
    if (!response.ok && response.status !== 409) return { entry, outcome: "waiting" };
    const reply = await response.json();
    if (response.ok || reply.finished) await remove(entry);
    if (response.ok) return { entry, reply, outcome: "sent" };
    if (reply.finished) return { entry, reply, outcome: "finished" };
    return { entry, reply, outcome: reply.conflict ? "conflict" : "waiting" };
  } catch {
    return { entry, outcome: "failed" };
  }
}

// Sends all entries of `person` but those for the address `here`; one result for each.
export async function replay({ person, token, here }) {
  const entries = (await entriesOf(person)).filter(({ url }) => url !== here);
  const results = [];
  for (const entry of entries) {
    const isHopeless = results.some(({ outcome }) => outcome === "failed");
    results.push(isHopeless ? { entry, outcome: "failed" } : await send(entry, token));
  }
  return results;
}
