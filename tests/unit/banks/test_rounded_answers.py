"""Who computes exactly and then rounds as the stem asks is right, whatever numbers are drawn."""

import re
from collections.abc import Iterator
from decimal import ROUND_HALF_DOWN, ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest

from quizapp.domain.formulas import Budget
from quizapp.domain.interactions import Response
from quizapp.domain.items import Item
from quizapp.domain.numbers import read_number
from quizapp.domain.places import Place, is_among
from quizapp.domain.question import QuestionType
from quizapp.domain.question_types.cloze import Cloze
from quizapp.domain.question_types.matrix import Matrix
from quizapp.domain.question_types.numeric import Numeric
from tests.unit.banks.recomputing import DRAWS, QUESTIONS, Values, drawn_items

DIGITS = {"one": 1, "two": 2, "three": 3, "four": 4}
ASKED = re.compile(rf"\b({'|'.join(DIGITS)}) decimals?\b")
UNITS = 1_000_000
ROUNDINGS = (ROUND_HALF_UP, ROUND_HALF_DOWN)
"""A result in the middle may go either way."""


def _asked_decimals(question: QuestionType) -> int | None:
    """How many decimals the learner is asked for."""
    if not isinstance(question, Numeric | Matrix | Cloze):
        return None
    shown = f"{question.stem} {question.text}" if isinstance(question, Cloze) else question.stem
    found = {DIGITS[word] for word in ASKED.findall(shown)}
    assert len(found) <= 1, f"The stem asks for {found} decimals."
    return found.pop() if found else None


def _rounding_items() -> Iterator[tuple[str, Item]]:
    for path in sorted(QUESTIONS.rglob("*.yaml")):
        if "\n    parameters:" in path.read_text("utf-8"):
            name = path.relative_to(QUESTIONS).with_suffix("").as_posix()
            yield from drawn_items(name).items()


ITEMS = {slug: item for slug, item in _rounding_items() if _asked_decimals(item.question)}


def _exact_response(drawn: Item, values: Values) -> Response:
    """The right response before the author rounded the key."""
    assert drawn.template is not None

    def is_measured(place: Place) -> bool:
        return is_among(drawn.question.measured, place)

    fields = drawn.template.unrounded(values, is_measured, Budget(UNITS))
    fields.pop("explanation", None)
    return type(drawn.question).parse(fields).right_response()


def _rounded(response: Response, decimals: int, rounding: str) -> Response:
    """``response`` with each number in it rounded; the places of chosen options stay."""
    if isinstance(response, list):
        return [
            _rounded(entry, decimals, rounding) if isinstance(entry, str) else entry
            for entry in response
        ]
    number = read_number(response) or Fraction(0)
    places = Decimal(1).scaleb(-decimals)
    return str((Decimal(number.numerator) / number.denominator).quantize(places, rounding))


@pytest.mark.parametrize("slug", sorted(ITEMS))
@pytest.mark.parametrize("rounding", ROUNDINGS)
def test_the_exact_result_rounded_as_asked_is_right(slug: str, rounding: str) -> None:
    item = ITEMS[slug]
    for seed in range(DRAWS):
        values = item.draw(seed)
        drawn = item.with_values(values)
        decimals = _asked_decimals(drawn.question)
        assert decimals is not None
        given = _rounded(_exact_response(drawn, values), decimals, rounding)
        assert drawn.question.grade(given).score == 1, (seed, values, given)


def test_banks_ask_for_decimals() -> None:
    assert len(ITEMS) > 15
