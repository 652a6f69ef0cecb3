"""Matrix: its shape, partial credit, and the review as formulas."""

from typing import Any

import pytest

from quizapp.domain.errors import InvalidContentError
from quizapp.domain.question_types.matrix import Matrix

FIELDS: dict[str, Any] = {"stem": "Which?", "answer": [[1, 2], [3, "1/2"]]}
QUESTION = Matrix.parse(FIELDS)
VECTOR = Matrix.parse({"stem": "Which?", "answer": [100, 0, 2], "relative_tolerance": 0.01})


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ({"answer": [[1, 2], [3]]}, "same number of entries"),
        ({"answer": [[1, 2], 3]}, "not both"),
        ({"answer": [1]}, "type numeric"),
        ({"answer": [[1, "many"]]}, "'many' is not a number"),
        ({"answer": []}, "at least 1"),
        ({"answer": [[], [1]]}, "answer.0: "),
        ({"answer": [[1, [2]]]}, "answer.0.1: "),
        ({"answer": [list(range(7))]}, "at most 6"),
        ({"row_labels": ["a"]}, "`row_labels` has 1 labels for 2"),
        ({"column_labels": ["a", "b", "c"]}, "`column_labels` has 3 labels for 2"),
    ],
)
def test_what_is_no_matrix_is_refused(fields: dict[str, Any], fault: str) -> None:
    with pytest.raises(InvalidContentError, match=fault):
        Matrix.parse({**FIELDS, **fields})


def test_the_learner_gets_the_shape_alone() -> None:
    assert QUESTION.render().posted([]) == {
        "cell-1-1": [""], "cell-1-2": [""], "cell-2-1": [""], "cell-2-2": [""],
    }  # fmt: skip


def test_tolerances_hold_for_each_entry() -> None:
    assert VECTOR.grade(["101", "0", "2,02"]).score == 1
    assert VECTOR.grade(["101", "0.01", "2"]).score == 0


def test_a_blank_entry_stays_in_its_place() -> None:
    posted = {"cell-1-1": [" 1 "], "cell-1-2": [""], "cell-2-1": ["3"], "cell-2-2": ["x" * 99]}

    assert QUESTION.render().read(posted) == ["1", None, "3", "x" * 60]
    assert QUESTION.render().read({name: [" "] for name in posted}) is None


def test_the_review_shows_both_matrices_and_names_what_is_wrong() -> None:
    given, unread, key = QUESTION.review(["1", None, "50 %", "many"], QUESTION.render()).rows

    assert given.text == r"$$\begin{pmatrix} 1 & \square \\ 0.5 & \text{?} \end{pmatrix}$$"
    assert given.why == "Not right: row 1, column 2; row 2, column 1; row 2, column 2."
    assert (unread.part, unread.text, unread.is_verbatim) == ("Row 2, column 2", "many", True)
    assert key.text == r"$$\begin{pmatrix} 1 & 2 \\ 3 & 1/2 \end{pmatrix}$$"


def test_a_right_matrix_is_shown_once() -> None:
    (row,) = QUESTION.review(["1", "2", "3", "0,5"], QUESTION.render()).rows

    assert row.is_given
    assert row.is_key


def test_entries_of_a_vector_have_one_number() -> None:
    assert VECTOR.render().lines(["1", None, "x"]) == ["Entry 1: 1", "Entry 3: x"]


def test_the_review_of_a_matrix_without_a_right_entry_does_not_list_them_all() -> None:
    assert QUESTION.review(["7"] * 4, QUESTION.render()).rows[0].why == "No entry is right."
