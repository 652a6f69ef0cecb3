// Matching: the lists to choose from do everything; an option can also be dragged by its letter onto
// the line that it belongs to.
import { bindDrag, isOver } from "./drag.js";
import { announce } from "./messages.js";

const LIT = "over";

function bind(area) {
  const options = [...area.querySelectorAll(".match-options > li")];
  const rows = [...area.querySelectorAll(".match-rows > li")];

  const choose = (row, letter) => {
    const select = row.querySelector("select");
    select.value = String(options.indexOf(letter.closest("li")));
    announce(`${select.labels[0].textContent.trim()}: ${select.selectedOptions[0].text}`);
    select.dispatchEvent(new Event("input", { bubbles: true }));
  };

  bindDrag(area, ".letter", (letter) => {
    let target = null;
    letter.classList.add("lifted");
    const light = (row) => {
      target?.classList.remove(LIT);
      target = row ?? null;
      target?.classList.add(LIT);
    };
    return {
      follow: (event) => light(rows.find((row) => isOver(row, event))),
      drop: () => {
        const row = target;
        light(null);
        letter.classList.remove("lifted");
        if (row) choose(row, letter);
      },
    };
  });

  area.dataset.ready = "";
}

document.querySelectorAll(".match").forEach(bind);
