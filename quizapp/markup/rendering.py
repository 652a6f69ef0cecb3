"""Markdown to safe HTML."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from markdown_it.token import Token
from markupsafe import Markup, escape

from quizapp.markup.insertions import Insertions
from quizapp.markup.limits import MAX_TEXT_LENGTH
from quizapp.markup.parser import FORMULA_TYPES, create_parser
from quizapp.markup.sanitising import sanitised
from quizapp.markup.tokens import prepare

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


def _safe_html(tokens: Sequence[Token]) -> Markup:
    insertions = Insertions()
    prepare(tokens, insertions)
    html = sanitised(_PARSER.renderer.render(tokens, _PARSER.options, {}))
    return Markup(insertions.fill(html).strip())  # noqa: S704 - sanitised one line above
