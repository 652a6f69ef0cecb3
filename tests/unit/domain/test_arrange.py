"""Arranging lines: fields to a response, moves without a script, and back to the screen."""

import pytest

from quizapp.domain.interactions import Arrange

PIECES = Arrange(("a", "b", "c"), "python", indent=2, order=(2, 0, 1))


def test_lines_are_read_by_their_place_on_the_screen() -> None:
    assert PIECES.read({"piece": ["0:1", "2:0"]}) == [[2, 1], [1, 0]]


def test_lines_that_do_not_exist_and_levels_out_of_range_are_passed_over() -> None:
    assert PIECES.read({"piece": ["3:0", "0:7", "0:-1", "x", "1:0", "1:0"]}) == [[0, 0]]


@pytest.mark.parametrize(
    ("move", "expected"),
    [
        ("2:take", [[2, 0], [0, 1], [1, 1]]),
        ("0:take", [[2, 0], [0, 1]]),
        ("1:up", [[0, 1], [2, 0]]),
        ("0:up", [[2, 0], [0, 1]]),
        ("0:down", [[0, 1], [2, 0]]),
        ("1:down", [[2, 0], [0, 1]]),
        ("1:in", [[2, 0], [0, 2]]),
        ("1:out", [[2, 0], [0, 0]]),
        ("0:out", [[2, 0], [0, 1]]),
        ("0:away", [[0, 1]]),
        ("2:away", [[2, 0], [0, 1]]),
        ("1:sideways", [[2, 0], [0, 1]]),
    ],
)
def test_a_move_changes_one_line(move: str, expected: list[list[int]]) -> None:
    assert PIECES.read({"piece": ["0:0", "1:1"], "move": [move]}) == expected


def test_the_last_line_put_away_leaves_no_response() -> None:
    assert PIECES.read({"piece": ["0:0"], "move": ["0:away"]}) is None


def test_without_indentation_no_line_is_indented() -> None:
    interaction = Arrange(("a", "b"), "python", asks_indentation=False, order=(0, 1))

    assert interaction.read({"piece": ["0:1", "1:0"], "move": ["1:in"]}) == [[1, 0]]


def test_a_response_is_shown_as_program_and_pool() -> None:
    state = PIECES.state([[1, 1]])

    assert [(each.text, level) for each, level in state["taken"]] == [("b", 1)]  # type: ignore[attr-defined]
    assert [each.text for each in state["pool"]] == ["c", "a"]  # type: ignore[attr-defined]
    assert PIECES.lines([[1, 0], [0, 2]]) == ["b", "    a"]


def test_lines_do_not_stand_as_authored_before_they_are_shuffled() -> None:
    assert Arrange(("c", "a", "b"), "python").shown_order == (1, 2, 0)
