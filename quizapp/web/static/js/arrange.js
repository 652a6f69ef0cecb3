// Lines that are taken from a pool into a program, ordered and indented: by the buttons, which are
// submit buttons without this file, by arrow keys on them, or by dragging the grip: across to indent. The hidden fields travel with their
// rows; those of the pool are disabled, so they are not part of the answer.
import { bindDrag, isOver } from "./drag.js";
import { announce } from "./messages.js";

const KEYS = { ArrowUp: "up", ArrowDown: "down", ArrowLeft: "out", ArrowRight: "in" };
const REM = parseFloat(getComputedStyle(document.documentElement).fontSize);
const DEEPER = { in: 1, out: -1 };
const AFTER = { take: "up", away: "take" };

const fieldOf = (row) => row.querySelector("input[name$=piece]");
const levelOf = (row) => Number(row.dataset.level);

function setLevel(row, level) {
  const field = fieldOf(row);
  row.dataset.level = level;
  field.value = `${field.value.split(":")[0]}:${level}`;
}

function put(list, row, level) {
  list.append(row);
  fieldOf(row).disabled = list.hasAttribute("data-pool");
  setLevel(row, level);
}

function bind(group) {
  const program = group.querySelector("[data-program]");
  const pool = group.querySelector("[data-pool]");
  const most = Number(group.dataset.most);

  const steps = {
    take: (row) => put(program, row, program.lastElementChild ? levelOf(program.lastElementChild) : 0),
    away: (row) => put(pool, row, 0),
    up: (row) => row.previousElementSibling?.before(row),
    down: (row) => row.nextElementSibling?.after(row),
    in: (row) => indent(row, 1),
    out: (row) => indent(row, -1),
  };

  function indent(row, step) {
    const level = levelOf(row) + step;
    if (level >= 0 && level <= most) setLevel(row, level);
  }

  function say(row) {
    const place = [...program.children].indexOf(row) + 1;
    const depth = most ? `, indented by ${levelOf(row)}` : "";
    const where = place ? `line ${place} of ${program.children.length}${depth}` : "put away";
    announce(`${row.dataset.name}: ${where}`);
  }

  function act(row, step, button) {
    steps[step](row);
    say(row);
    group.dispatchEvent(new Event("input", { bubbles: true }));
    (AFTER[step] ? row.querySelector(`[data-move=${AFTER[step]}]`) : button).focus();
  }

  group.addEventListener("click", (event) => {
    const button = event.target.closest("[data-move]");
    if (!button) return;
    event.preventDefault();
    act(button.closest("li"), button.dataset.move, button);
  });

  // Where a dragged row would stand: before that line of the program, or null behind the last one.
  function placeFor(row, { clientY }) {
    const others = [...program.children].filter((each) => each !== row);
    return others.find((each) => {
      const { top, bottom } = each.getBoundingClientRect();
      return clientY < (top + bottom) / 2;
    }) ?? null;
  }

  const within = (level) => Math.max(0, Math.min(most, level));

  bindDrag(group, ".grip", (grip, { clientX }) => {
    const row = grip.closest("li");
    const from = levelOf(row);
    let last = null;
    row.classList.add("lifted");
    const mark = (event) => {
      group.querySelectorAll(".before").forEach((each) => each.classList.remove("before"));
      if (event && !isOver(pool, event)) placeFor(row, event)?.classList.add("before");
    };
    const settle = (event) => {
      if (isOver(pool, event)) return put(pool, row, 0);
      const next = placeFor(row, event);
      const step = parseFloat(getComputedStyle(row).getPropertyValue("--step")) * REM;
      program.insertBefore(row, next);
      fieldOf(row).disabled = false;
      setLevel(row, within(from + Math.round((event.clientX - clientX) / step)));
    };
    return {
      follow: (event) => mark((last = event)),
      drop: () => {
        row.classList.remove("lifted");
        mark(null);
        if (!last) return;
        settle(last);
        say(row);
        group.dispatchEvent(new Event("input", { bubbles: true }));
      },
    };
  });

  group.addEventListener("keydown", (event) => {
    const button = event.target.closest("[data-program] [data-move]");
    const step = KEYS[event.key];
    if (!button || !step || (DEEPER[step] && !most)) return;
    event.preventDefault();
    act(button.closest("li"), step, button);
  });
}

// Builds the program that the values of the fields say; all other rows are in the pool.
export function putPieces(area, values) {
  const group = area.querySelector("[data-arrange]");
  if (!group) return;
  const rows = [...group.querySelectorAll(".pieces > li")];
  const placeOf = (row) => fieldOf(row).value.split(":")[0];
  for (const row of rows) put(group.querySelector("[data-pool]"), row, 0);
  for (const value of values) {
    const [place, level] = value.split(":");
    const row = rows.find((each) => placeOf(each) === place);
    if (row) put(group.querySelector("[data-program]"), row, Number(level));
  }
}

// The program to be read: one list of nodes for each line.
export function pieceLines(area, values) {
  const group = area.querySelector("[data-arrange]");
  const rows = [...(group?.querySelectorAll(".pieces > li") ?? [])];
  return values.map((value) => {
    const [place, level] = value.split(":");
    const row = rows.find((each) => fieldOf(each).value.split(":")[0] === place);
    const spaces = " ".repeat(Number(group.dataset.indent) * Number(level));
    return [spaces, row.querySelector("code").cloneNode(true)];
  });
}

document.querySelectorAll("[data-arrange]").forEach(bind);
