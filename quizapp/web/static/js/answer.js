// The learner's answer in the form: choices, a text, or an order of lines.
const NAMES = ["choice", "text", "line"];

// [name, value] pairs of the answer, in the order of the page.
export function answerFields(form) {
  return [...new FormData(form)].filter(([name]) => NAMES.includes(name));
}

// Spaces around a text are not part of it: the server drops them.
export function isSame(fields, others) {
  const plain = (pairs) => JSON.stringify(pairs.map(([name, value]) => [name, value.trim()]));
  return plain(fields) === plain(others);
}

// A guess until the server says so: lines are never blank, so for them only a move counts.
export function isAnswered(form) {
  const fields = answerFields(form);
  if (fields.some(([name]) => name === "line")) return true;
  return fields.some(([, value]) => value.trim() !== "");
}

// Whether the form differs from what the server wrote: filled in before the scripts were there, or
// by a browser that remembers forms.
export function isEdited(form) {
  return [...form.querySelectorAll("input")].some((input) =>
    ["radio", "checkbox"].includes(input.type)
      ? input.checked !== input.defaultChecked
      : input.type === "text" && input.value !== input.defaultValue,
  );
}

export function putBack(form, fields) {
  for (const box of form.querySelectorAll("input[name=choice]")) {
    box.checked = fields.some(([name, value]) => name === "choice" && value === box.value);
  }
  for (const [name, value] of fields) {
    if (name === "text") form.elements.text.value = value;
    if (name === "line") {
      const row = form.querySelector(`input[name=line][value="${CSS.escape(value)}"]`)?.closest("li");
      row?.parentElement.append(row);
    }
  }
}
