// One question. Every control is a plain form control first: without this file the page posts and
// works. This module only connects the parts.
import { answerFields, isAnswered, isEdited, isSame, putBack } from "./answer.js";
import { createAutosave } from "./autosave.js";
import { readDraft, removeDraft, removeOldDrafts, writeDraft } from "./drafts.js";
import { bindFlag } from "./flag.js";
import { bindKeys } from "./keys.js";
import { announce } from "./live.js";
import { showStatus } from "./status.js";
import { startStopwatch } from "./stopwatch.js";
import { setAnswered, showCurrent } from "./strip.js";
import { submitOnce } from "./submit-once.js";
import { startTimer } from "./timer.js";

const TIME_TO_READ = 2000;
const find = (selector) => document.querySelector(selector);
const form = find("form[data-quiz]");
const timeUp = find("#time-up");

for (const element of document.querySelectorAll("[data-needs-script]")) element.hidden = false;
showCurrent();

const secondsSpent = startStopwatch(Number(form.elements.seconds.value));
form.addEventListener("formdata", ({ formData }) => formData.set("seconds", secondsSpent()));

// --- saving
const autosave = createAutosave(form, {
  show: showStatus,
  onSaved(reply, { isCurrent }) {
    if (reply.remaining_ms !== null) timer?.correct(reply.remaining_ms);
    if (!isCurrent) return;
    flag.saved();
    setAnswered(reply.answered);
    removeDraft(form);
    if (timer?.isOver()) timeUp.requestSubmit();
  },
  onClosed(message, address) {
    removeDraft(form);
    announce(message);
    setTimeout(() => location.assign(address), TIME_TO_READ);
  },
});

function changed() {
  writeDraft(form, answerFields(form));
  setAnswered(isAnswered(form));
  autosave.changed();
}

form.addEventListener("input", changed);
form.addEventListener("focusout", ({ relatedTarget }) => {
  if (relatedTarget?.type !== "submit") autosave.flush(); // a submit button sends it all anyway
});
addEventListener("online", autosave.flush);
document.addEventListener("visibilitychange", () => document.hidden && autosave.leave());
addEventListener("pageshow", (event) => event.persisted && location.reload());

submitOnce(form, async () => {
  if (!navigator.onLine) {
    showStatus("error", "You are offline. Your answer is kept on this device.");
    return false;
  }
  autosave.handOver();
  return true;
});

// --- time
const timerElement = find("[data-remaining]");
const timer = timerElement && startTimer(timerElement, {
  onEnd: () => (autosave.hasChanges() ? autosave.flush() : timeUp.requestSubmit()),
  onAwake: () => (autosave.hasChanges() ? autosave.flush() : location.reload()),
});
if (timeUp) submitOnce(timeUp);

// --- flag and keys
const flag = bindFlag(form.querySelector("[data-flag]"), autosave.changed);
const help = find("#keys");
find("[data-help]").addEventListener("click", () => help.showModal());
bindKeys({
  choose(place) {
    const box = form.querySelectorAll("input[name=choice]")[place];
    box?.click();
    box?.focus();
  },
  flag: flag.toggle,
  next: () => find("[data-next]")?.click(),
  previous: () => find("[data-previous]")?.click(),
  help: () => help.showModal(),
});

// --- an answer that had not reached the server
removeOldDrafts();
const draft = readDraft(form);
if (draft && !isSame(draft.fields, answerFields(form))) {
  putBack(form, draft.fields);
  find("[data-restored]").hidden = false;
  changed();
} else if (isEdited(form)) {
  changed();
} else if (draft) {
  removeDraft(form);
}
