"""Short text: what does not matter, and the review."""

import pytest

from quizapp.domain.question_types.short_text import ShortText

QUESTION = ShortText.parse({"stem": "Which?", "accepted": ["Student's t-test", "t test"]})
CODE = ShortText.parse({"stem": "Which?", "accepted": ['d["a"]'], "case_sensitive": True})


@pytest.mark.parametrize(
    "response", ["student\u2019s T\u2010Test", "  T   TEST\n", "\uff54 test", "t\u00a0test"]
)
def test_case_spaces_and_kinds_of_quotes_do_not_matter(response: str) -> None:
    assert QUESTION.grade(response).score == 1


def test_in_code_case_matters_and_kinds_of_quotes_do_not() -> None:
    assert CODE.grade("d[\u201ca\u201d]").score == 1
    assert CODE.grade('D["a"]').score == 0


def test_the_review_shows_a_right_response_once_and_other_right_ones() -> None:
    rows = QUESTION.review("T Test", QUESTION.render()).rows

    assert [(row.text, row.is_given) for row in rows] == [
        ("T Test", True),
        ("Student's t-test", False),
    ]
    assert all(row.is_key and row.is_verbatim for row in rows)
