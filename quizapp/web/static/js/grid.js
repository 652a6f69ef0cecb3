// A grid of boxes: the arrow keys up and down lead to the box above and below; left and right do so
// at the ends of what is typed, where they would do nothing.
function neighbour(box, key) {
  const cell = box.closest("td");
  const { rowIndex } = cell.parentElement;
  const rows = cell.closest("table").rows;
  if (key === "ArrowUp") return rows[rowIndex - 1]?.cells[cell.cellIndex];
  if (key === "ArrowDown") return rows[rowIndex + 1]?.cells[cell.cellIndex];
  const isWhole = box.selectionStart !== box.selectionEnd;
  if (key === "ArrowLeft") return box.selectionEnd || isWhole ? null : cell.previousElementSibling;
  if (key !== "ArrowRight") return null;
  return box.selectionStart < box.value.length || isWhole ? null : cell.nextElementSibling;
}

function walk(event) {
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const box = event.target.closest("input");
  const next = box && neighbour(box, event.key)?.querySelector("input");
  if (!next) return;
  event.preventDefault();
  next.focus();
  next.select();
}

document.querySelectorAll(".matrix").forEach((grid) => grid.addEventListener("keydown", walk));
