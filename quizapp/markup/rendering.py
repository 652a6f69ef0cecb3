"""Markdown to safe HTML."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from markdown_it.token import Token
from markupsafe import Markup, escape

from quizapp.domain.interactions.gaps import GAP
from quizapp.markup.insertions import Insertions
from quizapp.markup.limits import MAX_TEXT_LENGTH
from quizapp.markup.parser import FORMULA_TYPES, create_parser
from quizapp.markup.sanitising import sanitised
from quizapp.markup.tokens import hold_gaps, prepare

CACHED_TEXTS: Final = 4096

_PARSER: Final = create_parser()


@lru_cache(maxsize=CACHED_TEXTS)
def render(text: str) -> Markup:
    """Blocks of HTML. Never raises: what cannot be understood is shown as it was written."""
    if len(text) > MAX_TEXT_LENGTH:
        return escape(text)
    return _safe_html(_PARSER.parse(text))


@lru_cache(maxsize=CACHED_TEXTS)
def render_inline(text: str) -> Markup:
    """One line of HTML without blocks and tab stops, for an option or a title. Never raises."""
    if len(text) > MAX_TEXT_LENGTH:
        return escape(text)
    (line,) = _PARSER.parseInline(text)
    for token in line.children or ():
        if token.type in FORMULA_TYPES:
            token.type = "math_bare"
    return _safe_html([line])


@dataclass(frozen=True)
class Piece:
    """HTML up to a gap, and the name of the gap that follows; "" where none does."""

    html: Markup
    gap: str = ""


@lru_cache(maxsize=CACHED_TEXTS)
def render_pieces(text: str) -> tuple[Piece, ...]:
    """``render(text)`` cut at its gaps, ``[[gap:rate]]``; each gap comes once. Never raises.

    Only joined are the pieces whole HTML. A gap that nothing can be put into, in a formula or in
    an address, follows at the end.
    """
    names = list(dict.fromkeys(GAP.findall(text)))
    if len(text) > MAX_TEXT_LENGTH:
        return (Piece(escape(text)), *(Piece(Markup(), name) for name in names))
    tokens, gaps = _PARSER.parse(text), Insertions()
    hold_gaps(tokens, gaps, names)
    pieces = [Piece(Markup(html), gap) for html, gap in gaps.cut(_safe_html(tokens))]  # noqa: S704
    return (*pieces, *(Piece(Markup(), name) for name in names))


def _safe_html(tokens: Sequence[Token]) -> Markup:
    insertions = Insertions()
    prepare(tokens, insertions)
    html = sanitised(_PARSER.renderer.render(tokens, _PARSER.options, {}))
    return Markup(insertions.fill(html).strip())  # noqa: S704 - sanitised one line above
