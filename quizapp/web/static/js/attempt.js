// What every page of an attempt does: its time follows the server's, answers kept on this device
// are sent, and when the attempt is paused or finished, here or elsewhere, the page follows.
import { createClock } from "./clock.js";
import { announce, exactTime, showNotice, timeOfDay } from "./messages.js";
import { replay } from "./replay.js";
import { submitOnce } from "./submit-once.js";
import { startTimer, timeInWords } from "./timer.js";

const AGAIN = 2500;
const TIME_UP_AGAIN = 2000;
const FINISHED = "This attempt is finished: answers cannot be changed any more.";
const NOT_COUNTED =
  "What is only kept on this device does not count. Press the button again to finish all the same.";
const NOT_CONFIRMED =
  "By this page no time is left, but the server has not confirmed it yet. The page keeps asking.";

// `page` is what differs: `url` of its own answers, which are not replayed; `saveAll()` resolves to
// whether nothing is unsaved any more; `settle()` to whether the page may be left; `setFrozen(is)`;
// `onClosed()`; `onSent(entry, reply)` after a kept answer was sent; `onTimeUp()`.
export function followAttempt(page) {
  const { attempt, person, clock: url, stage } = document.querySelector("[data-attempt]").dataset;
  const token = document.querySelector("input[name=csrf_token]").value;
  const timerElement = document.querySelector("[data-remaining]");
  let endsAt = timerElement && Date.parse(timerElement.dataset.endsAt);
  let isClosed = false;

  for (const element of document.querySelectorAll("[data-needs-script]")) element.hidden = false;
  addEventListener("pageshow", (event) => event.persisted && location.reload());

  // --- time
  const clock = createClock({
    ...{ url, attempt, isTimed: timerElement !== null, onReply: take },
    onStopping() {
      page.setFrozen(true);
      page.saveAll();
    },
    onGoesOn: () => page.setFrozen(false),
  });
  const timer = timerElement && startTimer(timerElement, { onZero: reachZero });

  // What the server said with a saved answer or when it was asked.
  function take(reply) {
    if (isClosed) return;
    clock.heard();
    if (reply.state === "finished") followFinish(reply);
    else if (reply.state === "paused") goTo(reply.location);
    else if (hasMovedOn(reply)) followStage(reply);
    else if ((timer === null) !== (reply.remaining_ms === null)) loadAgain();
    else if (timer) setTime(reply);
  }

  function setTime({ remaining_ms: remaining, ends_at: end, whole_remaining_ms: whole }) {
    const before = endsAt;
    endsAt = Date.parse(end);
    const added = endsAt - before;
    if (Math.abs(added) >= 1000) {
      timer.lengthen(added);
      tellChange(before, endsAt);
    }
    timer.correct(remaining, whole);
  }

  async function loadAgain() {
    if (await page.saveAll()) location.reload();
  }

  async function reachZero() {
    if (isClosed) return;
    page.setFrozen(true);
    const results = await sendKept();
    const isKept = results.some((each) => each.entry.attempt === attempt && each.outcome === "failed");
    const isSaved = (await page.saveAll()) && !isKept;
    const reply = await clock.ask();
    if (isClosed || isFollowing) return;
    if (!timer.isOver()) {
      showNotice("over", []);
      page.setFrozen(false);
    } else if (reply?.state === "running" && isSaved) {
      announce("Time is up");
      clock.tellStopping();
      page.onTimeUp();
    } else {
      if (!reply) showNotice("over", [{ text: NOT_CONFIRMED }]);
      setTimeout(reachZero, TIME_UP_AGAIN);
    }
  }

  // --- the end
  function goTo(address) {
    if (location.pathname !== new URL(address, location).pathname) location.assign(address);
  }

  async function followFinish(reply) {
    page.setFrozen(true);
    await page.saveAll(); // says what becomes of an answer that is not saved yet
    if (!isClosed) close(reply);
  }

  // --- the next stage is open: by its time, or by another window
  const hasMovedOn = (reply) => stage && reply.stage && String(reply.stage) !== stage;
  let isFollowing = false;

  async function followStage({ location: address }) {
    if (isFollowing) return;
    isFollowing = true;
    page.setFrozen(true);
    isFollowing = await page.saveAll();
    // The page of a question that is closed says so, and leads to what is open.
    if (isFollowing && !isClosed) location.assign(page.url ? location.href.split("#")[0] : address);
  }

  // The attempt is finished: everything stays readable, nothing can be changed.
  function close({ location: address, message = FINISHED, goes_on: goesOn = false }) {
    isClosed = true;
    clock.close();
    page.setFrozen(true);
    page.onClosed();
    for (const name of ["over", "time"]) showNotice(name, []);
    for (const each of document.querySelectorAll("[data-while-running]")) each.hidden = true;
    const link = { text: goesOn ? "Go on" : "See the result", href: address };
    showNotice("closed", [{ text: message, link }]);
  }

  // --- answers of other pages that are kept here
  let told = "";
  let again = 0;
  let sending = null;

  // One run at a time, whoever asks for it.
  const sendKept = () => (sending ??= sendAll().finally(() => (sending = null)));

  async function sendAll() {
    const results = await replay({ person, token, here: page.url });
    for (const { entry, reply, outcome } of results) {
      if (outcome === "sent" && entry.attempt === attempt) page.onSent(entry, reply);
    }
    const items = results.map(keptWords).filter(Boolean);
    if (JSON.stringify(items) !== told) showNotice("kept", items);
    told = JSON.stringify(items);
    clearTimeout(again);
    if (results.some(({ outcome }) => outcome === "failed")) again = setTimeout(sendKept, AGAIN);
    return results;
  }

  // Whether the attempt can be finished: what is kept here for it has been sent, or the person was
  // told and still wants to finish, or there is no time left.
  let isWarned = false;

  async function isReadyToFinish() {
    const results = await sendKept();
    const isLeft = ({ entry, outcome }) =>
      entry.attempt === attempt && ["failed", "conflict"].includes(outcome);
    if (!results.some(isLeft) || isWarned || timer?.isOver()) return true;
    isWarned = true;
    showNotice("over", [{ text: NOT_COUNTED }]);
    return false;
  }

  addEventListener("online", sendKept);
  sendKept();

  const pause = document.querySelector("form[data-pause]");
  if (pause) {
    submitOnce(pause, async () => {
      const isReady = await page.settle();
      if (isReady) clock.tellStopping();
      return isReady;
    });
  }
  return { take, close, goTo, isReadyToFinish, tellStopping: clock.tellStopping, say: timer?.say };
}

function keptWords({ entry, reply, outcome }) {
  const compare = { text: "Compare them", href: entry.page };
  return {
    sent: { text: `${entry.name}: the answer kept on this device has been sent.` },
    finished: { text: `${entry.name}: ${reply?.message}` },
    conflict: { text: `${entry.name}: there are two different answers.`, link: compare },
    failed: { text: `${entry.name}: the answer is kept on this device, not yet sent.` },
    waiting: null,
  }[outcome];
}

function tellChange(before, after) {
  const isClose = timeOfDay(before) === timeOfDay(after);
  const say = isClose ? exactTime : timeOfDay;
  const seconds = Math.round(Math.abs(after - before) / 1000);
  const times = `it now ends at ${say(after)} instead of ${say(before)}`;
  const change = `${timeInWords(seconds)} ${after > before ? "more" : "less"}`;
  const text = `Your time was changed: ${times}, ${change}.`;
  showNotice("time", [{ text }]);
}
