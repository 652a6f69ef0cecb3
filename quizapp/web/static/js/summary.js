// The pages of an attempt that show no question: before finishing, and while it is paused. Time
// goes on, kept answers are sent, and the quiz is finished once.
import { followAttempt } from "./attempt.js";
import { submitOnce } from "./submit-once.js";
import "./theme.js";

const form = document.querySelector("form[data-finish]");
let isFinishing = false;
const buttons = form?.querySelectorAll("button, a") ?? [];

const attempt = followAttempt({
  url: null,
  saveAll: async () => true,
  settle: async () => true,
  setFrozen: (isFrozen) => buttons.forEach((each) => each.toggleAttribute("inert", isFrozen)),
  onClosed: () => form?.remove(),
  onSent(entry, reply) {
    const wasOpen = document.querySelector(`[data-open] a[href="${entry.page}"]`);
    if (wasOpen && reply.answered && !isFinishing) location.reload();
  },
  onTimeUp: () => form.requestSubmit(),
});

if (form) {
  submitOnce(form, async () => {
    isFinishing = true;
    isFinishing = await attempt.isReadyToFinish();
    if (isFinishing) attempt.tellStopping();
    return isFinishing;
  });
}
