"""Partial credit never falls when a response comes nearer to the key."""

from collections.abc import Iterator
from copy import deepcopy
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.domain.interactions import Response
from quizapp.domain.places import Place, leaves
from quizapp.domain.question import QuestionType
from quizapp.domain.question_types import question_types
from quizapp.domain.question_types.multiple_response import MultipleResponse
from quizapp.domain.question_types.output_prediction import OutputPrediction
from quizapp.domain.question_types.parsons import Parsons

PLACE_BY_PLACE = ("matching", "cloze", "matrix")
"""Kinds whose responses hold something at each of the same places."""


def _questions(*kinds: str) -> Iterator[Any]:
    for kind in kinds:
        for number, example in enumerate(question_types()[kind].examples, start=1):
            question = question_types()[kind].parse(example.fields)
            yield pytest.param(question, id=f"{kind}-{number}")


def score(question: QuestionType, response: Response) -> float:
    found = question.grade(response).score
    assert found is not None
    return found


def corrected(response: Any, right: Any, place: Place) -> Any:
    """``response`` with what ``right`` holds at ``place``."""
    changed = deepcopy(response)
    holder, source = changed, right
    for part in place[:-1]:
        holder, source = holder[part], source[part]
    holder[place[-1]] = source[place[-1]]
    return changed


@pytest.mark.parametrize("question", list(_questions(*PLACE_BY_PLACE)))
def test_a_place_that_is_corrected_costs_nothing(question: QuestionType) -> None:
    right, shown = question.right_response(), question.render()

    for seed in range(100):
        response = shown.guess(Random(seed))
        for place, _ in leaves(right):
            nearer = corrected(response, right, place)
            assert score(question, nearer) >= score(question, response)
            response = nearer
        assert score(question, response) == 1


ticks = st.sets(st.integers(0, 7))


@given(key=st.sets(st.integers(0, 7), min_size=1), ticked=ticks, other=st.integers(0, 7))
def test_a_tick_that_is_mended_costs_nothing(key: set[int], ticked: set[int], other: int) -> None:
    options = [{"text": f"{place}", "correct": place in key} for place in range(8)]
    question = MultipleResponse.parse({"stem": "Which?", "options": options})

    mended = ticked | {other} if other in key else ticked - {other}

    assert score(question, sorted(mended)) >= score(question, sorted(ticked))


@given(st.integers(0, 4), st.text("ab\n", max_size=12))
def test_one_right_line_more_is_worth_more(count: int, rest: str) -> None:
    lines = ["1", "2", "3", "4", "5"]
    question = OutputPrediction.parse(
        {"stem": "Which?", "code": "x", "output": "\n".join(lines), "scoring": "partial"}
    )

    before, after = ("\n".join(lines[:size]) for size in (count, count + 1))

    assert score(question, after) > score(question, before)
    assert score(question, "\n".join([*lines[:count], rest])) <= 1


@given(st.integers(0, 3), st.integers(0, 2))
def test_a_program_gains_by_right_lines_and_loses_by_distractors(count: int, wrong: int) -> None:
    question = Parsons.parse(
        {"stem": "?", "lines": ["a", "    b", "    c", "d"], "distractors": ["x", "y", "z"]}
    )
    program = question.right_response()
    taken = [[4 + place, 0] for place in range(wrong)]

    assert score(question, program) == 1
    here = score(question, [*program[:count], *taken])

    assert score(question, [*program[: count + 1], *taken]) >= here
    assert score(question, [*program[:count], *taken, [4 + wrong, 0]]) <= here
