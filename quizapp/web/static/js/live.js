// Says something to people who use a screen reader, without moving their focus.
export function announce(text) {
  const region = document.querySelector("[data-live]");
  if (region) region.textContent = text;
}
