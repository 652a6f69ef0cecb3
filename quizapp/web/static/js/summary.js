// The page before finishing: time goes on, and the quiz is finished once.
import { submitOnce } from "./submit-once.js";
import { startTimer } from "./timer.js";

const form = document.querySelector("form[data-finish]");
const timer = document.querySelector("[data-remaining]");

submitOnce(form);
addEventListener("pageshow", (event) => event.persisted && location.reload());
if (timer) {
  startTimer(timer, {
    onEnd: () => form.requestSubmit(),
    onAwake: () => location.reload(),
  });
}
