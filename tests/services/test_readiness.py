"""How ready a learner is for an interview of their choice."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from quizapp.db import models
from quizapp.services import overview, readiness, round_trends
from quizapp.services.readiness import ReadinessPage
from tests.factories import publish_model, take_attempt

WEEK = timedelta(weeks=1)


def page(
    session: Session,
    user: models.User,
    now: datetime,
    role: str | None = None,
    level: str | None = None,
) -> ReadinessPage:
    return readiness.page(session, session.get_one(models.User, user.id), role, level, now)


def test_the_overview_and_the_page_tell_the_same_readiness(
    session: Session, alice: models.User, now: datetime
) -> None:
    take_attempt(session, alice, "math-whole", now, right=[1, 2, 3], wrong=[4])
    later = now + timedelta(days=9)

    found = page(session, alice, later)

    user = session.get_one(models.User, alice.id)
    assert found.estimate == overview.overview(session, user, later).readiness
    assert (found.role.id, found.level) == ("data-scientist", "mid")


def test_the_last_record_is_what_the_page_tells_right_after(
    session: Session, alice: models.User, now: datetime
) -> None:
    attempt = take_attempt(session, alice, "math-whole", now, right=[1, 2, 3], wrong=[4])
    assert attempt.finished_at is not None

    found = page(session, alice, attempt.finished_at).estimate

    record = session.get_one(models.ReadinessRecord, attempt.id)
    assert found is not None
    assert (record.low, record.value, record.high) == pytest.approx(
        (found.low, found.value, found.high)
    )


def test_the_trend_is_shown_for_what_is_noted_alone(
    session: Session, alice: models.User, now: datetime
) -> None:
    take_attempt(session, alice, right=[1], now=now)

    assert len(page(session, alice, now).trend) == 1
    assert not page(session, alice, now, level="senior").has_trend
    assert not page(session, alice, now, role="machine-learning-engineer").has_trend


@pytest.mark.parametrize(("role", "level"), [("nobody", "boss"), (None, None), ("", "")])
def test_what_is_unknown_is_as_usual(
    session: Session, alice: models.User, now: datetime, role: str | None, level: str | None
) -> None:
    found = page(session, alice, now, role, level)

    assert (found.role.id, found.level) == ("data-scientist", "mid")


def test_what_raises_it_has_questions_to_practise(
    session: Session, alice: models.User, now: datetime
) -> None:
    found = page(session, alice, now)

    assert 1 <= len(found.raises) <= readiness.MOST_RAISES
    assert {each.skill.id for each in found.raises} <= found.practised


@pytest.mark.parametrize("is_fitted", [False, True])
def test_the_last_week_of_each_round_is_what_it_is_right_after(
    session: Session, alice: models.User, now: datetime, is_fitted: bool
) -> None:
    if is_fitted:
        publish_model(session)
    for weeks in (0, 1, 3):
        taken = take_attempt(session, alice, "math-whole", now + weeks * WEEK, right=[1, 2])
    assert taken.finished_at is not None
    user = session.get_one(models.User, alice.id)

    found = round_trends.page(session, user, None, "senior")

    told = page(session, alice, taken.finished_at, level="senior").rounds
    assert [each.name for each in found.rounds] == [each.name for each in told]
    assert [len(each.weeks) for each in found.rounds] == [3] * len(told)
    last = [each.weeks[-1].value for each in found.rounds]
    assert last == pytest.approx([each.estimate.value for each in told])
