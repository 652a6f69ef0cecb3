"""Draws of items with parameters, and responses made of results that were computed elsewhere."""

import re
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any, TypeAlias

from quizapp.domain.formats import native_yaml
from quizapp.domain.gaps import AnyGap, ChoiceGap
from quizapp.domain.interactions import Response
from quizapp.domain.interactions.gaps import GAP
from quizapp.domain.items import Item
from quizapp.domain.options import OptionsQuestion
from quizapp.domain.question import QuestionType
from quizapp.domain.question_types.cloze import Cloze
from quizapp.domain.question_types.true_false import FALSE, TRUE, TrueFalse

QUESTIONS = Path(__file__).parents[3] / "questions"
DRAWS = 25
Values: TypeAlias = Mapping[str, Any]
"""What was drawn: fractions, and tuples of them for vectors and matrices."""
Number: TypeAlias = Fraction | float | int
SecondWay: TypeAlias = Callable[[Values], Any]
"""From what was drawn to a truth; a number; a vector, or a matrix row by row; the gaps of a cloze
in their order or by name, a chosen text as such and a truth for yes or no.
"""
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


def drawn_items(name: str) -> dict[str, Item]:
    """The items with parameters of one file, such as ``math/probability``, by their id."""
    reading = native_yaml.read((QUESTIONS / f"{name}.yaml").read_text("utf-8"))
    return {item.slug: item for item in reading.items if item.template}


def assert_agreement(item: Item, second_way: SecondWay) -> None:
    """In many draws the result that was computed in a second way gets full credit."""
    for seed in range(DRAWS):
        values = item.draw(seed)
        question = item.with_values(values).question
        given = _response(question, second_way(values))
        assert question.grade(given).score == 1, (seed, values, given)


def _response(question: QuestionType, result: Any) -> Response:
    """What a learner gives who has found ``result``."""
    if isinstance(question, TrueFalse):
        return [TRUE if result else FALSE]
    if isinstance(question, OptionsQuestion):
        wanted = result if isinstance(result, list | tuple) else [result]
        return [_nearest([each.text for each in question.options], [float(n) for n in wanted])]
    if isinstance(question, Cloze):
        return _entries(question, result)
    return [*map(_text, result)] if isinstance(result, list | tuple) else _text(result)


def _entries(question: Cloze, result: Mapping[str, Any] | Sequence[Any]) -> Response:
    names = GAP.findall(question.text)
    found = [result[name] for name in names] if isinstance(result, Mapping) else result
    return [_entry(question.gaps[name], each) for name, each in zip(names, found, strict=True)]


def _entry(gap: AnyGap, result: Any) -> str | int:
    text = ("yes" if result else "no") if isinstance(result, bool) else str(result)
    return gap.options.index(text) if isinstance(gap, ChoiceGap) else _text(result)


def _text(number: Any) -> str:
    return f"{number:.12g}" if isinstance(number, float) else str(number)


def _nearest(texts: list[str], wanted: list[float]) -> int:
    """The place of the text whose numbers are nearest to ``wanted``, which are what it rounds."""
    shown = [_NUMBER.findall(text) for text in texts]
    place = min(range(len(shown)), key=lambda each: _distance(shown[each], wanted))
    assert all(map(_is_rounded, shown[place], wanted)), (texts, wanted)
    return place


def _distance(shown: list[str], wanted: list[float]) -> float:
    return max(abs(float(a) - b) for a, b in zip(shown, wanted, strict=True))


def _is_rounded(shown: str, number: float) -> bool:
    return abs(float(shown) - number) <= 0.501 * 10.0 ** -len(shown.partition(".")[2])
