// The learner's answer in the form: choices, a text, several lines, matches, an order of lines, a
// program of pieces, or parts such as gaps, each a control that is named for people in `data-part`.
import { pieceLines, putPieces } from "./arrange.js";

// How sure the learner is goes with the answer, and is none by itself.
const CONFIDENCE = "confidence";
const CHECKED = ["choice", CONFIDENCE];
const NAMES = ["choice", "text", "lines", "match", "line", "piece", CONFIDENCE];
const PART = "[data-part]";
const TYPED = ["text", "textarea", "select-one"];

const selectsOf = (form) => [...form.querySelectorAll("select[name=match]")];
const partsOf = (form) => [...form.querySelectorAll(PART)];
const isAnswerIn = (form) => {
  const names = new Set([...NAMES, ...partsOf(form).map((part) => part.name)]);
  return (name) => names.has(name);
};

// [name, value] pairs of the answer, in the order of the page.
export function answerFields(form) {
  const isAnswer = isAnswerIn(form);
  return [...new FormData(form)].filter(([name]) => isAnswer(name));
}

// Spaces around a text are not part of it: the server drops them. Those before lines count.
const plainValue = ([name, value]) =>
  name === "lines" ? value.replaceAll("\r\n", "\n").trimEnd() : value.trim();

export function isSame(fields, others) {
  const plain = (pairs) => JSON.stringify(pairs.map((pair) => [pair[0], plainValue(pair)]));
  return plain(fields) === plain(others);
}

// A guess until the server says so: lines are never blank, so for them only a move counts.
export function isAnswered(form) {
  const fields = answerFields(form);
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
    .filter((input) => !CHECKED.includes(input.name) || input.defaultChecked)
    .map((input) => [input.name, servedValue(input)]);
}

export function putBack(form, fields) {
  for (const box of form.querySelectorAll("input[name=choice]")) {
    box.checked = fields.some(([name, value]) => name === "choice" && value === box.value);
  }
  putConfidence(form, valuesOf(fields, CONFIDENCE)[0]);
  putPieces(form, valuesOf(fields, "piece"));
  const matches = valuesOf(fields, "match");
  selectsOf(form).forEach((select, place) => (select.value = matches[place] ?? ""));
  for (const part of partsOf(form)) {
    part.value = fields.find(([name]) => name === part.name)?.[1] ?? "";
  }
  for (const [name, value] of fields) {
    if (["text", "lines"].includes(name)) form.elements[name].value = value;
    if (name === "line") rowOf(form, value)?.parentElement.append(rowOf(form, value));
  }
}

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

const rowOf = (form, value) =>
  form.querySelector(`input[name=line][value="${CSS.escape(value)}"]`)?.closest("li");

// The answer to be read: one list of nodes for each line of it, as the page shows it.
export function answerLines(form, fields) {
  const boxes = [...form.querySelectorAll("input[name=choice]")];
  const chosen = boxes.filter((box) =>
    fields.some(([name, value]) => name === "choice" && value === box.value),
  );
  const texts = fields.filter(([name, value]) => name === "text" && value.trim() !== "");
  const typed = fields.filter(([name, value]) => name === "lines" && value.trim() !== "");
  const rows = fields
    .filter(([name]) => name === "line")
    .map(([, value]) => rowOf(form, value)?.querySelector(".line"));
  const parts = partsOf(form).map((part) => partLine(part, fields));
  return [
    ...chosen.map((box) => optionNodes(box.closest("label"))),
    ...texts.map(([, value]) => [value]),
    ...typed.flatMap(([, value]) => value.trimEnd().split(/\r?\n/)).map((line) => [line]),
    ...matchLines(form, fields),
    ...pieceLines(form, valuesOf(fields, "piece")),
    ...rows.filter(Boolean).map((row) => [...row.cloneNode(true).childNodes]),
    ...parts.filter(Boolean),
    ...confidenceLines(form, fields),
  ];
}

// Each left that has an option, with that option as the list of letters shows it.
function matchLines(form, fields) {
  const shown = [...form.querySelectorAll(".match-options > li")];
  const matches = valuesOf(fields, "match");
  return selectsOf(form).flatMap((select, place) => {
    const option = shown[matches[place] || -1];
    if (!option) return [];
    const left = select.labels[0].cloneNode(true).childNodes;
    return [[...left, ": ", ...optionNodes(option)]];
  });
}

// As the server says it: "Gap 2: recall"; nothing for a part that is blank.
function partLine(part, fields) {
  const value = fields.find(([name]) => name === part.name)?.[1].trim() ?? "";
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
  const labels = [...form.querySelectorAll("label:has(input[name=choice])")];
  return lines.map((line) => {
    const label = labels.find((each) => line.startsWith(`${letterOf(each)}. `));
    return label ? optionNodes(label) : [line];
  });
}

// Whether the answer can be changed. A frozen answer is still part of the form and can be read:
// what is chosen stays enabled, and cannot be unchosen.
export function setFrozen(form, isFrozen) {
  form.toggleAttribute("data-frozen", isFrozen);
  for (const text of form.querySelectorAll("input[type=text], textarea")) text.readOnly = isFrozen;
  for (const box of form.querySelectorAll(CHECKED.map((name) => `input[name=${name}]`))) {
    box.disabled = isFrozen && !box.checked;
  }
  const selects = form.querySelectorAll(`select[name=match], select${PART}`);
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
