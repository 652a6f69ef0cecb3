"""What learners say about skills themselves, as it is stored."""

from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from quizapp.db import models
from quizapp.domain.claims import Claim
from quizapp.services import skill_claims
from tests.factories import in_parallel, rows

SKILL = "math.probability.bayes"


def test_the_last_word_on_a_skill_counts(
    session: Session, alice: models.User, now: datetime
) -> None:
    skill_claims.say(session, alice.id, SKILL, "known", now)
    skill_claims.say(session, alice.id, SKILL, "not-now", now + timedelta(days=1))

    assert skill_claims.of(session, alice.id) == {SKILL: Claim("not-now", now + timedelta(days=1))}


def test_what_was_said_can_be_taken_back(
    session: Session, alice: models.User, charlie: models.User, now: datetime
) -> None:
    for user in (alice, charlie):
        skill_claims.say(session, user.id, SKILL, "known", now)

    skill_claims.withdraw(session, alice.id, SKILL)
    skill_claims.withdraw(session, alice.id, "math.statistics.tests")

    assert skill_claims.of(session, alice.id) == {}
    assert skill_claims.of(session, charlie.id) == {SKILL: Claim("known", now)}


def test_two_clicks_at_once_are_one_word(app: Flask, alice: models.User, now: datetime) -> None:
    def say(session: Session) -> Claim:
        return skill_claims.say(session, alice.id, SKILL, "known", now)

    assert in_parallel(app, [say, say]) == [Claim("known", now)] * 2
    assert len(rows(app, models.SkillClaim)) == 1


@pytest.mark.parametrize(
    "fields", [{"kind": "perhaps"}, {"skill_id": "unknown"}, {"user_id": 10_000}]
)
def test_the_database_refuses_what_is_no_word_of_anybody_on_a_skill(
    session: Session, alice: models.User, now: datetime, fields: dict[str, object]
) -> None:
    row = {"user_id": alice.id, "skill_id": SKILL, "kind": "known", "said_at": now}
    session.add(models.SkillClaim(**{**row, **fields}))

    with pytest.raises(IntegrityError):
        session.flush()
