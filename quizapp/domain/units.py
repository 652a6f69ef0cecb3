"""Units behind numbers, as people write them: ``250 ms``."""

import unicodedata
from collections.abc import Collection, Sequence

from quizapp.domain.numbers import MAXIMUM_LENGTH, read_number


def plain_unit(word: str) -> str:
    """``word`` so that the same units are equal: one micro sign, single spaces. Case matters."""
    return " ".join(unicodedata.normalize("NFKC", word).split())


def split_unit(text: str, known: Collection[str]) -> tuple[str, str]:
    """The number in ``text`` and the unit behind it, "" for none.

    ``known`` are plain units; the longest of them counts. Without a known one, what follows the
    longest number is the unit where it begins like one; else all of ``text`` counts as the number.
    """
    if len(text) > MAXIMUM_LENGTH:
        return text, ""
    places = range(1, len(text))
    for place in places:
        if (unit := plain_unit(text[place:])) in known and read_number(text[:place]) is not None:
            return text[:place], unit
    if read_number(text) is not None:
        return text, ""
    for place in reversed(places):
        if text[place].isalpha() and read_number(text[:place]) is not None:
            return text[:place], plain_unit(text[place:])
    return text, ""


def listed(words: Sequence[str]) -> str:
    """``s, ms or min``."""
    *others, last = words
    return f"{', '.join(others)} or {last}" if others else last
