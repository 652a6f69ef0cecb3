// How the code editor looks: the page's own tokens, so light and dark need no second sheet. It cannot
// stand in app.css, whose layers give way to the editor's own rules.
import { EditorView } from "@codemirror/view";

export const look = EditorView.theme({
  "&": { backgroundColor: "transparent", color: "var(--ink)", fontSize: "var(--code-size)" },
  "&.cm-focused": { outline: "none" }, // the box around it shows the focus
  ".cm-scroller": {
    fontFamily: "var(--mono)",
    fontVariantLigatures: "none",
    lineHeight: "1.65",
    minHeight: "21rem",
    maxHeight: "max(21rem, 70dvh)",
  },
  ".cm-content": { padding: "var(--s3) 0", caretColor: "var(--accent)" },
  ".cm-line": { padding: "0 var(--s4) 0 var(--s2)" },
  ".cm-line::selection, .cm-line ::selection": { backgroundColor: "var(--m1)" },
  ".cm-gutters": {
    backgroundColor: "var(--surface)", // opaque: long lines scroll beneath
    border: "none",
    color: "var(--ink-3)",
    paddingLeft: "var(--s2)",
  },
  ".cm-lineNumbers .cm-gutterElement": { padding: "0 var(--s1)", minWidth: "1.75rem" },
  ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: "transparent" },
  "&.cm-focused .cm-activeLine, &.cm-focused .cm-activeLineGutter": {
    backgroundColor: "color-mix(in srgb, var(--accent-soft) 55%, var(--surface))",
  },
  "&.cm-focused .cm-activeLineGutter": { color: "var(--ink)" },
  "&.cm-focused .cm-matchingBracket": {
    backgroundColor: "var(--m1)",
    color: "inherit",
    outline: "1px solid var(--line-strong)",
  },
  "&.cm-focused .cm-nonmatchingBracket": { backgroundColor: "var(--bad-soft)", color: "var(--bad)" },
});
