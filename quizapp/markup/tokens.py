"""What the parser found, made ready to be written as HTML."""

import re
from collections.abc import Sequence
from typing import Final

from markdown_it.token import Token
from markupsafe import escape

from quizapp.domain.interactions.gaps import GAP
from quizapp.markup.formulas import FormulaError, to_mathml
from quizapp.markup.highlighting import highlighted
from quizapp.markup.insertions import Insertions
from quizapp.markup.pictures import picture_html

BOX: Final = '<div class="scroll-x" role="group" tabindex="0" aria-label="Table">'
ALIGNMENTS: Final = {"text-align:right": "r", "text-align:center": "c"}
TEXT_TYPES: Final = frozenset({"text", "code_inline", "code_block", "fence"})
WIDEST_INLINE: Final = 24
"""Characters of a formula in a line that fit on a phone, in about 300 pixels."""

_COMMAND: Final = re.compile(r"\\(?:[A-Za-z]+|.)", re.DOTALL)
_SILENT: Final = re.compile(r"[{}^_&\s]")


def prepare(tokens: Sequence[Token], insertions: Insertions) -> None:
    """Formulas, code, pictures and tables of ``tokens`` are HTML, where needed behind
    ``insertions``.

    Headings become paragraphs: the page owns its outline.
    """
    _unhead_blank_cells(tokens)
    for token in tokens:
        prepare(token.children or (), insertions)
        _align(token)
        html = _html(token, insertions)
        if html is not None:
            token.type, token.content = "html_inline", html


def hold_gaps(tokens: Sequence[Token], gaps: Insertions, names: list[str]) -> None:
    """The first mark of each gap in ``names`` stands behind ``gaps``, and its name is taken out.

    Only where text stands between tags: what is put in later would break an attribute open.
    """

    def hold(mark: re.Match[str]) -> str:
        if mark[1] not in names:
            return mark[0]
        names.remove(mark[1])
        return gaps.hold(mark[1])

    for token in tokens:
        hold_gaps(token.children or (), gaps, names)
        if token.type in TEXT_TYPES:
            token.content = GAP.sub(hold, token.content)


def _html(token: Token, insertions: Insertions) -> str | None:
    """HTML instead of what CommonMark asks for; None where that is right."""
    match token.type:
        case "heading_open":
            return "<p><strong>"
        case "heading_close":
            return "</strong></p>\n"
        case "table_open":
            return f"{insertions.hold(BOX)}<table>"
        case "table_close":
            return f"</table>{insertions.hold('</div>')}\n"
        case "fence" | "code_block":
            language = token.info.strip().partition(" ")[0]
            return insertions.hold(highlighted(token.content, language)) + "\n"
        case "math_inline":
            return insertions.hold(_inline_formula(token))
        case "math_bare":
            return insertions.hold(_formula(token, is_display=False))
        case "math_inline_double":
            return insertions.hold(_formula(token, is_display=True))
        case "math_block":
            return f"<p>{insertions.hold(_formula(token, is_display=True))}</p>\n"
        case "picture":
            return insertions.hold(picture_html(token))
        case "stray_dollar" | "stray_picture":
            return token.content
    return None


def _unhead_blank_cells(tokens: Sequence[Token]) -> None:
    """A cell without words in a table's head is an ordinary cell: it heads nothing."""
    for opening, content, closing in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if opening.type == "th_open" and not content.content:
            opening.tag = closing.tag = "td"


def _align(token: Token) -> None:
    """Markdown's ``|--:|`` is a class; the parser writes a ``style`` attribute."""
    style = token.attrs.pop("style", None)
    if style in ALIGNMENTS:
        token.attrs["class"] = ALIGNMENTS[str(style)]


def _inline_formula(token: Token) -> str:
    """MathML in the line; one that may be wider than a phone stands in a box that scrolls."""
    mathml = _formula(token, is_display=False)
    if len(_SILENT.sub("", _COMMAND.sub("x", token.content))) <= WIDEST_INLINE:
        return mathml
    return _boxed(mathml, "formula within")


def _formula(token: Token, *, is_display: bool) -> str:
    """MathML, or the formula as it was written. Display formulas stand in a box that scrolls
    sideways by itself, and so must be reachable by the Tab key."""
    try:
        mathml = to_mathml(token.content.strip(), is_display=is_display)
    except FormulaError:
        source = escape(f"{token.markup}{token.content}{token.markup}")
        return f'<code class="formula-error">{source}</code>'
    if not is_display:
        return mathml
    return _boxed(mathml, "formula")


def _boxed(mathml: str, classes: str) -> str:
    return f'<span class="{classes}" role="group" tabindex="0" aria-label="Formula">{mathml}</span>'
