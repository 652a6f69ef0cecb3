"""Short text: what does not matter, and the review."""

import json
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.domain.errors import InvalidContentError
from quizapp.domain.question_types.short_text import ShortText
from tests.unit.domain.spending import seconds

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


def with_patterns(*patterns: str, **fields: object) -> ShortText:
    return ShortText.parse(
        {"stem": "Which?", "accepted": ["f1"], "patterns": list(patterns), **fields}
    )


@pytest.mark.parametrize("response", ["F-1 score", " f  1   SCORE", "f\u20101", "\uff26 1"])
def test_a_pattern_matches_what_is_left_without_quotes_spaces_and_case(response: str) -> None:
    assert with_patterns("f[ -]?1( score)?").grade(response).score == 1


@pytest.mark.parametrize("response", ["f1 scores", "an f1", "f", "\ud800", "f1\nscore", ""])
def test_a_pattern_has_to_match_all_of_it(response: str) -> None:
    assert with_patterns("f ?1-score").grade(response).score == 0


def test_case_matters_to_a_pattern_where_it_matters_to_the_question() -> None:
    asked = with_patterns("np[.]sum", case_sensitive=True)

    assert asked.grade("np.sum").score == 1
    assert asked.grade("NP.sum").score == 0


@pytest.mark.parametrize(
    "pattern", [r"(a)\1", "(?=a)b", "(?!a)b", "(?<=a)b", "(", "[a", "a{9999}", "(a{1000}){1000}"]
)
def test_a_pattern_that_re2_refuses_is_an_error_of_the_author(pattern: str) -> None:
    with pytest.raises(InvalidContentError, match="has neither backreferences nor lookarounds"):
        with_patterns(pattern)


def test_a_pattern_alone_is_not_enough() -> None:
    with pytest.raises(InvalidContentError, match="accepted"):
        ShortText.parse({"stem": "Which?", "patterns": ["a"]})


# Patterns that take backtracking matchers exponential or high polynomial time.
@pytest.mark.parametrize(
    "pattern",
    ["(a+)+$", "(a|a)*$", "(a|aa)+$", "([a-z]+)*$", "(.*a){20}$", "(a*)*b", "^(([a-z])+.)+[A-Z]$",
     "a*a*a*a*a*a*a*b", "(?:a?){50}a{50}"],
)  # fmt: skip
def test_no_pattern_takes_long(pattern: str) -> None:
    asked = with_patterns(pattern)
    asked.grade("a")  # compiled

    assert seconds(lambda: asked.grade("a" * 200 + "!")) < 0.01


def test_a_long_stored_text_is_matched_in_time_too() -> None:
    asked = with_patterns("(a+)+$")
    asked.grade("a")

    assert seconds(lambda: asked.grade("a" * 10_000 + "!")) < 0.01


def test_the_review_never_shows_a_pattern() -> None:
    asked = with_patterns("f ?one")

    rows = asked.review("f one", asked.render()).rows

    assert [(row.text, row.is_given, row.is_key) for row in rows] == [
        ("f one", True, True),
        ("f1", False, True),
    ]


def test_the_matcher_is_loaded_only_where_there_is_a_pattern() -> None:
    program = (
        "import sys, json; from quizapp.domain.question_types.short_text import ShortText;"
        "ShortText.parse({'stem': 'A', 'accepted': ['a']}).grade('b');"
        "print(json.dumps('re2' in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)

    assert json.loads(done.stdout) is False


@given(st.text(max_size=30))
def test_what_is_normal_stays_as_it_is(text: str) -> None:
    for asked in (QUESTION, CODE):
        once = asked.normal(text)
        assert asked.normal(once) == once


def test_every_character_is_normal_after_one_step() -> None:
    changed = [
        code
        for code in range(sys.maxunicode + 1)
        for once in [QUESTION.normal(f"a{chr(code)}b")]
        if QUESTION.normal(once) != once
    ]

    assert changed == []
