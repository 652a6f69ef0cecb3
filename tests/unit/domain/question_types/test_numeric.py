"""Numbers: tolerance, and what the review says."""

import pytest

from quizapp.domain.question import Grade, Review
from quizapp.domain.question_types.numeric import Numeric


def question(answer: object, **fields: object) -> Numeric:
    return Numeric.parse({"stem": "How many?", "answer": answer, **fields})


def reviewed(asked: Numeric, response: str) -> Review:
    return asked.review(response, asked.render())


def test_the_edge_of_the_tolerance_is_right_without_rounding_errors() -> None:
    asked = question("0.3", tolerance=0.1)

    assert asked.grade("0.4") == asked.grade("0.2") == Grade(1.0)
    assert asked.grade("0.4000000000000000000001") == Grade(0.0)


def test_the_wider_tolerance_counts() -> None:
    asked = question("1000", tolerance=1, relative_tolerance=0.01)

    assert asked.grade("1010").score == 1
    assert asked.grade("1011").score == 0


def test_the_relative_tolerance_of_a_negative_answer_is_positive() -> None:
    assert question("-100", relative_tolerance=0.05).grade("-104").score == 1


@pytest.mark.parametrize("answer", [0.125, "1/8", "12.5 %", "0,125", "1.25e-1", "125 x 10^-3"])
def test_the_answer_is_written_as_one_likes(answer: object) -> None:
    assert question(answer).grade("0.125").score == 1


def test_what_is_no_number_is_said_to_be_none() -> None:
    asked = question("3")

    assert asked.grade("three").feedback == "This was not read as a number."
    assert reviewed(asked, "three").note == "This was not read as a number."


def test_the_review_shows_how_the_response_was_read() -> None:
    review = reviewed(question("1000", unit="ms"), "1,000")

    assert [(row.text, row.is_given, row.is_key) for row in review.rows] == [
        ("1,000 ms", True, True)
    ]
    assert review.note == "Read as 1000."


def test_the_review_shows_key_and_margin_beside_a_wrong_response() -> None:
    review = reviewed(question("3.14", tolerance=0.005), "3")

    assert [(row.text, row.is_given, row.is_key) for row in review.rows] == [
        ("3", True, False),
        ("3.14 (± 0.005)", False, True),
    ]


@pytest.mark.parametrize("response", ["1e999", "1e999/1e-999", "-1e-999"])
def test_numbers_beyond_floating_point_are_reviewed(response: str) -> None:
    assert reviewed(question("3"), response).note.startswith("Read as ")
