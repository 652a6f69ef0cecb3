"""The overview that greets a learner."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from quizapp.db import models
from quizapp.services import accounts, study_settings
from quizapp.services.overview import Overview, overview, weekly
from quizapp.services.skills import Readiness
from tests.factories import start_attempt, take_attempt

DAY = timedelta(days=1)
WEEK = timedelta(weeks=1)


def seen_by(session: Session, user: models.User, now: datetime) -> Overview:
    return overview(session, session.get_one(models.User, user.id), now)


def record(at: datetime, value: float) -> Readiness:
    return Readiness(at, value, value - 0.1, value + 0.1)


def test_whoever_is_new_has_no_answers_and_a_reason_to_begin(
    session: Session, alice: models.User, now: datetime
) -> None:
    found = seen_by(session, alice, now)

    assert not found.has_answers
    assert (found.role_name, found.days_left, found.streak) == ("Data scientist", None, 0)
    assert len(found.revisit) == 4
    assert (found.open_attempts, found.latest, found.trend) == ([], [], ())


def test_the_overview_sums_up_what_was_done(
    session: Session, alice: models.User, now: datetime
) -> None:
    for days_ago in (9, 1, 0):
        take_attempt(session, alice, "ml", now - days_ago * DAY, right=[1, 2])
    running = start_attempt(session, alice, "coding", now)

    found = seen_by(session, alice, now)

    assert (found.answers, found.streak) == (6, 2)
    assert found.open_attempts == [running]
    assert [each.title for each in found.latest] == ["ML fundamentals"] * 3
    assert len(found.trend) == 2


def test_the_week_shows_monday_to_sunday(
    session: Session, alice: models.User, now: datetime
) -> None:
    take_attempt(session, alice, "ml", now - DAY)

    week = seen_by(session, alice, now).week

    assert week[0].on == date(2026, 11, 2)
    assert [day.is_practised for day in week] == [False, True, *[False] * 5]
    assert [day.is_today for day in week] == [False, False, True, *[False] * 4]


def test_the_days_to_the_interview_are_counted(
    session: Session, alice: models.User, now: datetime
) -> None:
    accounts.set_goal(session, alice.id, "Alice", "machine-learning-engineer")
    study_settings.store(session, alice.id, date(2026, 11, 16), 20, ())

    found = seen_by(session, alice, now)

    assert (found.role_name, found.days_left) == ("Machine learning engineer", 12)


def test_readiness_is_the_last_of_each_week(now: datetime) -> None:
    records = [record(now - WEEK, 0.3), record(now - WEEK + DAY, 0.4), record(now, 0.5)]

    points = weekly(records, now)

    assert [(point.week_of, point.value) for point in points] == [
        (date(2026, 10, 26), 0.4),
        (date(2026, 11, 2), 0.5),
    ]


@pytest.mark.parametrize(("weeks", "count"), [(None, 21), (8, 8), (2, 2)])
def test_readiness_is_shown_for_so_many_weeks_this_one_included(
    now: datetime, weeks: int | None, count: int
) -> None:
    records = [record(now - n * WEEK, 0.5) for n in range(20, -1, -1)]

    assert len(weekly(records, now, weeks)) == count


def test_the_rounds_make_up_the_readiness(
    session: Session, alice: models.User, now: datetime
) -> None:
    take_attempt(session, alice, "math-whole", now, right=[1, 2, 3], wrong=[4])

    found = seen_by(session, alice, now)

    assert [each.bank_id for each in found.rounds] == ["math", "ml", "coding"]
    parts = [each.share * each.estimate.value for each in found.rounds]
    assert sum(parts) == pytest.approx(found.readiness.value)
