// Rows that change places: buttons first (they are submit buttons without this file), then drag
// the grip, then arrow keys on it. The hidden fields travel with their rows.
import { bindDrag } from "./drag.js";
import { announce } from "./messages.js";

const ARROWS = { ArrowUp: -1, ArrowDown: 1 };
const STEPS = { up: -1, down: 1 };

function bind(list) {
  const rows = () => [...list.children];

  // The moved row stays in the page and its neighbours go round it: focus and pointer stay with it.
  const put = (row, place) => {
    const all = rows();
    const from = all.indexOf(row);
    const to = Math.max(0, Math.min(all.length - 1, place));
    if (to > from) row.before(...all.slice(from + 1, to + 1));
    else row.after(...all.slice(to, from));
  };

  const commit = (row) => {
    const place = rows().indexOf(row) + 1;
    announce(`${row.dataset.name}: position ${place} of ${rows().length}`);
    list.dispatchEvent(new Event("input", { bubbles: true }));
  };

  const move = (row, step, control) => {
    put(row, rows().indexOf(row) + step);
    commit(row);
    control.focus();
  };

  list.addEventListener("click", (event) => {
    const button = event.target.closest("[data-move]");
    if (!button) return;
    event.preventDefault();
    move(button.closest("li"), STEPS[button.dataset.move], button);
  });

  list.addEventListener("keydown", (event) => {
    const grip = event.target.closest(".grip");
    if (!grip || !ARROWS[event.key]) return;
    event.preventDefault();
    move(grip.closest("li"), ARROWS[event.key], grip);
  });

  bindDrag(list, ".grip", (grip) => {
    const row = grip.closest("li");
    const before = rows();
    row.classList.add("lifted");
    return {
      follow: ({ clientY }) => {
        const over = rows().findIndex((each) => {
          const { top, bottom } = each.getBoundingClientRect();
          return clientY > top && clientY < bottom;
        });
        if (over >= 0) put(row, over);
      },
      drop: () => {
        row.classList.remove("lifted");
        if (rows().some((each, place) => each !== before[place])) commit(row);
      },
    };
  });

  list.dataset.ready = "";
}

document.querySelectorAll("[data-order]").forEach(bind);
