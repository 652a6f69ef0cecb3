"""Advice: what would make items better."""

from collections.abc import Callable, Sequence
from typing import Any

import pytest

from quizapp.domain.advice import advice, bank_advice
from quizapp.domain.items import Item

MakeItem = Callable[..., Item]


@pytest.fixture
def make_choice(make_item: MakeItem) -> MakeItem:
    """A choice item whose right option stands at ``key``; stems have nothing in common."""

    def make(texts: Sequence[str] = "abcd", *, key: int = 0, number: int = 0, **more: Any) -> Item:
        options = [{"text": text, "correct": at == key} for at, text in enumerate(texts)]
        stem = " ".join(f"word{number}{letter}" for letter in "abcdefghijkl")
        fields = {"id": f"item-{number}", "type": "multiple-choice", "stem": stem, **more}
        return make_item(options=options, **fields)

    return make


def test_a_complete_item_needs_no_advice(make_item: MakeItem) -> None:
    assert advice(make_item(explanation="Because.", references=["A book"])) == ()


def test_what_helps_learners_is_asked_for_and_not_demanded(make_choice: MakeItem) -> None:
    found = advice(make_choice("ab"))

    assert [(each.place, each.message) for each in found] == [
        (("explanation",), "No explanation. Learners will only see right or wrong."),
        (("references",), "No reference where the fact can be looked up."),
        (("options", 1, "why"), "No `why`: learners will not see why this is wrong."),
    ]
    assert not any(each.is_error for each in found)


def test_a_small_bank_needs_no_advice(make_choice: MakeItem) -> None:
    items = [make_choice(["longest", "b", "c"], number=number) for number in range(9)]

    assert bank_advice(items) == ()


@pytest.mark.parametrize(("longest", "is_told"), [(3, False), (4, True)])
def test_a_key_is_the_longest_option_in_at_most_30_percent(
    make_choice: MakeItem, longest: int, is_told: bool
) -> None:
    items = [
        make_choice(["aaaa" if number < longest else "aa", "bb", "cc"], number=number)
        for number in range(10)
    ]

    assert bank_advice(items) == is_told * (
        "The right option is the longest in 4 of 10 choice questions, more than 30%."
        " Make wrong options as long and specific.",
    )


@pytest.mark.parametrize(
    ("keys", "is_told"),
    [
        ([0, 1, 2, 3] * 5, False),
        ([0] * 11 + [1, 2, 3] * 3, False),  # chi-square 10.8, below 11.345
        ([0] * 12 + [1, 2, 3, 1, 2, 3, 1, 2], True),  # 12.4
        ([0] * 19, False),
        ([0] * 20, True),
    ],
)
def test_keys_stand_at_all_positions_alike(
    make_choice: MakeItem, keys: Sequence[int], is_told: bool
) -> None:
    items = [make_choice(key=key, number=number) for number, key in enumerate(keys)]

    assert bool(bank_advice(items)) is is_told


def test_positions_are_expected_by_the_number_of_options(make_choice: MakeItem) -> None:
    pairs = [make_choice("ab", key=number % 2, number=number) for number in range(40)]
    wide = [make_choice("abcdef", key=number, number=40 + number) for number in range(6)]

    assert bank_advice([*pairs, *wide]) == ()
    assert "(1: 40, 2: 0)" in bank_advice(
        [make_choice("ab", key=0, number=number) for number in range(40)]
    )[0]  # fmt: skip


def test_options_with_several_keys_have_no_key_position(make_item: MakeItem) -> None:
    options = [{"text": text, "correct": text != "c"} for text in ("longest a", "longest b", "c")]
    items = [
        make_item(id=f"item-{n}", type="multiple-response", stem=f"Which {n}?", options=options)
        for n in range(30)
    ]

    assert bank_advice(items) == ()


def test_stems_that_are_nearly_the_same_are_named(make_item: MakeItem) -> None:
    stem = "one two three four five six seven eight nine ten eleven twelve"
    items = [
        make_item(id="first", stem=stem),
        make_item(id="in-capitals", stem=stem.upper() + "."),
        make_item(id="one-word-more", stem=f"{stem} thirteen"),
        make_item(id="two-words-other", stem=stem.replace("one", "a").replace("two", "b")),
        make_item(id="another", stem="something else altogether"),
    ]

    assert bank_advice(items) == (
        "The questions first and in-capitals ask nearly the same.",
        "The questions first and one-word-more ask nearly the same.",
    )


def test_stems_that_differ_in_an_operator_are_not_the_same(make_item: MakeItem) -> None:
    items = [make_item(id="plus", stem="$a + b$"), make_item(id="minus", stem="$a - b$")]

    assert bank_advice(items) == ()
