// The learner's answer in the form: choices, a text, several lines, a program, matches, an order of lines, a
// program of pieces, or parts such as gaps, each a control that is named for people in `data-part`.
// A question of several parts has such an answer in each of its areas; names of fields may begin with
// an area's prefix, so they are found by their ends.
import { areasOf, fieldsIn, plainName } from "./areas.js";
import { pieceLines, putPieces } from "./arrange.js";

// How sure the learner is goes with the answer, and is none by itself.
const CONFIDENCE = "confidence";
const CHECKED = ["choice", CONFIDENCE];
const NAMES = ["choice", "text", "lines", "code", "match", "line", "piece", CONFIDENCE];
const PART = "[data-part]";
const TYPED = ["text", "textarea", "select-one"];

const selectsOf = (area) => [...area.querySelectorAll("select[name$=match]")];
const boxesOf = (area) => [...area.querySelectorAll("input[name$=choice]")];
const partsOf = (area) => [...area.querySelectorAll(PART)];
const isAnswerIn = (form) => {
  const names = new Set([...NAMES, ...partsOf(form).map((part) => part.name)]);
  return (name) => names.has(name) || names.has(plainName(name));
};

// [name, value] pairs of the answer, in the order of the page.
export function answerFields(form) {
  const isAnswer = isAnswerIn(form);
  return [...new FormData(form)].filter(([name]) => isAnswer(name));
}

// Spaces around a text are not part of it: the server drops them. Those before lines count.
const plainValue = ([name, value]) =>
  ["lines", "code"].includes(plainName(name))
    ? value.replaceAll("\r\n", "\n").trimEnd()
    : value.trim();

export function isSame(fields, others) {
  const plain = (pairs) => JSON.stringify(pairs.map((pair) => [pair[0], plainValue(pair)]));
  return plain(fields) === plain(others);
}

// A guess until the server says so: lines are never blank, so for them only a move counts. A program
// that is just what the page began with is no answer.
export function isAnswered(form) {
  const starter = form.querySelector("textarea[data-code]")?.dataset.starter.trimEnd();
  const fields = answerFields(form).filter(([, value]) => value.trimEnd() !== starter);
  if (fields.some(([name]) => name === "line")) return true;
  return fields.some(([name, value]) => name !== CONFIDENCE && value.trim() !== "");
}

// Whether the form differs from what the server wrote: filled in before the scripts were there, or
// by a browser that remembers forms.
export function isEdited(form) {
  return [...form.querySelectorAll("input, textarea, select")].some((input) =>
    ["radio", "checkbox"].includes(input.type)
      ? input.checked !== input.defaultChecked
      : TYPED.includes(input.type) && input.value !== servedValue(input),
  );
}

const servedValue = (control) =>
  control.matches("select")
    ? [...control.options].find((option) => option.defaultSelected)?.value ?? ""
    : control.defaultValue;

// What the server wrote, while no line has been moved.
export function servedFields(form) {
  const isAnswer = isAnswerIn(form);
  return [...form.querySelectorAll("input, textarea, select")]
    .filter(({ name, disabled }) => isAnswer(name) && !disabled)
    .filter((input) => !CHECKED.includes(plainName(input.name)) || input.defaultChecked)
    .map((input) => [input.name, servedValue(input)]);
}

export function putBack(form, fields) {
  for (const area of areasOf(form)) putBackIn(area.element, fieldsIn(area, fields));
  putConfidence(form, valuesOf(fields, CONFIDENCE)[0]);
}

function putBackIn(area, fields) {
  for (const box of boxesOf(area)) {
    box.checked = fields.some(([name, value]) => name === "choice" && value === box.value);
  }
  putPieces(area, valuesOf(fields, "piece"));
  const matches = valuesOf(fields, "match");
  selectsOf(area).forEach((select, place) => (select.value = matches[place] ?? ""));
  for (const part of partsOf(area)) {
    part.value = fields.find(([name]) => name === plainName(part.name))?.[1] ?? "";
  }
  for (const [name, value] of fields) {
    if (["text", "lines", "code"].includes(name)) boxOf(area, name).value = value;
    if (name === "line") rowOf(area, value)?.parentElement.append(rowOf(area, value));
  }
}

const boxOf = (area, name) => area.querySelector(`input[name$=${name}], textarea[name$=${name}]`);

const valuesOf = (fields, wanted) =>
  fields.filter(([name]) => name === wanted).map(([, value]) => value);

// One that was not kept leaves what the page has, as the server does.
const levelOf = (form, value) =>
  form.querySelector(`input[name=${CONFIDENCE}][value="${CSS.escape(value ?? "")}"]`);

