"""Numbers: tolerance, and what the review says."""

import pytest

from quizapp.domain.errors import InvalidContentError
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


@pytest.mark.parametrize(
    ("response", "score"),
    [("0.05", 1), ("0.0498", 1), ("5e-2", 1), ("0.0495", 1), ("0.0505", 0), ("-0.05", 0), ("0", 0)],
)
def test_significant_figures_round_both_numbers(response: str, score: float) -> None:
    assert question("0.0497871", significant_figures=2).grade(response).score == score


def test_the_review_says_to_how_many_figures() -> None:
    review = reviewed(question("0.0497871", significant_figures=2, unit="s"), "0.05")

    assert review.rows[-1].text == "0.0497871 s (to 2 significant figures)"


@pytest.mark.parametrize("response", ["1e999", "1e999/1e-999", "-1e-999"])
def test_numbers_beyond_floating_point_are_rounded(response: str) -> None:
    assert question("3", significant_figures=3).grade(response).score == 0


UNITS = {"unit": "s", "units": {"ms": 0.001, "min": 60, "\u00b5s": "1e-6", "%": 2}}


@pytest.mark.parametrize(
    ("response", "note"),
    [
        ("0.25", "Read as 0.25 s."), ("250 ms", "Read as 0.25 s."), ("250ms", "Read as 0.25 s."),
        ("0,25  s", "Read as 0.25 s."), ("1/240 min", "Read as 0.25 s."),
        ("250 000 \u03bcs", "Read as 0.25 s."), ("2.5e5 \u00b5s", "Read as 0.25 s."),
        ("3 %", "Read as 6 s."), ("soon", "This was not read as a number."),
        ("3 4", "This was not read as a number."), ("ms", "This was not read as a number."),
        ("250 Ms", "The unit Ms is not known here. Known: s, ms, min, \u00b5s or %."),
        ("1 s s", "The unit s s is not known here. Known: s, ms, min, \u00b5s or %."),
    ],
)  # fmt: skip
def test_a_unit_is_converted(response: str, note: str) -> None:
    asked = question("0.25", **UNITS)

    assert reviewed(asked, response).note == note
    assert asked.grade(response).score == (1 if note == "Read as 0.25 s." else 0)


def test_a_response_with_its_unit_is_shown_as_it_was_typed() -> None:
    rows = reviewed(question("0.25", **UNITS), "250 ms").rows

    assert [(row.text, row.is_given, row.is_key) for row in rows] == [
        ("250 ms", True, True),
        ("0.25 s", False, True),
    ]


def test_without_units_a_typed_unit_is_not_read() -> None:
    assert question("0.25", unit="s").grade("0.25 s") == Grade(
        0.0, "This was not read as a number."
    )


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"units": {"ms": 1}}, "needs `unit`"),
        ({"unit": "s", "units": {"s": 1}}, "stands here twice"),
        ({"unit": "s", "units": {"\u00b5s": 1e-6, "\u03bcs": 1e-6}}, "stands here twice"),
        ({"unit": "s", "units": {"ms": 0}}, "'ms' is not a number above 0"),
        ({"unit": "s", "units": {"ms": "few"}}, "'ms' is not a number above 0"),
        ({"unit": "s", "units": {"e3": 2}}, "'e3' could be a part of the number"),
        ({"significant_figures": 2, "tolerance": 1}, "either a tolerance"),
        ({"significant_figures": 0}, "at least 1"),
    ],
)
def test_an_author_is_told_what_does_not_fit(fields: dict[str, object], message: str) -> None:
    with pytest.raises(InvalidContentError, match=message):
        question("3", **fields)


def test_zero_has_no_significant_figures() -> None:
    with pytest.raises(InvalidContentError, match="0 has no significant figures"):
        question("0", significant_figures=2)
