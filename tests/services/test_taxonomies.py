"""The taxonomy in force."""

from datetime import datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from quizapp.db import models
from quizapp.domain.errors import NotFoundError
from quizapp.domain.taxonomy import Taxonomy
from quizapp.services import taxonomies
from tests.factories import migrate, stored


def taxonomy_of(*names: str) -> Taxonomy:
    """One bank with one area with those skills."""
    skills: list[dict[str, Any]] = [
        {"id": f"ml.models.{name}", "name": name.title(), "level": "mid", "covers": name}
        for name in names
    ]
    area = {"id": "ml.models", "name": "Models", "skills": skills}
    role = {"id": "engineer", "name": "Engineer", "weights": {"ml": 1}}
    bank = {"id": "ml", "name": "ML", "areas": [area]}
    return Taxonomy.parse({"banks": [bank], "roles": [role]})


def editions(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(models.TaxonomyEdition)) or 0


def test_without_a_taxonomy_one_is_told_what_to_run(blank_app: Flask) -> None:
    migrate(blank_app)

    with stored(blank_app) as session, pytest.raises(NotFoundError, match="flask bank load"):
        taxonomies.current(session)


def test_the_last_taxonomy_loaded_is_in_force(session: Session, now: datetime) -> None:
    is_new = taxonomies.load(session, taxonomy_of("linear", "boosting"), now)

    assert is_new
    assert list(taxonomies.current(session).skills) == ["ml.models.linear", "ml.models.boosting"]


def test_loading_the_taxonomy_in_force_changes_nothing(session: Session, now: datetime) -> None:
    is_new = taxonomies.load(session, taxonomies.current(session), now)

    assert not is_new
    assert editions(session) == 1


def test_an_earlier_taxonomy_can_come_back(session: Session, now: datetime) -> None:
    first = taxonomies.current(session)
    taxonomies.load(session, taxonomy_of("linear"), now)

    is_new = taxonomies.load(session, first, now)

    assert is_new
    assert taxonomies.current(session) == first
    assert editions(session) == 2


def test_a_skill_that_is_gone_from_the_tree_stays_for_what_points_at_it(
    session: Session, now: datetime
) -> None:
    taxonomies.load(session, taxonomy_of("linear"), now)
    session.flush()

    assert session.get(models.Skill, "math.probability.bayes") is not None


def test_a_renamed_skill_has_its_new_name(session: Session, now: datetime) -> None:
    taxonomies.load(session, taxonomy_of("linear"), now)
    session.flush()

    assert session.get_one(models.Skill, "ml.models.linear").name == "Linear"
