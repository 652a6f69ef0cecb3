"""Formulas that do not parse and pictures that cannot be shown, with their place in the text."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from markdown_it.token import Token

from quizapp.domain.images import ImageReference, is_name
from quizapp.domain.interactions.gaps import GAP
from quizapp.markup import pictures
from quizapp.markup.formulas import FormulaError, to_mathml
from quizapp.markup.limits import MAX_TEXT_LENGTH
from quizapp.markup.parser import FORMULA_TYPES, STRAY_TYPE, create_parser
from quizapp.markup.pictures import PICTURE_TYPE, Fault
from quizapp.markup.places import Places

_PARSER: Final = create_parser()
_NEWLINE: Final = re.compile(r"\r\n?|\n")
_PICTURE_TYPES: Final = frozenset({PICTURE_TYPE, pictures.STRAY_TYPE})


@dataclass(frozen=True, order=True)
class TextProblem:
    """What is wrong in a text, and where: line and column count from 1."""

    line: int
    column: int
    message: str


@dataclass(frozen=True)
class PlacedName:
    """The name of a picture's file, and where it stands: line and column count from 1."""

    line: int
    column: int
    name: str


def text_problems(text: str) -> list[TextProblem]:
    """Every formula in ``text`` that does not parse or does not end, and every picture that could
    not be shown even if its file is there, in reading order.
    """
    if len(text) > MAX_TEXT_LENGTH:
        return [TextProblem(1, 1, f"This text is longer than {MAX_TEXT_LENGTH:,} characters.")]
    places = Places(_NEWLINE.split(text))
    found = [
        TextProblem(*places.of(block, fault.offset), fault.message)
        for block in places.each(_PARSER.parse(text, {}))
        for fault in _faults(block)
    ]
    return sorted(found)


def picture_names(text: str) -> list[PlacedName]:
    """The files that the pictures in ``text`` name, in reading order."""
    if "![" not in text or len(text) > MAX_TEXT_LENGTH:
        return []
    places = Places(_NEWLINE.split(text))
    return [
        PlacedName(*places.of(block, offset), name)
        for block in places.each(_PARSER.parse(text, {}))
        for name, offset in map(pictures.named, _pictures_in(block))
        if is_name(name)
    ]


def picture_references(text: str) -> list[ImageReference]:
    """The stored pictures that ``text`` shows."""
    if "![" not in text or len(text) > MAX_TEXT_LENGTH:
        return []
    found = [
        ImageReference.read(pictures.named(token)[0])
        for block in _PARSER.parse(text, {})
        for token in _pictures_in(block)
    ]
    return [each for each in found if each]


def with_references(text: str, references: Mapping[str, ImageReference]) -> str:
    """``text`` in which pictures of those names are references; code stays as it was written."""
    if "![" not in text or len(text) > MAX_TEXT_LENGTH:
        return text
    blocks = [block for block in _PARSER.parse(text, {}) if _pictures_in(block)]
    return pictures.with_references(text, blocks, references)


def _pictures_in(block: Token) -> list[Token]:
    return [token for token in block.children or () if token.type == PICTURE_TYPE]


def _faults(block: Token) -> Iterator[Fault]:
    """What is wrong in one block; offsets count from the start of its content."""
    if block.type in FORMULA_TYPES:
        yield from _formula_faults(block.content, 0)
    for token in block.children or ():
        if token.type in FORMULA_TYPES:
            yield from _formula_faults(token.content, token.meta["offset"])
        elif token.type in _PICTURE_TYPES:
            yield from pictures.faults(token)
        elif token.type == STRAY_TYPE and not _is_money(block.content, token.meta["offset"]):
            yield Fault(
                token.meta["offset"],
                f"This {token.content} does not begin or end a formula."
                r" Close the formula, or write \$ for a dollar sign.",
            )


def _formula_faults(source: str, start: int) -> Iterator[Fault]:
    if gap := GAP.search(source):
        message = "A gap cannot stand in a formula. End the formula before it."
        yield Fault(start + gap.start(), message)
        return
    try:
        to_mathml(source.rstrip(), is_display=True)
    except FormulaError as error:
        yield Fault(start + error.offset, str(error))


def _is_money(content: str, offset: int) -> bool:
    """A digit beside the dollar sign, as in "$5" or "5$"."""
    return content[offset + 1 : offset + 2].isdigit() or content[:offset][-1:].isdigit()
