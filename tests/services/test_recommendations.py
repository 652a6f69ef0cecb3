"""What to revisit next, from the learner's own answers."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from quizapp.db import models
from quizapp.domain.recommendation import Recommendation
from quizapp.services import attempts, pools, recommendations, skills, taxonomies
from tests.factories import (
    MINUTE,
    answer,
    make_bank,
    make_items,
    position_of,
    start_attempt,
    take_attempt,
)


def revisit(session: Session, user: models.User, now: datetime) -> tuple[Recommendation, ...]:
    seen = skills.outlook(session, user.id, now)
    taxonomy, pool = taxonomies.current(session), pools.items(session)
    return recommendations.revisit(session, taxonomy, seen, pool, user, now)


def test_whoever_is_new_is_led_to_what_is_asked_most(
    session: Session, alice: models.User, now: datetime
) -> None:
    found = revisit(session, alice, now)

    assert len(found) == 4
    assert {each.kind for each in found} == {"new"}
    assert found[0].skill == "math.probability.bayes"
    assert found[0].reason.startswith("Not tried yet, and asked in most data scientist interviews")


def test_a_missed_skill_is_named_with_its_misses(
    session: Session, alice: models.User, now: datetime
) -> None:
    attempt = start_attempt(session, alice, "ml")
    for slug in ("forests-average", "leaf-purity"):
        position = position_of(session, attempt, slug)
        answer(session, attempt, position, now + MINUTE, is_right=False)
    attempts.close(session, attempt.id, now + 2 * MINUTE)

    reasons = {each.skill: each.reason for each in revisit(session, alice, now + timedelta(days=1))}

    assert reasons["ml.models.trees"] == "Missed 2 of 2, most recently yesterday."


def test_a_skill_without_items_is_not_recommended(
    session: Session, alice: models.User, now: datetime
) -> None:
    make_bank(session, [], slug="ml")
    make_bank(session, [], slug="coding")

    assert {each.skill.partition(".")[0] for each in revisit(session, alice, now)} == {"math"}


def test_an_open_attempt_is_not_evidence_yet(
    session: Session, alice: models.User, now: datetime
) -> None:
    attempt = start_attempt(session, alice)
    answer(session, attempt, 1, is_right=False)

    assert {each.kind for each in revisit(session, alice, now)} == {"new"}


def test_answers_of_another_do_not_count(
    session: Session, alice: models.User, charlie: models.User, now: datetime
) -> None:
    take_attempt(session, charlie, "math-whole", wrong=range(1, 7))

    assert {each.kind for each in revisit(session, alice, now)} == {"new"}


def test_what_instructors_publish_is_not_recommended(
    session: Session, alice: models.User, bob: models.User, now: datetime
) -> None:
    before = revisit(session, alice, now)

    make_bank(session, make_items(9, skills=["ml.models.linear"]), owner_id=bob.id)

    assert revisit(session, alice, now) == before
