// Where an answer stands: in the whole form, or in each part of the question by itself. The fields of
// a part are called as those of a whole question, behind its prefix: "p2-choice".
const PREFIX = /^p\d+-/;

export const plainName = (name) => name.replace(PREFIX, "");

// Each area with its element, the prefix of its fields, and what its lines begin with.
export function areasOf(form) {
  const parts = [...form.querySelectorAll("[data-fields]")];
  if (!parts.length) return [{ element: form, prefix: "", label: "" }];
  return parts.map((element) => {
    const { fields, name } = element.dataset;
    return { element, prefix: fields, label: `${name}: ` };
  });
}

// The fields of one area, called as those of a whole question.
export const fieldsIn = ({ prefix }, fields) =>
  fields
    .filter(([name]) => name.startsWith(prefix))
    .map(([name, value]) => [name.slice(prefix.length), value]);
