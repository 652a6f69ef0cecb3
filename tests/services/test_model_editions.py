"""Parameters of the skill model: which is live, and which made what is believed of a learner."""

from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from quizapp.db import models
from quizapp.domain.errors import ConflictError, NotFoundError
from quizapp.domain.skill_parameters import COLD, ItemParameters, SkillParameters
from quizapp.domain.taxonomy import Taxonomy
from quizapp.services import believing, model_editions, rebuilding, taxonomies
from quizapp.services.model_editions import Trial, built_in, live
from tests.conftest import CountQueries
from tests.factories import MINUTE, NOW, publish_model, take_attempt


def fitted(difficulty: float = 1.0) -> SkillParameters:
    """Parameters that a fit may have found."""
    return SkillParameters(items={"1": ItemParameters(difficulty, 0.2)})


def publish(session: Session, parameters: SkillParameters | None = None) -> int:
    return publish_model(session, parameters or fitted())


def digests(session: Session) -> set[str | None]:
    """Those of all stored beliefs."""
    return set(session.scalars(select(models.SkillBelief.model_digest)))


def test_without_an_edition_the_built_in_parameters_are_live(session: Session) -> None:
    assert live(session) == built_in(session)
    assert built_in(session).numbers.parameters == COLD


def test_what_is_published_is_live_and_what_was_is_kept(session: Session) -> None:
    first = publish(session)
    second = publish(session, fitted(2.0))

    assert live(session).numbers.parameters == fitted(2.0)
    assert [(each.id, each.is_live) for each in model_editions.editions(session)] == [
        (second, True),
        (first, False),
    ]


def test_what_has_not_won_is_not_published(session: Session) -> None:
    lost = Trial(9, 2, "everything", champion_loss=0.5, challenger_loss=0.5)

    with pytest.raises(ConflictError):
        model_editions.publish(session, fitted(), lost, NOW)

    assert live(session) == built_in(session)


def test_an_old_edition_can_be_restored_and_so_can_what_is_built_in(session: Session) -> None:
    first = publish(session)
    publish(session, fitted(2.0))

    model_editions.restore(session, first)
    assert live(session).numbers.parameters == fitted()

    model_editions.restore_built_in(session)
    assert live(session) == built_in(session)


def test_the_same_parameters_found_again_are_the_same_edition(session: Session) -> None:
    first = publish(session)
    publish(session, fitted(2.0))

    assert publish(session) == first
    assert live(session).numbers.parameters == fitted()


def test_an_edition_that_is_not_there_cannot_be_restored(session: Session) -> None:
    with pytest.raises(NotFoundError, match="no edition 7"):
        model_editions.restore(session, 7)


def test_parameters_of_another_format_neither_go_live_nor_stay_so(session: Session) -> None:
    edition = publish(session)
    forgotten: dict[str, Any] = {"format": 99}
    session.execute(update(models.SkillModelEdition).values(parameters=forgotten))
    model_editions._by_source.clear()
    session.expire_all()

    assert live(session) == built_in(session)
    with pytest.raises(ConflictError, match="cannot be live"):
        model_editions.restore(session, edition)


def test_beliefs_stay_of_the_model_that_made_them_until_they_are_made_anew(
    session: Session, alice: models.User
) -> None:
    take_attempt(session, alice, right=[1])
    publish(session)

    take_attempt(session, alice, "ml", NOW + MINUTE, right=[1])
    assert believing.of_learner(session, alice.id).model == built_in(session)
    assert digests(session) == {built_in(session).digest}

    rebuilding.rebuild_held(session, alice.id)
    assert believing.of_learner(session, alice.id).model == live(session)
    assert digests(session) == {live(session).digest}


def test_beliefs_about_somebody_new_are_of_the_live_model(
    session: Session, alice: models.User
) -> None:
    publish(session)

    take_attempt(session, alice, right=[1])

    assert digests(session) == {live(session).digest}


@pytest.mark.parametrize("digest", [None, "b" * 16])
def test_beliefs_of_a_model_that_nobody_knows_keep_its_digest(
    session: Session, alice: models.User, digest: str | None
) -> None:
    take_attempt(session, alice, right=[1])
    session.execute(update(models.SkillBelief).values(model_digest=digest))

    take_attempt(session, alice, "ml", NOW + MINUTE, right=[1])

    assert believing.of_learner(session, alice.id).model == (digest, live(session).numbers)
    assert digests(session) == {digest}


def test_the_model_of_a_learner_costs_no_query_of_its_own(
    session: Session, alice: models.User, count_queries: CountQueries
) -> None:
    publish(session)
    take_attempt(session, alice, right=[1])

    model = live(session)
    with count_queries() as queries:
        assert believing.of_learner(session, alice.id).model == model

    assert len(queries) == 1


def test_a_taxonomy_with_other_prerequisites_is_another_model(
    session: Session, alice: models.User
) -> None:
    take_attempt(session, alice, right=[1])
    before = live(session)
    document = taxonomies.current(session).export()
    for bank in document["banks"]:
        for area in bank["areas"]:
            for skill in area["skills"]:
                skill.pop("requires", None)

    taxonomies.load(session, Taxonomy.parse(document), NOW)

    assert before.numbers.requires
    assert live(session).numbers.requires == {}
    assert live(session).digest != before.digest
