// A question whose answer is final: nothing is saved here, but time goes on, and the page follows
// the attempt.
import { followAttempt } from "./attempt.js";
import { bindKeys } from "./keys.js";
import { setAnswered, showCurrent } from "./strip.js";
import { submitOnce } from "./submit-once.js";
import "./theme.js";

const find = (selector) => document.querySelector(selector);
const timeUp = find("#time-up");
const ignore = () => {};

showCurrent();
const attempt = followAttempt({
  url: find("form[data-checked]").action,
  saveAll: async () => true,
  settle: async () => true,
  setFrozen: ignore,
  onClosed: ignore,
  onSent: (entry, reply) => setAnswered(reply.answered, entry.page.split("/").at(-1)),
  onTimeUp: () => (timeUp ? timeUp.requestSubmit() : location.reload()),
});
if (timeUp) submitOnce(timeUp);
bindKeys({
  choose: ignore,
  flag: ignore,
  next: () => find("[data-next]")?.click(),
  previous: () => find("[data-previous]")?.click(),
  time: () => attempt.say?.(),
  help: ignore,
});
find("section.feedback").focus({ preventScroll: true });
