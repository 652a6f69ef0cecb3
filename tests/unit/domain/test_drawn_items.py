"""Items with parameters: read with their placeholders, asked with the numbers of a draw."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import pytest

from quizapp.domain.formulas import Budget
from quizapp.domain.items import FieldProblem, Item, ItemFaultsError

RATIO: Mapping[str, Any] = {
    "id": "ratio",
    "type": "numeric",
    "skills": ["maths.numbers"],
    "parameters": {"a": {"integers": {"from": 1, "to": 9}}, "b": {"formula": "a + 1"}},
    "stem": "What is $\\frac{{{a}}}{{{b}}}$?",
    "answer": "{{ a / b }}",
    "tolerance": "{{ a / 100 }}",
    "explanation": "Divide {{ a }} by {{ b }}.",
}
VALUES = {"a": Fraction(3), "b": Fraction(4)}


def ratio(**changes: Any) -> Item:
    return Item.parse({**RATIO, **changes})


def faults(**changes: Any) -> tuple[FieldProblem, ...]:
    with pytest.raises(ItemFaultsError) as caught:
        ratio(**changes)
    return caught.value.problems


def test_every_text_is_filled_and_numbers_are_read_from_texts() -> None:
    item = ratio().with_values(VALUES)

    assert item.question.stem == r"What is $\frac{3}{4}$?"
    assert item.fields.explanation == "Divide 3 by 4."
    assert item.question.export() | {"stem": ""} == {
        "stem": "",
        "answer": "0.75",
        "tolerance": 0.03,
    }


def test_export_is_what_was_written_and_parses_to_the_same_item() -> None:
    assert ratio().export() == RATIO
    assert Item.parse(ratio().export()) == ratio()


def test_numbers_do_not_change_what_the_item_is() -> None:
    drawn = ratio().with_values(VALUES)

    assert drawn.content_hash() == ratio().content_hash()
    assert drawn.content_hash() != ratio(constraints=["a > 2"]).content_hash()


def test_an_item_without_parameters_keeps_its_braces() -> None:
    plain = {name: RATIO[name] for name in ("id", "type", "skills")}
    item = Item.parse({**plain, "stem": "{{ a }}", "answer": "1"})

    assert item.question.stem == "{{ a }}"
    assert item.with_values(VALUES) is item


def test_a_draw_is_the_same_for_a_seed_and_makes_a_question() -> None:
    stems = {ratio().with_values(ratio().draw(seed)).question.stem for seed in range(50)}

    assert ratio().draw(7) == ratio().draw(7)
    assert len(stems) == 9


def test_a_draw_that_makes_no_question_is_not_asked() -> None:
    item = ratio(answer="{{ 6 / (a - 3) }}")

    assert {item.draw(seed)["a"] for seed in range(200)} == {1, 2, 4, 5, 6, 7, 8, 9}


def test_where_hardly_any_draw_makes_a_question_the_example_is_asked() -> None:
    rare = {"n": {"integers": {"from": 0, "to": 10**9}}}
    example = ratio(parameters=rare, stem="{{ n }}?", answer="1", tolerance=0, explanation="So.")
    found = example.question.stem.rstrip("?")

    item = ratio(
        parameters=rare, stem="?", answer=f"{{{{ if(n == {found}, 1, 1 / 0) }}}}",
        tolerance=0, explanation="So.",
    )  # fmt: skip

    assert item.draw(5) == {"n": int(found)}


@pytest.mark.parametrize(
    ("changes", "place", "line", "column", "message"),
    [
        ({"stem": "{{ c }}"}, ("stem",), 1, 3, "`c` is not declared in `parameters`."),
        (
            {"explanation": "So\n{{ a + }}"}, ("explanation",), 2, 8,
            "Expected a number, a name or a bracket, but the formula ends.",
        ),
        (
            {"answer": "{{ 1 / (a - a) }}"}, ("answer",), 1, 6,
            "With a = 7, b = 8: This divides by zero.",
        ),
        (
            {"tolerance": "{{ -a }}"}, ("tolerance",), 1, 0,
            "With a = 7, b = 8: This must be at least 0.",
        ),
        (
            {"constraints": ["a > 9"]}, ("parameters",), 1, 0,
            "No values were found in 1000 draws. The constraints are met by none of them.",
        ),
        (
            {"parameters": {"a": {"integers": {"from": 2, "to": 1}}}},
            ("parameters", "a", "integers"), 1, 0, "`to` is smaller than `from`.",
        ),
    ],
)  # fmt: skip
def test_a_fault_is_told_at_its_place_with_the_numbers(
    changes: dict[str, Any], place: tuple[str, ...], line: int, column: int, message: str
) -> None:
    assert faults(**changes) == (FieldProblem(place, message, line=line, column=column),)


def test_constraints_without_parameters_are_a_fault() -> None:
    plain = {**RATIO, "answer": "1", "tolerance": 0, "parameters": {}, "constraints": ["1 < 2"]}

    with pytest.raises(ItemFaultsError, match="`constraints` need `parameters`"):
        Item.parse(plain)


def test_any_field_may_take_a_value_even_a_verdict() -> None:
    item = Item.parse(
        {
            **{name: RATIO[name] for name in ("id", "skills", "parameters")},
            "type": "true-false",
            "stem": "{{ a }} is even.",
            "answer": "{{ mod(a, 2) == 0 }}",
        }
    )

    assert item.with_values(VALUES).question.grade([1]).score == 1
    assert item.with_values({"a": Fraction(2), "b": Fraction(3)}).question.grade([1]).score == 0


def test_what_all_items_of_a_file_compute_is_bounded() -> None:
    budget = Budget(20)
    Item.parse(RATIO, budget)

    with pytest.raises(ItemFaultsError, match="takes too long"):
        Item.parse(RATIO, budget)
