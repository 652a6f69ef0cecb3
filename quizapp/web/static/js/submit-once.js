// A form is sent once, however often its button is pressed. `before` may delay it, or resolve to
// false to keep the page. Every form[data-submit-once] is bound by itself.
const FORGET = 5000;

export function submitOnce(form, before = async () => true) {
  let state = "idle";

  const proceed = (submitter) => {
    state = "ready";
    form.requestSubmit(submitter);
  };

  form.addEventListener("submit", async (event) => {
    if (state === "ready") {
      state = "sent";
      setTimeout(() => (state = "idle"), FORGET);
      return;
    }
    event.preventDefault();
    if (state !== "idle") return;
    state = "waiting";
    // In a task of its own: a form is not submitted again while its submit event is under way.
    if (await before()) setTimeout(proceed, 0, event.submitter);
    else state = "idle";
  });
}

for (const form of document.querySelectorAll("form[data-submit-once]")) submitOnce(form);
