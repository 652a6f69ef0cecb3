"""What a learner can do: posted fields to a response, and back to the screen."""

from collections import Counter
from random import Random

import pytest

from quizapp.domain.interactions import Choice, Order, ShownOption, TextEntry

CHOICE = Choice(("a", "b", "c"), order=(2, 0, 1))
TICKS = Choice(("a", "b", "c"), multiple=True, order=(2, 0, 1))
LINES = Order(("a", "b", "c"), order=(2, 0, 1))


def test_options_carry_the_place_on_the_screen_and_not_the_authored_one() -> None:
    assert CHOICE.options == (
        ShownOption("0", "A", "c"),
        ShownOption("1", "B", "a"),
        ShownOption("2", "C", "b"),
    )


def test_a_choice_is_read_as_the_authored_place() -> None:
    assert CHOICE.read({"choice": ["0"]}) == [2]


def test_two_options_where_one_may_be_chosen_are_no_response() -> None:
    assert CHOICE.read({"choice": ["0", "1"]}) is None


def test_ticks_are_read_sorted_and_once() -> None:
    assert TICKS.read({"choice": ["2", "0", "2", "7"]}) == [1, 2]


def test_chosen_options_are_marked_at_their_place_on_the_screen() -> None:
    assert TICKS.state([1, 2]) == {"selected": {"0", "2"}}


def test_a_response_of_another_question_marks_nothing() -> None:
    assert TICKS.state([7, -1]) == TICKS.state("a") == TICKS.state(None) == {"selected": set()}


def test_a_fixed_order_is_not_shuffled() -> None:
    choice = Choice(("a", "b", "c"), fixed_order=True)

    assert choice.shuffled(Random(1)) is choice


def test_the_same_seed_shows_the_same_order() -> None:
    choice = Choice(tuple("abcdefgh"))

    assert choice.shuffled(Random("7:1")) == choice.shuffled(Random("7:1"))
    assert choice.shuffled(Random("7:1")) != choice.shuffled(Random("7:2"))


def test_text_is_read_without_spaces_around_it_and_up_to_its_limit() -> None:
    assert TextEntry(max_length=5).read({"text": ["\x00  0.123456 ", "second"]}) == "0.123"
    assert TextEntry().read({"text": [" \t\x00 "]}) is None


def test_entered_text_is_shown_again() -> None:
    assert TextEntry().state("0.5") == {"text": "0.5"}
    assert TextEntry().state(None) == TextEntry().state([1]) == {"text": ""}


def test_lines_are_never_shown_in_their_right_order_and_else_evenly() -> None:
    orders = Counter(Order(("a", "b", "c")).shuffled(Random(seed)).order for seed in range(1_000))

    assert (0, 1, 2) not in orders
    assert len(orders) == 5
    assert sum((count - 200) ** 2 / 200 for count in orders.values()) < 13.277  # p = 0.01


def test_posted_lines_are_read_in_their_authored_places() -> None:
    assert LINES.read({"line": ["1", "2", "0"]}) == [0, 1, 2]


def test_lines_as_first_shown_are_no_response() -> None:
    assert LINES.read({"line": ["0", "1", "2"]}) is None


@pytest.mark.parametrize(
    ("move", "read"),
    [
        ("1:up", [0, 2, 1]),
        ("0:down", [0, 2, 1]),
        ("2:up", [2, 1, 0]),
        ("0:up", None),
        ("2:down", None),
        ("3:up", None),
        ("-1:down", None),
        ("1:left", None),
        ("1", None),
        ("9" * 5_000 + ":up", None),
    ],
)
def test_a_posted_move_swaps_a_line_with_its_neighbour(move: str, read: list[int] | None) -> None:
    assert LINES.read({"line": ["0", "1", "2"], "move": [move]}) == read


@pytest.mark.parametrize("lines", [[], ["0", "1"], ["0", "1", "1"], ["0", "1", "2", "2"]])
def test_lines_that_are_not_all_there_once_are_no_response(lines: list[str]) -> None:
    assert LINES.read({"line": lines}) is None


def test_lines_are_shown_as_they_were_put() -> None:
    lines = LINES.state([0, 1, 2])["lines"]

    assert lines == [ShownOption("1", "B", "a"), ShownOption("2", "C", "b"), LINES_SHOWN_FIRST]


def test_lines_of_another_question_are_shown_as_at_first() -> None:
    assert LINES.state([0, 1, 7]) == LINES.state("a") == LINES.state(None)


LINES_SHOWN_FIRST = ShownOption("0", "A", "c")
