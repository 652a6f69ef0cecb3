// Two different answers to one question: both are shown, and the person says which one counts.
// Nothing is taken away before that, and the focus is not moved.
import { announce, exactTime } from "./messages.js";

function fill(list, lines) {
  const items = (lines.length ? lines : [["No answer"]]).map((nodes) => {
    const item = document.createElement("li");
    item.append(...nodes);
    return item;
  });
  list.replaceChildren(...items);
}

// `lines` are lists of nodes, one for each line of an answer.
export function createConflict(panel) {
  const find = (name) => panel.querySelector(`[data-${name}]`);
  let choose = null;

  const settle = (choice) => () => {
    panel.hidden = true;
    const chosen = choose;
    choose = null;
    chosen[choice]();
  };
  find("use-mine").addEventListener("click", settle("onMine"));
  find("keep-stored").addEventListener("click", settle("onStored"));

  return {
    isOpen: () => choose !== null,
    // Where and when each answer was given: `mineWords`, `storedAt` (or null).
    open({ mine, mineWords, stored, storedAt, onMine, onStored }) {
      choose = { onMine, onStored };
      find("mine-words").textContent = mineWords;
      find("stored-words").textContent = storedAt ? `Saved at ${exactTime(storedAt)}` : "Saved";
      fill(find("mine"), mine);
      fill(find("stored"), stored);
      panel.hidden = false;
      announce("There are two different answers to this question. Say which one counts.");
    },
    showMine: (lines) => fill(find("mine"), lines),
    focus() {
      panel.scrollIntoView({ block: "nearest" });
      panel.focus();
    },
  };
}
