// A form is sent once, however often its button is pressed. `before` may delay it, or resolve to
// false to keep the page.
const FORGET = 5000;

export function submitOnce(form, before = async () => true) {
  let state = "idle";

  form.addEventListener("submit", async (event) => {
    if (state === "ready") {
      state = "sent";
      setTimeout(() => (state = "idle"), FORGET);
      return;
    }
    event.preventDefault();
    if (state !== "idle") return;
    state = "waiting";
    const mayGo = await before();
    state = mayGo ? "ready" : "idle";
    if (mayGo) form.requestSubmit(event.submitter);
  });
}