function putConfidence(form, value) {
  const box = levelOf(form, value);
  if (box) box.checked = true;
}

const confidenceLines = (form, fields) =>
  valuesOf(fields, CONFIDENCE)
    .map((value) => levelOf(form, value))
    .filter(Boolean)
    .map((box) => [`How sure: ${box.dataset.words}`]);

const rowOf = (area, value) =>
  area.querySelector(`input[name$=line][value="${CSS.escape(value)}"]`)?.closest("li");

// The answer to be read: one list of nodes for each line of it, as the page shows it.
export function answerLines(form, fields) {
  const lines = areasOf(form).flatMap((area) =>
    linesIn(area.element, fieldsIn(area, fields)).map((line) => labelled(area, line)),
  );
  return [...lines, ...confidenceLines(form, fields)];
}

const labelled = ({ label }, line) => (label ? [label, ...line] : line);

function linesIn(area, fields) {
  const chosen = boxesOf(area).filter((box) =>
    fields.some(([name, value]) => name === "choice" && value === box.value),
  );
  const texts = fields.filter(([name, value]) => name === "text" && value.trim() !== "");
  const isTyped = ([name, value]) => ["lines", "code"].includes(name) && value.trim() !== "";
  const typed = fields.filter(isTyped);
  const rows = fields
    .filter(([name]) => name === "line")
    .map(([, value]) => rowOf(area, value)?.querySelector(".line"));
  const parts = partsOf(area).map((part) => partLine(part, fields));
  return [
    ...chosen.map((box) => optionNodes(box.closest("label"))),
    ...texts.map(([, value]) => [value]),
    ...typed.flatMap(([, value]) => value.trimEnd().split(/\r?\n/)).map((line) => [line]),
    ...matchLines(area, fields),
    ...pieceLines(area, valuesOf(fields, "piece")),
    ...rows.filter(Boolean).map((row) => [...row.cloneNode(true).childNodes]),
    ...parts.filter(Boolean),
  ];
}

// Each left that has an option, with that option as the list of letters shows it.
function matchLines(area, fields) {
  const shown = [...area.querySelectorAll(".match-options > li")];
  const matches = valuesOf(fields, "match");
  return selectsOf(area).flatMap((select, place) => {
    const option = shown[matches[place] || -1];
    if (!option) return [];
    const left = select.labels[0].cloneNode(true).childNodes;
    return [[...left, ": ", ...optionNodes(option)]];
  });
}

// As the server says it: "Gap 2: recall"; nothing for a part that is blank.
function partLine(part, fields) {
  const value = fields.find(([name]) => name === plainName(part.name))?.[1].trim() ?? "";
  const option = [...(part.options ?? [])].find((each) => each.value === value);
  return value && [`${part.dataset.part}: ${option?.text ?? value}`];
}

const letterOf = (label) => label.querySelector(".letter").firstChild.textContent.trim();
const optionNodes = (label) => [
  `${letterOf(label)}. `,
  ...label.lastElementChild.cloneNode(true).childNodes,
];

// The server's plain lines of an answer, a choice shown as the page shows it.
export function shownLines(form, lines) {
  const areas = areasOf(form);
  return lines.map((line) => {
    const area = areas.find(({ label }) => line.startsWith(label));
    if (!area) return [line];
    const own = line.slice(area.label.length);
    const labels = boxesOf(area.element).map((box) => box.closest("label"));
    const label = labels.find((each) => own.startsWith(`${letterOf(each)}. `));
    return label ? labelled(area, optionNodes(label)) : [line];
  });
}

// Whether the answer can be changed. A frozen answer is still part of the form and can be read:
// what is chosen stays enabled, and cannot be unchosen.
export function setFrozen(form, isFrozen) {
  form.toggleAttribute("data-frozen", isFrozen);
  for (const text of form.querySelectorAll("input[type=text], textarea")) text.readOnly = isFrozen;
  const levels = form.querySelectorAll(`input[name=${CONFIDENCE}]`);
  for (const box of [...boxesOf(form), ...levels]) box.disabled = isFrozen && !box.checked;
  const selects = form.querySelectorAll(`select[name$=match], select${PART}`);
  for (const option of [...selects].flatMap((select) => [...select.options])) {
    option.disabled = isFrozen && !option.selected;
  }
  for (const button of form.querySelectorAll("[data-move], .grip, [data-flag]")) {
    button.disabled = isFrozen;
  }
}

export function bindFreezing(form) {
  form.addEventListener("click", (event) => {
    const isFrozen = form.hasAttribute("data-frozen");
    if (isFrozen && event.target.type === "checkbox") event.preventDefault();
  });
}
