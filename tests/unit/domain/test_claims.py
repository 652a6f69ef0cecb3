"""What learners say about a skill themselves, and for how long it holds."""

from datetime import UTC, datetime, timedelta

import pytest

from quizapp.domain.claims import Claim, ClaimKind
from quizapp.domain.skill_standing import PastAnswer

SAID_AT = datetime(2026, 3, 20, 12, 0, tzinfo=UTC)
DAY = timedelta(days=1)


def answer(score: float, at: datetime) -> PastAnswer:
    return PastAnswer(score, at, 60.0, 90.0, 1, 1)


@pytest.mark.parametrize(("kind", "days"), [("not-now", 3), ("known", 30)])
def test_a_word_holds_for_a_while(kind: ClaimKind, days: int) -> None:
    claim = Claim(kind, SAID_AT)

    assert claim.holds((), SAID_AT)
    assert claim.holds((), SAID_AT + days * DAY - timedelta(seconds=1))
    assert not claim.holds((), SAID_AT + days * DAY)


def test_an_answer_missed_later_contradicts_what_was_said_to_be_known() -> None:
    missed = answer(0.0, SAID_AT + DAY)

    assert not Claim("known", SAID_AT).holds((missed,), SAID_AT + DAY)


def test_an_answer_missed_before_says_nothing_against_it() -> None:
    before, right = answer(0.0, SAID_AT - DAY), answer(1.0, SAID_AT + DAY)

    assert Claim("known", SAID_AT).holds((right, before), SAID_AT + DAY)


def test_not_now_holds_whatever_is_answered() -> None:
    missed = answer(0.0, SAID_AT + DAY)

    assert Claim("not-now", SAID_AT).holds((missed,), SAID_AT + DAY)
