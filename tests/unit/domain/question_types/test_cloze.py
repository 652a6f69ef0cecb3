"""Cloze: gaps in the text and their descriptions fit, weights count, the review names each gap."""

from random import Random
from typing import Any

import pytest

from quizapp.domain.errors import InvalidContentError
from quizapp.domain.interactions import Gaps
from quizapp.domain.question_types.cloze import Cloze

NUMBER = {"answer": "4"}
QUESTION = Cloze.parse(
    {
        "stem": "Complete.",
        "text": "It is [[gap:share]] of [[gap:total]].",
        "gaps": {
            "total": {"answer": "4", "points": 3, "why": "There are four."},
            "share": {"options": ["2", "3"], "answer": "3"},
        },
    }
)


def parsed(text: str, **gaps: Any) -> Cloze:
    return Cloze.parse({"stem": "Complete.", "text": text, "gaps": gaps})


@pytest.mark.parametrize(
    ("text", "gaps", "fault"),
    [
        ("[[gap:a]] [[gap:a]]", {"a": NUMBER}, "the gap `a` 2 times"),
        ("[[gap:a]] [[gap:b]]", {"a": NUMBER}, "the gap `b`, which `gaps` does not describe"),
        ("[[gap:a]]", {"a": NUMBER, "b": NUMBER}, "lacks the gap `b`"),
        ("[[gap:A b]]", {"a": NUMBER}, r"`\[\[gap:A b\]\]` is no gap"),
        ("[[gap:a]", {"a": NUMBER}, "is no gap"),
        ("[[gap:a]]", {"a": {"options": ["1", "2"], "answer": "3"}}, "not among the options"),
        ("[[gap:a]]", {"a": {"options": ["1", "1"], "answer": "1"}}, "Two options are the same"),
        ("[[gap:a]]", {"a": {"answer": "many"}}, "is not a number"),
        ("[[gap:a]]", {"a": {"accepted": ["x"], "points": 0}}, "gaps.a.points"),
        ("[[gap:a]]", {"a": {"accepted": ["x"], "answer": "x"}}, "gaps.a.answer"),
        ("[[gap:a]]", {"a": 4}, "gaps.a"),
        ("no gap", {}, "gaps"),
    ],
)
def test_a_gap_that_does_not_fit_is_refused(text: str, gaps: dict[str, Any], fault: str) -> None:
    with pytest.raises(InvalidContentError, match=fault):
        parsed(text, **gaps)


def test_brackets_of_code_and_formulas_are_no_gaps() -> None:
    question = parsed("`m[[0]]`, $[[1]]$, [[x]]: [[gap:a]]", a=NUMBER)

    assert len(question.right_response()) == 1


def test_the_order_of_the_text_counts_and_not_that_of_the_descriptions() -> None:
    assert QUESTION.right_response() == [1, "4"]


def test_a_gap_counts_by_its_points() -> None:
    assert QUESTION.grade([1, None]).score == 0.25
    assert QUESTION.grade([0, "4"]).score == 0.75


def test_the_learner_gets_no_name_of_a_gap() -> None:
    shown = repr(QUESTION.render())

    assert "share" not in shown
    assert "total" not in shown


def test_options_of_each_gap_have_an_order_of_their_own() -> None:
    options = {"options": list("abc"), "answer": "a"}
    shown = parsed("[[gap:a]] [[gap:b]]", a=options, b=options).render().shuffled(Random(2))

    assert isinstance(shown, Gaps)
    assert shown.gaps[0].order != shown.gaps[1].order


def test_the_review_names_each_gap_and_says_why_beside_what_is_right() -> None:
    rows = QUESTION.review([1, "5"], QUESTION.render()).rows

    assert [(row.part, row.text, row.is_given, row.is_key, row.why) for row in rows] == [
        ("Gap 1", "3", True, True, ""),
        ("Gap 2", "5", True, False, ""),
        ("Gap 2", "4", False, True, "There are four."),
    ]


def test_the_review_says_what_was_not_read_as_a_number() -> None:
    given = QUESTION.review([None, "many"], QUESTION.render()).rows[1]

    assert given.why == "This was not read as a number."


def test_lines_name_the_gaps_that_are_filled() -> None:
    assert QUESTION.render().lines([1, None]) == ["Gap 1: 3"]
    assert QUESTION.render().lines([None, "4"]) == ["Gap 2: 4"]


def test_blank_gaps_are_no_response() -> None:
    assert QUESTION.render().read({"gap-1": [""], "gap-2": [" "]}) is None
    assert QUESTION.render().read({"gap-1": ["7"], "gap-2": ["5"]}) == [None, "5"]
