"""A learner's plan, from their own answers."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from quizapp.db import models
from quizapp.services import plan_pages, plans, quizzes, skills, study_settings
from quizapp.services.plan_pages import PlanPage
from tests.factories import make_bank, make_items, publish_model, start_attempt, take_attempt

DAY = timedelta(days=1)


def prepare(
    session: Session, user: models.User, interview_on: date | None, rest: tuple[int, ...] = ()
) -> None:
    """The person has ten minutes a day until then, and there is enough to do."""
    study_settings.store(session, user.id, interview_on, 10, rest)
    for number, skill in enumerate(("math.probability.bayes", "ml.models.trees")):
        make_bank(session, make_items(20, skills=[skill], seconds=60), slug=f"more-{number}")


def page_of(session: Session, user: models.User, now: datetime) -> PlanPage:
    return plan_pages.page(session, session.get_one(models.User, user.id), now)


def test_the_plan_leads_to_the_interview(
    session: Session, alice: models.User, now: datetime
) -> None:
    prepare(session, alice, (now + 9 * DAY).date(), rest=(6,))

    found = page_of(session, alice, now)

    planned = [day.planned for week in found.weeks for day in week if day.planned]
    assert [day.kind for day in planned][-2:] == ["light", "interview"]
    assert [day.kind for day in planned if day.on.weekday() == 6] == ["rest"]
    assert (found.days_left, found.todays_set.minutes) == (9, 10)


def test_todays_set_is_what_the_plan_holds_for_today(
    session: Session, alice: models.User, now: datetime
) -> None:
    prepare(session, alice, (now + 9 * DAY).date())
    known = plans.basis(session, session.get_one(models.User, alice.id), now)

    attempt = start_attempt(session, alice, quizzes.TODAY, now)

    asked = {response.item_revision.item_id for response in attempt.responses}
    assert asked == set(plans.plan(known).days[0].items)
    assert len(asked) > 5


def test_what_was_done_today_leaves_less_of_it(
    session: Session, alice: models.User, now: datetime
) -> None:
    prepare(session, alice, (now + 9 * DAY).date())
    take_attempt(session, alice, "more-0", now, right=range(1, 4))
    user = session.get_one(models.User, alice.id)

    (today, *_) = plans.plan(plans.basis(session, user, now + timedelta(hours=1))).days

    assert today.seconds <= 10 * 60 - 4 * 60


@pytest.mark.parametrize("rest", [(), (2,)])
def test_whoever_comes_on_the_day_itself_or_a_day_of_rest_may_practise(
    session: Session, alice: models.User, now: datetime, rest: tuple[int, ...]
) -> None:
    prepare(session, alice, now.date() if not rest else (now + 9 * DAY).date(), rest)

    plan = plans.todays_plan(session, alice.id, now)

    assert plan.questions > 0


def test_without_anything_to_plan_some_questions_of_any_kind_are_asked(
    session: Session, alice: models.User, now: datetime
) -> None:
    study_settings.store(session, alice.id, (now + DAY).date(), 10, ())

    plan = plans.todays_plan(session, alice.id, now)

    assert [(each.questions, each.items) for each in plan.sections] == [(5, ())]


def test_what_comes_without_practice_is_foreseen_by_the_live_model(
    session: Session, alice: models.User, now: datetime
) -> None:
    publish_model(session)
    take_attempt(session, alice, "math-whole", now, right=[1, 2])
    user = session.get_one(models.User, alice.id)
    known = plans.basis(session, user, now)
    then = plans.midnight(known.ends_on)

    expected = skills.outlook(session, alice.id, then)

    foreseen = plans.outlook(known, known.ends_on)
    assert foreseen.estimate("ml.models.trees") == expected.estimate("ml.models.trees")


def test_with_the_plan_more_is_ready_than_without(
    session: Session, alice: models.User, now: datetime
) -> None:
    prepare(session, alice, (now + 20 * DAY).date())

    found = page_of(session, alice, now)

    assert found.with_plan.value > found.without.value
    assert found.with_plan.low < found.with_plan.value < found.with_plan.high


def test_a_missed_day_is_named_with_what_it_costs(
    session: Session, alice: models.User, now: datetime
) -> None:
    prepare(session, alice, (now + 9 * DAY).date())
    take_attempt(session, alice, "more-0", now - 3 * DAY, right=[1])

    assert (page_of(session, alice, now).missed or 0.0) > 0.0


@pytest.mark.parametrize(("practised_days_ago", "rest"), [((3, 1), ()), ((3,), (1,)), ((), ())])
def test_practice_rest_or_a_beginning_is_no_missed_day(
    session: Session,
    alice: models.User,
    now: datetime,
    practised_days_ago: tuple[int, ...],
    rest: tuple[int, ...],
) -> None:
    prepare(session, alice, (now + 9 * DAY).date(), rest)
    for days in practised_days_ago:
        take_attempt(session, alice, "more-0", now - days * DAY, right=[1])

    assert page_of(session, alice, now).missed is None


def test_past_days_show_their_minutes(session: Session, alice: models.User, now: datetime) -> None:
    prepare(session, alice, (now + 9 * DAY).date())
    take_attempt(session, alice, "more-0", now - 2 * DAY, right=[1])

    days = {day.on: day for week in page_of(session, alice, now).weeks for day in week}

    assert days[(now - 2 * DAY).date()].seconds_done == 120
    assert days[now.date()].is_today


def test_what_instructors_publish_is_not_planned(
    session: Session, alice: models.User, bob: models.User, now: datetime
) -> None:
    made = make_bank(session, make_items(3, skills=["ml.models.linear"]), owner_id=bob.id)
    user = session.get_one(models.User, alice.id)

    found = plans.plan(plans.basis(session, user, now))

    of_bob = session.scalars(select(models.Item.id).where(models.Item.bank_id == made.bank.id))
    assert not {item for day in found.days for item in day.items} & set(of_bob)


# --- Settings and the calendar's token ------------------------------------------------------------


def test_settings_are_stored_and_stored_again(session: Session, alice: models.User) -> None:
    study_settings.store(session, alice.id, date(2026, 12, 1), 45, (0, 6))
    study_settings.store(session, alice.id, None, 30, (6,))

    found = study_settings.find(session, alice.id)
    assert (found.minutes, found.rest_weekdays, found.has_calendar) == (30, frozenset({6}), False)
    assert session.get_one(models.User, alice.id).interview_on is None


def test_a_new_link_ends_the_one_before(session: Session, alice: models.User) -> None:
    old = study_settings.make_calendar_token(session, alice.id)
    new = study_settings.make_calendar_token(session, alice.id)

    assert study_settings.whose_calendar(session, old) is None
    assert study_settings.whose_calendar(session, new) == session.get_one(models.User, alice.id)
    hashed = session.scalars(select(models.StudySettings.calendar_token_hash)).one()
    assert hashed not in (old, new)


def test_a_link_can_be_ended_and_settings_stay(session: Session, alice: models.User) -> None:
    study_settings.store(session, alice.id, None, 45, ())
    token = study_settings.make_calendar_token(session, alice.id)

    study_settings.end_calendar(session, alice.id)

    assert study_settings.whose_calendar(session, token) is None
    assert study_settings.find(session, alice.id).minutes == 45
    assert session.scalar(select(func.count()).select_from(models.StudySettings)) == 1


def test_who_is_locked_out_shows_no_calendar(session: Session, alice: models.User) -> None:
    token = study_settings.make_calendar_token(session, alice.id)

    session.get_one(models.User, alice.id).is_enabled = False
    session.flush()

    assert study_settings.whose_calendar(session, token) is None
