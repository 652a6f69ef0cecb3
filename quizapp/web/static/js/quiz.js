// One question. Every control is a plain form control first: without this file the page posts and
// works. This module only connects the parts.
import {
  answerFields, answerLines, bindFreezing, isAnswered, isEdited, isSame, putBack, servedFields,
  setFrozen, shownLines,
} from "./answer.js";
import { followAttempt } from "./attempt.js";
import { createAutosave } from "./autosave.js";
import { createConflict } from "./conflict.js";
import { bindOutline, showWords } from "./essay.js";
import "./grid.js";
import { entriesOf, remove } from "./journal.js";
import { bindKeys } from "./keys.js";
import { exactTime, showNotice, showStatus } from "./messages.js";
import "./match.js";
import "./order.js";
import { showReading } from "./reading.js";
import { bindRuns } from "./runs.js";
import { bindFlag, setAnswered, showCurrent } from "./strip.js";
import { submitOnce } from "./submit-once.js";
import "./theme.js";
import { startStopwatch } from "./timer.js";
import { showUnderstood } from "./understood.js";

const TURN_AGAIN = 5000;
const RESTORED =
  "Your last answer had not reached the server. It was kept on this device and is put back below.";
const find = (selector) => document.querySelector(selector);
const form = find("form[data-quiz]");
const timeUp = find("#time-up");

showCurrent();
showReading(form);
showWords(form);
bindOutline(form);
bindFreezing(form);
const secondsSpent = startStopwatch(Number(form.elements.seconds.value));
form.addEventListener("formdata", ({ formData }) => formData.set("seconds", secondsSpent()));

// --- saving
const conflict = createConflict(find("[data-conflict]"));
const autosave = createAutosave(form, {
  show: showStatus,
  onSaved(reply, isCurrent) {
    attempt.take(reply);
    if (!isCurrent) return;
    flag.saved();
    setAnswered(reply.answered);
  },
  onRefused(refusal) {
    if (refusal.conflict) askWhichCounts(refusal);
    else if (refusal.paused) attempt.goTo(refusal.location);
    else attempt.close(refusal);
  },
});

function changed(options) {
  setAnswered(isAnswered(form));
  showReading(form);
  showUnderstood(form);
  showWords(form);
  runs.changed();
  if (autosave.isStopped()) conflict.showMine(answerLines(form, answerFields(form)));
  autosave.changed(options);
}

form.addEventListener("input", () => changed());
form.addEventListener("focusout", autosave.flush);
addEventListener("online", autosave.resume);
addEventListener("pagehide", autosave.leave);
document.addEventListener("visibilitychange", () =>
  document.hidden ? autosave.leave() : autosave.flush(),
);

async function saveAll() {
  await autosave.flush();
  return !autosave.hasChanges() || autosave.isStopped();
}

const runs = bindRuns(form, async () => (await saveAll()) && !autosave.isStopped());

// --- two different answers
function askWhichCounts({ save_count: number, saved_at: storedAt, stored }) {
  conflict.open({
    mine: answerLines(form, answerFields(form)),
    mineWords: "In this window",
    stored: shownLines(form, stored),
    storedAt,
    onMine: () => autosave.takeOver(number),
    onStored: () => dropMine(),
  });
}

async function dropMine() {
  await autosave.drop();
  location.reload();
}

// --- leaving: the answer is saved first, then the next page is loaded
let isLeaving = false;

async function leave(target) {
  if (conflict.isOpen() && autosave.isStopped()) return conflict.focus();
  if (isLeaving) return;
  isLeaving = true;
  const isReady = await autosave.settle();
  if (isReady) location.assign(target);
  setTimeout(() => (isLeaving = false), isReady ? TURN_AGAIN : 0);
}

function address(go) {
  if (go === "summary") return form.dataset.summary;
  const position = Number(form.dataset.position);
  return new URL({ previous: position - 1, next: position + 1 }[go] ?? go, location).href;
}

// Moving on and checking are posts: what they store is that there is no way back.
let isMovingOn = false;

async function moveOn(button) {
  if (conflict.isOpen() && autosave.isStopped()) return conflict.focus();
  if (isLeaving) return;
  isLeaving = true;
  isMovingOn = await autosave.settle();
  if (isMovingOn) form.requestSubmit(button);
  setTimeout(() => (isLeaving = false), isMovingOn ? TURN_AGAIN : 0);
  isMovingOn = false;
}

form.addEventListener("submit", (event) => {
  if (event.submitter?.name !== "go" || isMovingOn) return;
  event.preventDefault();
  if (["on", "check"].includes(event.submitter.value)) return moveOn(event.submitter);
  if (event.submitter.value === "run") return runs.start();
  if (event.submitter.value === "stay") return autosave.flush();
  leave(address(event.submitter.value));
});

// --- the attempt and its time
const attempt = followAttempt({
  ...{ url: form.action, saveAll, settle: autosave.settle },
  setFrozen: (isFrozen) => setFrozen(form, isFrozen),
  onClosed: autosave.close,
  onSent: (entry, reply) => setAnswered(reply.answered, entry.page.split("/").at(-1)),
  // Without the form another section begins now: its address is that of the attempt.
  onTimeUp: () => (timeUp ? timeUp.requestSubmit() : location.reload()),
});
if (timeUp) submitOnce(timeUp);

// --- flag and keys
const flag = bindFlag(form.querySelector("[data-flag]"), () => changed());
const help = find("#keys");
find("[data-help]").addEventListener("click", () => help.showModal());
bindKeys({
  choose(place) {
    const boxes = [...form.querySelectorAll("input[name$=choice]")];
    if (new Set(boxes.map(({ name }) => name)).size > 1) return; // which of them is meant?
    const box = boxes[place];
    box?.click();
    box?.focus();
  },
  flag: flag.toggle,
  next: () => find("[data-next]")?.click(),
  previous: () => find("[data-previous]")?.click(),
  time: () => attempt.say?.(),
  help: () => help.showModal(),
});

// --- an answer to this question that had not reached the server
restore();

async function restore() {
  if (isEdited(form)) changed();
  const entry = (await entriesOf(form.dataset.person)).filter(isEarlier).at(-1);
  if (!entry) return;
  const isFlagSame = entry.flag === null || (entry.flag === "on") === flag.isOn();
  if (isSame(entry.fields, servedFields(form)) && isFlagSame) remove(entry);
  else if (isNewest(entry) && !autosave.hasChanges()) takeOn(entry);
  else askAboutKept(entry);
}

const isEarlier = ({ url, client }) => url === form.action && client !== form.elements.client.value;

// Whether no other page has saved an answer since the entry began, and its own page no later one.
function isNewest({ seen, client, sequence }) {
  const { savedBy, savedSequence } = form.dataset;
  return seen === form.elements.seen.value || (client === savedBy && sequence > savedSequence);
}

function takeOn(entry) {
  useKept(entry);
  showNotice("restored", [{ text: RESTORED }]);
}

// What was kept continues as this page's answer.
function useKept(entry) {
  putBack(form, entry.fields);
  if (entry.flag !== null) flag.put(entry.flag === "on");
  changed({ replaced: entry });
  autosave.flush();
}

function askAboutKept(entry) {
  conflict.open({
    mine: answerLines(form, entry.fields),
    mineWords: `Kept on this device at ${exactTime(entry.at)}`,
    stored: answerLines(form, servedFields(form)),
    storedAt: form.dataset.savedAt,
    onMine: () => useKept(entry),
    onStored: () => remove(entry),
  });
}
