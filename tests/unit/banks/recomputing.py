"""Draws of items with parameters, and responses made of results that were computed elsewhere."""

import re
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any, TypeAlias

from quizapp.domain.formats import native_yaml
from quizapp.domain.gaps import ChoiceGap
from quizapp.domain.interactions import Response
from quizapp.domain.items import Item
from quizapp.domain.options import OptionsQuestion
from quizapp.domain.question import QuestionType
from quizapp.domain.question_types.cloze import Cloze

QUESTIONS = Path(__file__).parents[3] / "questions"
DRAWS = 25
Values: TypeAlias = Mapping[str, Any]
"""What was drawn: fractions, and tuples of them for vectors and matrices."""
Number: TypeAlias = Fraction | float | int
Result: TypeAlias = bool | Number | list[Number] | list[Number | str]
"""A truth; a number; a vector or a matrix row by row; a cloze gap by gap, a chosen text as such."""
Recomputed: TypeAlias = Mapping[str, Callable[[Values], Result]]
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


def drawn_items(name: str) -> dict[str, Item]:
    """The items with parameters of one file, such as ``math/probability``, by their id."""
    reading = native_yaml.read((QUESTIONS / f"{name}.yaml").read_text("utf-8"))
    return {item.slug: item for item in reading.items if item.template}


def draws(item: Item) -> Iterator[tuple[Values, QuestionType]]:
    """Many draws, each with its question."""
    for seed in range(DRAWS):
        values = item.draw(Random(seed))
        yield values, item.with_values(values).question


def response(question: QuestionType, result: Result) -> Response:
    """What a learner gives who has found ``result``."""
    if isinstance(result, bool):
        return [0 if result else 1]
    if isinstance(question, OptionsQuestion):
        wanted = result if isinstance(result, list) else [result]
        return [_nearest([each.text for each in question.options], [float(n) for n in wanted])]
    if isinstance(question, Cloze) and isinstance(result, list):
        return [_entry(*each) for each in zip(_gaps(question), result, strict=True)]
    return [_text(each) for each in result] if isinstance(result, list) else _text(result)


def _gaps(question: Cloze) -> list[object]:
    """The gaps in the order of the text."""
    return [question.gaps[name] for name in re.findall(r"\[\[gap:(.+?)\]\]", question.text)]


def _entry(gap: object, result: Number | str) -> str | int:
    if isinstance(gap, ChoiceGap):
        return gap.options.index(str(result))
    return _text(result)


def _text(number: Number | str) -> str:
    return f"{number:.9f}" if isinstance(number, float) else str(number)


def _nearest(texts: list[str], wanted: list[float]) -> int:
    """The place of the one text whose numbers are ``wanted``, rounded to three decimals at most."""
    found = [[float(number) for number in _NUMBER.findall(text)] for text in texts]
    fitting = [
        place
        for place, numbers in enumerate(found)
        if max(abs(a - b) for a, b in zip(numbers, wanted, strict=True)) < 0.0006
    ]
    assert len(fitting) == 1, (texts, wanted)
    return fitting[0]
