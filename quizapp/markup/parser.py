"""Markdown as authors may write it: CommonMark with tables, formulas and our pictures, no HTML."""

import re
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from mdit_py_plugins.dollarmath.index import math_block_dollar

from quizapp.markup.pictures import PICTURE_TYPE, picture_rule

FORMULA_TYPES: Final = frozenset({"math_inline", "math_inline_double", "math_block"})
STRAY_TYPE: Final = "stray_dollar"

_INLINE: Final = re.compile(
    r"\$\$(?P<double>(?:[^$\\]|\\.)+)\$\$|\$(?!\s)(?P<single>(?:[^$\\]|\\.)+)(?<!\s)\$(?!\d)",
    re.DOTALL,
)
"""As in Pandoc: no space just inside the dollars, no digit just after, so "$5 and $6" is money."""

_LINK: Final = re.compile(r"(?:https?://|mailto:)", re.IGNORECASE)


class AuthorsMarkdown(MarkdownIt):
    """Markdown whose links lead to the web or to a mailbox, and nowhere else."""

    def validateLink(self, url: str) -> bool:  # noqa: N802 - the parser's name
        """Whether ``url`` may be a link; one that may not stays as it was written."""
        return _LINK.match(url) is not None


def create_parser() -> MarkdownIt:
    """A parser whose tokens of formulas and pictures carry ``meta["offset"]``, their place in the
    inline text."""
    parser = AuthorsMarkdown("commonmark", {"html": False})
    parser.enable(["table", "strikethrough"]).disable(["image", "html_block", "html_inline"])
    parser.inline.ruler.before("escape", "math_inline", _formula)
    parser.inline.ruler.after("math_inline", STRAY_TYPE, _stray_dollar)
    parser.inline.ruler.before("link", PICTURE_TYPE, picture_rule)
    parser.block.ruler.before(
        "fence", "math_block", math_block_dollar(allow_labels=False, allow_blank_lines=False)
    )
    return parser


def _formula(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - the parser calls it so
    """``$…$`` and ``$$…$$`` inside a paragraph.

    Own rule, because that of ``mdit-py-plugins`` looks at the *last* character of the text when a
    formula stands at its start, so "$n$ is 3" would show its dollars.
    """
    if state.src[state.pos] != "$" or not (match := _INLINE.match(state.src, state.pos)):
        return False
    if not silent:
        token = state.push("math_inline_double" if match["double"] else "math_inline", "", 0)
        token.content = match["double"] or match["single"]
        token.markup = "$$" if match["double"] else "$"
        token.meta = {"offset": match.start() + len(token.markup)}
    state.pos = match.end()
    return True


def _stray_dollar(state: StateInline, silent: bool) -> bool:  # noqa: FBT001
    """A dollar sign that neither opens a formula nor is escaped: kept, and marked."""
    if state.src[state.pos] != "$":
        return False
    if not silent:
        token = state.push(STRAY_TYPE, "", 0)
        token.content = "$$" if state.src.startswith("$$", state.pos) else "$"
        token.meta = {"offset": state.pos}
    state.pos += 2 if state.src.startswith("$$", state.pos) else 1
    return True
