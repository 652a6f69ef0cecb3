"""How much an author may write at once; what is longer is shown as plain text."""

MAX_TEXT_LENGTH = 20_000
"""Characters in one Markdown text."""

MAX_FORMULA_LENGTH = 2_000
"""Characters in one formula."""

MAX_FORMULA_DEPTH = 50
"""Open groups in one formula. The converter recurses and needs about 2 kB of stack a level:
thousands of open braces would end the whole process where a thread's stack is small."""
