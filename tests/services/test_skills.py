"""What is believed about a learner's skills, as it is stored."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from quizapp.db import models
from quizapp.domain import mastery
from quizapp.domain.mastery import NodeBelief, Observation
from quizapp.services import attempts, grading, model_editions, skills, taxonomies
from tests.factories import MINUTE, answer, start_attempt, take_attempt

WEEK = timedelta(weeks=1)


def observations_of(session: Session, attempt: models.Attempt) -> tuple[Observation, ...]:
    return grading.grade(session, attempt.id).observations


def folded(session: Session, observations: list[Observation]) -> dict[str, NodeBelief]:
    model = model_editions.live(session).numbers
    beliefs: dict[str, NodeBelief] = {}
    for observation in observations:
        beliefs |= mastery.update(beliefs, observation, model)
    return beliefs


def test_stored_beliefs_are_what_the_model_makes_of_all_answers(
    session: Session, alice: models.User, now: datetime
) -> None:
    taken = [
        take_attempt(session, alice, "math-whole", now, right=[1, 2, 3], wrong=[4, 6]),
        take_attempt(session, alice, "ml", now + WEEK, right=[1], wrong=[2]),
    ]
    seen = [each for attempt in taken for each in observations_of(session, attempt)]

    expected = folded(session, seen)

    session.expire_all()
    assert len(seen) == 7
    assert skills.beliefs(session, alice.id) == expected


def test_answers_of_one_learner_say_nothing_about_another(
    session: Session, alice: models.User, charlie: models.User
) -> None:
    take_attempt(session, alice, right=[1])

    assert skills.beliefs(session, charlie.id) == {}


def test_readiness_is_noted_as_it_was_when_the_attempt_ended(
    session: Session, alice: models.User
) -> None:
    attempt = take_attempt(session, alice, right=[1, 2], wrong=[3])

    record = session.get_one(models.ReadinessRecord, attempt.id)
    assert attempt.finished_at is not None
    seen = skills.outlook(session, alice.id, attempt.finished_at)
    expected = skills.readiness(
        taxonomies.current(session), seen, alice.target_role, attempt.finished_at
    )
    assert record.recorded_at == attempt.finished_at
    assert (record.low, record.value, record.high) == pytest.approx(
        (expected.low, expected.value, expected.high)
    )


def test_an_attempt_without_answers_notes_no_readiness(
    session: Session, alice: models.User
) -> None:
    take_attempt(session, alice)

    assert session.scalar(select(func.count()).select_from(models.ReadinessRecord)) == 0


def test_readiness_weighs_only_what_the_role_is_asked(
    session: Session, alice: models.User, now: datetime
) -> None:
    take_attempt(session, alice, "math-whole", right=range(1, 7))
    taxonomy, seen = taxonomies.current(session), skills.outlook(session, alice.id, now)

    scientist = skills.readiness(taxonomy, seen, "data-scientist", now)
    engineer = skills.readiness(taxonomy, seen, "machine-learning-engineer", now)

    assert scientist.value > engineer.value
    assert engineer.answers == 0


def test_every_skill_of_the_tree_has_an_estimate(
    session: Session, alice: models.User, now: datetime
) -> None:
    take_attempt(session, alice, "ml", right=[1, 2, 3])
    taxonomy = taxonomies.current(session)

    areas = skills.areas(taxonomy, skills.outlook(session, alice.id, now))

    found = [each.skill.id for area in areas for each in area.skills]
    assert found == list(taxonomy.skills)
    assert [area.area.id for area in areas if area.is_tried] == ["ml.models"]


def test_the_trend_can_begin_at_a_time(session: Session, alice: models.User, now: datetime) -> None:
    for weeks in (0, 1, 2):
        take_attempt(session, alice, now=now + weeks * WEEK, right=[1])

    assert len(skills.readiness_trend(session, alice.id, since=now + WEEK)) == 2


def test_the_trend_leads_from_the_oldest_to_the_latest(
    session: Session, alice: models.User, now: datetime
) -> None:
    for weeks in (2, 0, 1):
        attempt = start_attempt(session, alice, now=now + weeks * WEEK)
        answer(session, attempt, 1, now + weeks * WEEK + MINUTE)
        attempts.close(session, attempt.id, now + weeks * WEEK + MINUTE)

    trend = skills.readiness_trend(session, alice.id)

    assert [record.recorded_at for record in trend] == [now + n * WEEK + MINUTE for n in range(3)]
