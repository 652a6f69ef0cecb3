"""What the program believes about one learner, to take away."""

import json
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from quizapp.db import models
from quizapp.domain.mastery import NodeBelief
from quizapp.domain.outlook import Outlook
from quizapp.services import model_editions, model_export, skills, taxonomies
from tests.factories import make_bank, make_items, take_attempt


def times_read(row: dict[str, Any]) -> dict[str, Any]:
    """Fields that end so are times."""
    return {
        name: datetime.fromisoformat(value) if value and name.endswith("_at") else value
        for name, value in row.items()
    }


def test_the_beliefs_of_a_model_make_its_estimates_again(
    session: Session, alice: models.User, now: datetime
) -> None:
    take_attempt(session, alice, "math-whole", now, right=[1, 2, 3], wrong=[4])
    later = now + timedelta(days=20)

    found = json.loads(json.dumps(model_export.export(session, alice, later)))

    beliefs = {row.pop("node"): NodeBelief(**times_read(row)) for row in found["beliefs"]}
    model = skills.outlook(session, alice.id, later).model
    seen = Outlook(beliefs, datetime.fromisoformat(found["made_at"]), model)
    for skill in found["skills"]:
        assert skill["value"] == pytest.approx(seen.estimate(skill["id"]).value)


def test_a_model_says_its_version_and_what_it_is_for(
    session: Session, alice: models.User, now: datetime
) -> None:
    found = model_export.export(session, alice, now)

    assert (found["format"], found["version"], found["answers"]) == ("quizapp-skill-model", 1, 0)
    readiness = found["readiness"]
    assert (readiness["role"], readiness["level"]) == ("data-scientist", "mid")
    assert readiness["low"] < readiness["value"] < readiness["high"]
    assert [each["id"] for each in found["skills"]] == list(taxonomies.current(session).skills)
    assert found["beliefs"] == []


def test_nothing_of_others_is_in_it(
    session: Session, alice: models.User, charlie: models.User, now: datetime
) -> None:
    take_attempt(session, charlie, "ml", now, right=[1, 2])

    assert model_export.export(session, alice, now)["answers"] == 0
    assert skills.beliefs(session, charlie.id) != {}


def test_it_tells_what_made_the_beliefs_and_what_is_due(
    session: Session, alice: models.User, now: datetime
) -> None:
    make_bank(session, make_items(3, skills=["ml.models.trees"]))
    take_attempt(session, alice, "small", now, right=[1], wrong=[2])

    found = model_export.export(session, alice, now + timedelta(days=1))

    trees = next(each for each in found["skills"] if each["id"] == "ml.models.trees")
    assert (trees["memories"], trees["due"]) == (2, 1)
    assert found["model"] == model_editions.live(session).digest
