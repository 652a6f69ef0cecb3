"""What many draws of an item show to its author before a learner meets it."""

from collections.abc import Mapping
from typing import Any

import pytest

from quizapp.domain.draw_checks import draw_problems
from quizapp.domain.formulas import Budget
from quizapp.domain.items import FieldProblem, Item

SUM: Mapping[str, Any] = {
    "id": "sum",
    "type": "numeric",
    "skills": ["maths.numbers"],
    "parameters": {
        "a": {"integers": {"from": -9, "to": 9}},
        "b": {"integers": {"from": 1, "to": 9}},
    },
    "stem": "What are {{ a }} and {{ b }} together?",
    "answer": "{{ a + b }}",
}
CHOICE: Mapping[str, Any] = {
    **{name: SUM[name] for name in ("id", "skills", "parameters")},
    "type": "multiple-choice",
    "stem": "What is {{ a }} times {{ b }}?",
}


def problems(**changes: Any) -> list[FieldProblem]:
    return list(draw_problems(Item.parse({**SUM, **changes})))


def only(found: list[FieldProblem]) -> FieldProblem:
    assert len(found) == 1, found
    return found[0]


def test_nothing_is_said_of_good_draws_or_of_items_without_parameters(make_item: Any) -> None:
    assert problems() == []
    assert draw_problems(make_item()) == ()


def test_a_draw_that_divides_by_zero_is_told_once_with_its_numbers() -> None:
    found = only(problems(answer="{{ b / a }}", tolerance=0.01))

    assert found.is_error
    assert found.place == ("answer",)
    assert found.message.startswith("With a = 0, b = ")
    assert found.message.endswith("This divides by zero.")


def test_a_key_rounded_beyond_its_tolerance_is_an_error() -> None:
    thirds = {"answer": "{{ a / 3 | .1f }}", "tolerance": 0.01}

    assert "the exact result is wrong" in only(problems(**thirds)).message
    assert problems(**thirds | {"tolerance": 0.06}) == []
    assert problems(answer="{{ a / 3 | .1f }}", tolerance=0, constraints=["mod(a, 3) == 0"]) == []


def test_two_options_that_are_the_same_number_are_an_error() -> None:
    options = [
        {"text": "{{ a * b }}", "correct": True},
        {"text": "${{ a * b + a + 1 }}.0$"},
        {"text": r"$\frac{{a * b * 3 + 1}}{3}$"},
    ]

    found = only(list(draw_problems(Item.parse({**CHOICE, "options": options}))))

    assert found.place == ("options", 1, "text")
    assert found.message.startswith("With a = -1, b = ")


def test_two_options_alike_are_an_error() -> None:
    options = [{"text": "{{ a * b }}", "correct": True}, {"text": "{{ a + b }}"}]

    found = list(draw_problems(Item.parse({**CHOICE, "options": options})))

    assert any(each.is_error and "With a = 2, b = 2" in each.message for each in found)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("It is {{ a / 7 }}.", "was rounded"),
        ("It is {{ a / 1000 | .1f }}.", "is shown for what is not 0"),
        ("$x + {{ a }}$", "Two signs follow each other"),
        ("$x - {{ a }}$", "Two signs follow each other"),
        ("${{ b }}x$", "A factor of 1 is written out"),
        ("${{ a }}x$", "A factor of 1 is written out"),
    ],
)
def test_a_number_that_reads_badly_is_a_warning_at_its_place(text: str, fault: str) -> None:
    found = only(problems(explanation=text))

    assert not found.is_error
    assert found.place == ("explanation",)
    assert found.column == text.index("{{") + 3
    assert fault in found.message


@pytest.mark.parametrize(
    "text",
    [
        "It is {{ a / 8 }}, {{ a / 7 | .2f }} or ${{ a / 7 | tex fraction }}$.",
        "$x {{ a | signed }}$",
        "${{ b + 1 }}x$ and x_{{ b }} and 2.{{ b }}x and 1{{ b }}x",
        "from {{ a }} to {{ b }}",
    ],
)
def test_a_number_that_reads_well_is_not_blamed(text: str) -> None:
    assert problems(explanation=text) == []


def test_what_is_declared_and_never_used_is_a_warning() -> None:
    parameters = {**SUM["parameters"], "c": {"formula": "a * b"}}

    found = only(problems(parameters=parameters))

    assert (found.place, found.is_error) == (("parameters", "c"), False)


def test_too_few_different_draws_are_a_warning() -> None:
    parameters = {"a": {"choices": [1, 2]}, "b": {"choices": [3, 4]}}

    assert "Only 4 different questions came of 200" in only(problems(parameters=parameters)).message


def test_hostile_declarations_use_up_their_budget_and_no_more() -> None:
    item = Item.parse({**SUM, "constraints": ["comb(90, b) > 0"]})

    found = draw_problems(item, 200, Budget(500))

    assert "takes too long" in found[0].message
