// The code editor: it stands in the place of textarea[data-code]. The textarea stays the field of the
// form, and what the rest of the page reads and sets: whatever is typed goes into it at once, and what
// it is given from elsewhere shows in the editor.
import { closeBrackets, closeBracketsKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab, isolateHistory } from "@codemirror/commands";
import { python } from "@codemirror/lang-python";
import { SQLite, sql } from "@codemirror/lang-sql";
import { bracketMatching, indentOnInput, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { Annotation, Compartment, EditorState, Prec } from "@codemirror/state";
import { EditorView, highlightActiveLine, highlightActiveLineGutter, keymap, lineNumbers } from "@codemirror/view";
import { classHighlighter } from "@lezer/highlight";
import { look } from "./editor-look.js";
import { announce } from "./messages.js";

const LANGUAGES = { python, sql: () => sql({ dialect: SQLite }) };
const MODIFIERS = ["Shift", "Control", "Alt", "Meta"];
const LEAVING = "Tab now leaves the editor.";
const RESET = "This is the code to start from. Undo brings yours back.";
const FULL = "That would be more than 64 kB, which is the most that code may have: it was left out.";
// Marks what came from the textarea, and so is not put into it again.
const FromField = Annotation.define();

function bind(field) {
  const box = field.closest(".editor");
  const told = box.querySelector("[data-told]");
  const tell = (text) => {
    told.textContent = text;
    if (text) announce(text);
  };
  const view = createEditor(field, tell);
  field.hidden = true;
  field.after(view.dom);
  // The page takes what is typed from the field alone.
  view.dom.addEventListener("input", (event) => event.stopPropagation());
  follow(field, view);
  box.querySelector("label").addEventListener("click", () => view.focus());
  bindReset(box.querySelector("[data-reset]"), field.dataset.starter, view, tell);
}

function createEditor(field, tell) {
  const writing = new Compartment();
  const view = new EditorView({
    doc: field.value,
    extensions: [
      EditorView.cspNonce.of(field.form.dataset.styleNonce),
      [lineNumbers(), highlightActiveLine(), highlightActiveLineGutter(), look],
      [history(), indentOnInput(), bracketMatching(), closeBrackets()],
      [indentUnit.of("    "), EditorState.tabSize.of(4), LANGUAGES[field.dataset.code]()],
      syntaxHighlighting(classHighlighter),
      keymap.of([...closeBracketsKeymap, ...defaultKeymap, ...historyKeymap, indentWithTab]),
      Prec.highest([leavingByTab(tell), EditorView.domEventHandlers({ beforeinput: overwrite })]),
      EditorView.contentAttributes.of(named(field)),
      writing.of(EditorState.readOnly.of(field.readOnly)),
      EditorState.changeFilter.of((change) => fits(change, field, tell)),
      EditorView.updateListener.of((update) => passOn(update, field, tell)),
    ],
  });
  const freeze = () =>
    view.dispatch({ effects: writing.reconfigure(EditorState.readOnly.of(field.readOnly)) });
  new MutationObserver(freeze).observe(field, { attributeFilter: ["readonly"] });
  return view;
}

const named = (field) => ({
  "aria-label": field.labels[0].textContent.trim(),
  "aria-describedby": field.getAttribute("aria-describedby"),
  tabindex: "0",
  autocorrect: "off",
  autocapitalize: "off",
  spellcheck: "false",
});

// Tab indents, so a key is needed to leave by: after Esc it moves on until something else is typed.
function leavingByTab(tell) {
  return EditorView.domEventHandlers({
    focus(event, view) {
      view.setTabFocusMode(false);
    },
    keydown(event, view) {
      if (event.key === "Escape") {
        view.setTabFocusMode(true);
        tell(LEAVING);
        return true;
      }
      if (event.key !== "Tab" && !MODIFIERS.includes(event.key)) view.setTabFocusMode(false);
      return false;
    },
  });
}

// What is typed over a selection is put there by the editor: the browser would keep the looks of what
// it replaces in inline styles, which the page forbids.
function overwrite(event, view) {
  const { from, to, empty } = view.state.selection.main;
  const { data, inputType } = event;
  if (inputType !== "insertText" || !data || empty || view.composing) return false;
  const typed = { userEvent: "input.type", scrollIntoView: true };
  const insert = () => view.state.update(view.state.replaceSelection(data), typed);
  const handlers = view.state.facet(EditorView.inputHandler);
  if (!handlers.some((handle) => handle(view, from, to, data, insert))) view.dispatch(insert());
  event.preventDefault();
  return true;
}

// What the server would cut off is refused as a whole.
function fits(change, field, tell) {
  if (!change.docChanged || change.annotation(FromField)) return true;
  const { newDoc } = change;
  const most = Number(field.dataset.mostBytes);
  if (newDoc.length * 3 <= most || newDoc.length < change.startState.doc.length) return true;
  if (new TextEncoder().encode(newDoc.toString()).length <= most) return true;
  tell(FULL);
  return false;
}

function passOn(update, field, tell) {
  if (!update.docChanged) return;
  tell("");
  if (update.transactions.every((each) => each.annotation(FromField))) return;
  field.value = update.state.doc.toString();
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

// The editor shows whatever the page puts into the field.
function follow(field, view) {
  const { get, set } = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value");
  Object.defineProperty(field, "value", {
    get: () => get.call(field),
    set(text) {
      set.call(field, text);
      if (field.value !== view.state.doc.toString()) replace(view, field.value, [FromField.of(true)]);
    },
  });
}

// In one step, which one undo takes back.
function replace(view, text, annotations = []) {
  view.dispatch({
    changes: { from: 0, to: view.state.doc.length, insert: text },
    annotations: [isolateHistory.of("full"), ...annotations],
  });
}

function bindReset(button, starter, view, tell) {
  if (!starter) return;
  button.hidden = false;
  button.addEventListener("click", () => {
    if (view.state.readOnly) return;
    replace(view, starter);
    view.focus();
    tell(RESET);
  });
}

for (const field of document.querySelectorAll("textarea[data-code]")) bind(field);
