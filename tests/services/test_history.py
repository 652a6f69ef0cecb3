"""A learner's past: filters, totals, practice days, exports."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from quizapp.db import models
from quizapp.services import attempts, clocks, history, quizzes
from quizapp.services.history import Filter
from tests.factories import MINUTE, grant, start_attempt, take_attempt

DAY = timedelta(days=1)


def days(*numbers: int) -> dict[date, int]:
    """A minute of practice on each of those days of November."""
    return {date(2026, 11, number): 60 for number in numbers}


# --- Attempts and filters -------------------------------------------------------------------------


def test_finished_attempts_are_listed_the_latest_first(
    session: Session, alice: models.User, charlie: models.User, now: datetime
) -> None:
    take_attempt(session, alice, "ml", now, right=[1, 2])
    take_attempt(session, alice, "coding", now + DAY)
    take_attempt(session, charlie, "ml", now)
    start_attempt(session, alice, "math-screen", now)

    found = history.attempts(session, alice.id, Filter())

    assert [each.title for each in found] == ["Coding", "ML fundamentals"]
    assert (found[1].percent, found[1].seconds_used, found[1].is_timed) == (67, 180, True)


def test_attempts_can_be_limited_to_a_quiz_and_a_time(
    session: Session, alice: models.User, now: datetime
) -> None:
    first = take_attempt(session, alice, "ml", now)
    second = take_attempt(session, alice, "ml", now + DAY)
    take_attempt(session, alice, "coding", now + DAY)
    quiz = quizzes.find(session, "ml")

    def listed(wanted: Filter) -> list[int]:
        return [each.id for each in history.attempts(session, alice.id, wanted)]

    assert listed(Filter(quiz_id=quiz.id)) == [second.id, first.id]
    assert listed(Filter(quiz_id=quiz.id, since=now + DAY)) == [second.id]


def test_a_page_holds_fifty_attempts(session: Session, alice: models.User, now: datetime) -> None:
    taken = [take_attempt(session, alice, "coding", now + n * DAY).id for n in range(52)]

    first = history.attempts(session, alice.id, Filter())
    second = history.attempts(session, alice.id, Filter(page=2))

    assert [each.id for each in (*first, *second)] == taken[::-1]
    assert len(second) == 2


def test_the_latest_attempts_are_the_first_of_the_list(
    session: Session, alice: models.User, now: datetime
) -> None:
    for n in range(3):
        take_attempt(session, alice, "coding", now + n * DAY)

    assert history.latest(session, alice.id, 2) == history.attempts(session, alice.id, Filter())[:2]


def test_quizzes_taken_are_those_finished_by_title(
    session: Session, alice: models.User, now: datetime
) -> None:
    for quiz in ("ml", "coding", "ml"):
        take_attempt(session, alice, quiz, now)
    start_attempt(session, alice, "math-screen")

    titles = [title for _, title in history.quizzes_taken(session, alice.id)]

    assert titles == ["Coding", "ML fundamentals"]


# --- Totals ---------------------------------------------------------------------------------------


def test_totals_count_attempts_answers_points_and_time(
    session: Session, alice: models.User, now: datetime
) -> None:
    take_attempt(session, alice, "ml", now, right=[1], wrong=[2])
    take_attempt(session, alice, "coding", now + DAY, right=[1, 2])

    totals = history.totals(session, alice.id, Filter())

    assert (totals.attempts, totals.questions) == (2, 4)
    assert (totals.points, totals.max_points, totals.percent) == (3.0, 5.0, 60)
    assert totals.seconds == 2 * 3 * 60


def test_totals_are_those_of_the_filter(
    session: Session, alice: models.User, now: datetime
) -> None:
    take_attempt(session, alice, "ml", now, right=[1], wrong=[2])
    take_attempt(session, alice, "coding", now + DAY, right=[1])
    coding = Filter(quiz_id=quizzes.find(session, "coding").id)

    totals = history.totals(session, alice.id, coding)

    assert (totals.attempts, totals.questions, totals.points) == (1, 1, 1.0)
    assert totals.seconds == 2 * 60


def test_a_pause_is_no_time_of_practice(
    session: Session, alice: models.User, now: datetime
) -> None:
    grant(session, alice, pause_minutes=9)
    attempt = start_attempt(session, alice, now=now)
    clocks.pause(session, alice.id, attempt.id, now + MINUTE)
    clocks.resume(session, alice.id, attempt.id, now + 4 * MINUTE)
    attempts.close(session, attempt.id, now + 6 * MINUTE)

    assert history.totals(session, alice.id, Filter()).seconds == 3 * 60


def test_totals_of_nothing_are_zero(session: Session, alice: models.User) -> None:
    totals = history.totals(session, alice.id, Filter())

    assert (totals.attempts, totals.questions, totals.points, totals.seconds) == (0, 0, 0.0, 0)
    assert totals.percent == 0


# --- Practice days --------------------------------------------------------------------------------


def test_time_is_counted_on_the_day_on_which_an_attempt_ended(
    session: Session, alice: models.User
) -> None:
    before_midnight = datetime(2026, 11, 4, 23, 59, tzinfo=UTC)
    take_attempt(session, alice, "ml", before_midnight, right=[1])
    take_attempt(session, alice, "coding", before_midnight + DAY / 2)

    seconds = history.seconds_by_day(session, alice.id, None)

    assert seconds == {date(2026, 11, 5): 120 + 60}


@pytest.mark.parametrize(
    ("practised", "today", "length"),
    [
        ((), 4, 0),
        ((4,), 4, 1),
        ((3,), 4, 1),
        ((2,), 4, 0),
        ((2, 3), 4, 2),
        ((1, 2, 3, 4), 4, 4),
        ((1, 2, 4), 4, 1),
    ],
)
def test_a_streak_lasts_until_a_whole_day_is_missed(
    practised: tuple[int, ...], today: int, length: int
) -> None:
    assert history.streak(days(*practised), date(2026, 11, today)) == length


@pytest.mark.parametrize(
    ("practised", "length"), [((), 0), ((7,), 1), ((1, 2, 3, 9, 10), 3), ((1, 3, 5), 1)]
)
def test_the_longest_streak_may_be_long_ago(practised: tuple[int, ...], length: int) -> None:
    assert history.longest_streak(days(*practised)) == length
