"""Items of the shipped banks whose numbers are drawn, beside results computed in another way."""

from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, TypeAlias

from quizapp.domain.formats import native_yaml
from quizapp.domain.gaps import AnyGap, ChoiceGap, TextGap
from quizapp.domain.interactions import Response
from quizapp.domain.interactions.gaps import GAP, Entry
from quizapp.domain.items import Item
from quizapp.domain.numbers import read_number
from quizapp.domain.question import QuestionType
from quizapp.domain.question_types.cloze import Cloze
from quizapp.domain.question_types.matrix import Matrix
from quizapp.domain.question_types.multiple_choice import MultipleChoice
from quizapp.domain.question_types.numeric import Numeric
from quizapp.domain.question_types.true_false import FALSE, TRUE, TrueFalse

QUESTIONS = Path(__file__).parents[1] / "questions"
DRAWS = 25

Values: TypeAlias = Mapping[str, Any]
SecondWay: TypeAlias = Callable[[Values], Any]
"""From what was drawn to the result: a number, a list of entries, a truth, or a gap's by name."""


@cache
def drawn_items(file: str) -> dict[str, Item]:
    """The items with parameters in a file of a bank, such as ``math/probability``, by their ids."""
    items = native_yaml.read((QUESTIONS / f"{file}.yaml").read_text("utf-8")).items
    return {item.slug: item for item in items if item.template}


def assert_agreement(item: Item, second_way: SecondWay) -> None:
    """In many draws the result that was computed in a second way gets full credit."""
    for seed in range(DRAWS):
        values = item.draw(Random(seed))
        question = item.with_values(values).question
        response = _response(question, second_way(values))
        key = question.right_response()
        assert question.grade(response).score == 1, f"seed {seed}: {response}, but the key is {key}"


def _response(question: QuestionType, result: Any) -> Response:
    match question:
        case TrueFalse():
            return [TRUE if result else FALSE]
        case MultipleChoice():
            return [_nearest_option(question, result)]
        case Matrix():
            return [_written(entry) for entry in result]
        case Cloze():
            names = GAP.findall(question.text)
            return [_entry(question.gaps[name], result[name]) for name in names]
        case Numeric():
            return _written(result)
    raise TypeError(f"nobody has said how a result becomes a response to {question.kind}")


def _nearest_option(question: MultipleChoice, result: float) -> int:
    """The place of the option that shows the number most nearly."""
    shown = [read_number(option.text) or Fraction(0) for option in question.options]
    return min(range(len(shown)), key=lambda place: abs(shown[place] - Fraction(result)))


def _entry(gap: AnyGap, result: Any) -> Entry:
    if isinstance(gap, ChoiceGap):
        text = str(result).lower() if isinstance(result, bool) else result
        return gap.options.index(text)
    return result if isinstance(gap, TextGap) else _written(result)


def _written(number: Any) -> str:
    return f"{float(number):.12g}"
