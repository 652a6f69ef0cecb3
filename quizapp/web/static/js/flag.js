// The flag: a submit button that becomes a toggle.
import { announce } from "./live.js";
import { setFlagged } from "./strip.js";

export function bindFlag(button, onChange) {
  let isUnsaved = false;
  const isOn = () => button.getAttribute("aria-pressed") === "true";

  const toggle = () => {
    button.setAttribute("aria-pressed", !isOn());
    isUnsaved = true;
    setFlagged(isOn());
    announce(isOn() ? "Flagged" : "Flag removed");
    onChange();
  };
  button.addEventListener("click", (event) => {
    event.preventDefault();
    toggle();
  });
  button.form.addEventListener("formdata", ({ formData }) => {
    if (isUnsaved) formData.set("flag", isOn() ? "on" : "off");
  });
  return { toggle, saved: () => (isUnsaved = false) };
}
