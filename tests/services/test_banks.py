"""Publishing items as revisions, and the pool that attempts draw from."""

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.db import models
from quizapp.domain.errors import ConflictError
from quizapp.domain.items import Item
from quizapp.services import banks, quizzes
from quizapp.services.banks import Published
from tests.factories import (
    in_parallel,
    make_bank,
    make_item,
    make_items,
    start_attempt,
    stored,
)


def counts(published: Published) -> tuple[int, int, int, int]:
    return (published.added, published.revised, published.retired, published.unchanged)


def revisions(session: Session, slug: str, bank: str = "small") -> list[tuple[int, bool]]:
    """Number of each revision of an item, and whether it is the current one."""
    rows = session.execute(
        select(models.ItemRevision.number, models.ItemRevision.is_current)
        .join(models.ItemRevision.item)
        .join(models.Item.bank)
        .where(models.Item.slug == slug, models.ItemBank.slug == bank)
        .order_by(models.ItemRevision.number)
    )
    return [(number, is_current) for number, is_current in rows]


def drawn_from(session: Session, user: models.User, bank: str = "small") -> list[str]:
    """Slugs of the items of a bank that may be drawn."""
    ids = [item.item_id for item in banks.pool(session, user.id) if item.bank == bank]
    return sorted(session.scalars(select(models.Item.slug).where(models.Item.id.in_(ids))))


# --- Items and revisions --------------------------------------------------------------------------


def test_a_new_bank_has_each_item_once(session: Session, alice: models.User) -> None:
    published = make_bank(session, make_items(3))

    assert counts(published) == (3, 0, 0, 0)
    assert drawn_from(session, alice) == ["item-1", "item-2", "item-3"]
    assert revisions(session, "item-1") == [(1, True)]


def test_publishing_the_same_again_changes_nothing(session: Session) -> None:
    make_bank(session, make_items(3))

    published = make_bank(session, make_items(3))

    assert not published.has_changed
    assert counts(published) == (0, 0, 0, 3)
    assert revisions(session, "item-1") == [(1, True)]


def test_a_changed_item_has_a_new_current_revision(session: Session) -> None:
    make_bank(session, make_items(2))

    published = make_bank(session, [make_item("item-1", stem="Reworded."), make_items(2)[1]])

    assert counts(published) == (0, 1, 0, 1)
    assert revisions(session, "item-1") == [(1, False), (2, True)]
    assert revisions(session, "item-2") == [(1, True)]


def test_going_back_to_earlier_content_brings_back_its_revision(session: Session) -> None:
    make_bank(session, [make_item("item-1")])
    make_bank(session, [make_item("item-1", stem="Reworded.")])

    published = make_bank(session, [make_item("item-1")])

    assert counts(published) == (0, 1, 0, 0)
    assert revisions(session, "item-1") == [(1, True), (2, False)]


def test_an_item_that_is_left_out_is_no_longer_drawn(session: Session, alice: models.User) -> None:
    make_bank(session, make_items(3))

    published = make_bank(session, make_items(2))

    assert counts(published) == (0, 0, 1, 2)
    assert drawn_from(session, alice) == ["item-1", "item-2"]


def test_leaving_it_out_again_withdraws_nothing_more(session: Session) -> None:
    make_bank(session, make_items(3))
    make_bank(session, make_items(2))

    assert not make_bank(session, make_items(2)).has_changed


def test_an_item_that_comes_back_is_drawn_again(session: Session, alice: models.User) -> None:
    make_bank(session, make_items(3))
    make_bank(session, make_items(2))

    published = make_bank(session, make_items(3))

    assert counts(published) == (0, 1, 0, 2)
    assert drawn_from(session, alice) == ["item-1", "item-2", "item-3"]
    assert revisions(session, "item-3") == [(1, True)]


def test_two_banks_may_use_the_same_id_for_their_items(session: Session) -> None:
    make_bank(session, make_items(1), slug="small")

    published = make_bank(session, make_items(1), slug="other")

    assert counts(published) == (1, 0, 0, 0)


def test_a_revision_knows_its_skills_in_the_order_of_the_author(session: Session) -> None:
    skills = ["ml.models.trees", "math.probability.bayes", "ml.models.trees"]
    make_bank(session, [make_item("item-1", skills=skills)])

    found = session.scalars(
        select(models.ItemSkill.skill_id)
        .join(models.ItemRevision, models.ItemRevision.id == models.ItemSkill.revision_id)
        .join(models.ItemRevision.item)
        .where(models.Item.slug == "item-1")
        .order_by(models.ItemSkill.position)
    )

    assert list(found) == skills[:2]


def test_a_stored_revision_is_the_item_that_was_published(session: Session) -> None:
    item = make_item("item-1", explanation="Because.", points=2.5)
    make_bank(session, [item])
    stored_content = session.scalars(
        select(models.ItemRevision.content).where(
            models.ItemRevision.content_hash == item.content_hash()
        )
    ).one()

    assert banks.parsed(item.content_hash(), stored_content) == item


# --- Owners ---------------------------------------------------------------------------------------


def test_the_bank_of_another_cannot_be_overwritten(
    session: Session, bob: models.User, charlie: models.User
) -> None:
    make_bank(session, make_items(2), owner_id=bob.id)

    with pytest.raises(ConflictError, match="`small` is taken"):
        make_bank(session, [], owner_id=charlie.id)


def test_our_own_banks_cannot_be_overwritten(session: Session, bob: models.User) -> None:
    with pytest.raises(ConflictError, match="`math` is taken"):
        make_bank(session, make_items(2), slug="math", owner_id=bob.id)


@pytest.mark.parametrize("is_known", [False, True])
def test_publishing_twice_at_once_is_publishing_once(
    app: Flask, bob: models.User, is_known: bool
) -> None:
    if is_known:
        with stored(app) as session:
            make_bank(session, [make_item("item-1", stem="Former.")], owner_id=bob.id)
    new: list[Item] = make_items(3)

    outcomes = in_parallel(
        app, [lambda session: make_bank(session, new, owner_id=bob.id).has_changed] * 4
    )

    assert sorted(map(str, outcomes)) == ["False", "False", "False", "True"]
    with stored(app) as session:
        assert len(revisions(session, "item-1")) == 1 + is_known


@pytest.mark.parametrize("slug", ["practice", "todays-set", "mock-interview", "math-screen"])
def test_a_set_whose_quiz_would_stand_at_a_taken_address_is_refused(
    session: Session, bob: models.User, slug: str
) -> None:
    with pytest.raises(ConflictError, match=f"another quiz at /quizzes/{slug}"):
        make_bank(session, make_items(1), slug=slug, owner_id=bob.id)


def test_two_quizzes_of_a_set_with_one_id_are_refused(session: Session) -> None:
    quick = {"id": "quick", "title": "Quick", "questions": 1}

    with pytest.raises(ConflictError, match="/quizzes/small-quick"):
        make_bank(session, make_items(1), quizzes=[quick, quick])


# --- Quizzes of a bank ----------------------------------------------------------------------------


def test_a_bank_without_quizzes_has_one_over_everything(session: Session) -> None:
    make_bank(session, make_items(30, seconds=60), slug="small")

    quiz = quizzes.find(session, "small")
    assert (quiz.title, quiz.kind) == ("Small", "ready-made")
    assert quiz.plan["sections"][0]["questions"] == 20
    assert quiz.plan["minutes"] == 20


def test_the_quizzes_of_a_bank_are_those_of_its_head(session: Session) -> None:
    quick = {"id": "quick", "title": "Quick", "questions": 2, "levels": ["mid"]}
    make_bank(session, make_items(3), quizzes=[quick])

    quiz = quizzes.find(session, "small-quick")

    assert quiz.plan["sections"][0]["bank"] == "small"
    assert quiz.plan["sections"][0]["levels"] == ["mid"]
    assert quiz.plan["minutes"] is None


def test_a_quiz_that_the_head_no_longer_names_is_withdrawn_until_it_does(
    session: Session,
) -> None:
    quick = {"id": "quick", "title": "Quick", "questions": 2}
    make_bank(session, make_items(3), quizzes=[quick])

    def on_offer() -> list[str]:
        return [quiz.slug for quiz in quizzes.ready_made(session) if quiz.slug.startswith("small")]

    make_bank(session, make_items(3))
    assert on_offer() == ["small"]
    make_bank(session, make_items(3), quizzes=[quick])
    assert on_offer() == ["small-quick"]


# --- The pool -------------------------------------------------------------------------------------


def test_the_pool_counts_how_often_this_learner_met_an_item(
    session: Session, alice: models.User, charlie: models.User
) -> None:
    make_bank(session, make_items(2))
    start_attempt(session, alice, "small")

    def times_seen(user: models.User) -> list[int]:
        pool = banks.pool(session, user.id)
        return [item.times_seen for item in pool if item.bank == "small"]

    assert times_seen(alice) == [1, 1]
    assert times_seen(charlie) == [0, 0]


def test_a_reworded_item_is_still_one_that_the_learner_met(
    session: Session, alice: models.User
) -> None:
    make_bank(session, [make_item("item-1")])
    start_attempt(session, alice, "small")
    make_bank(session, [make_item("item-1", stem="Reworded.")])

    pool = [item for item in banks.pool(session, alice.id) if item.bank == "small"]

    assert [item.times_seen for item in pool] == [1]
