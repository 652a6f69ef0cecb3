"""Publishing items as revisions, and the pool that attempts draw from."""

from datetime import datetime
from random import Random

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.db import models
from quizapp.domain.assembly import PlanSection, QuizPlan
from quizapp.domain.errors import ConflictError
from quizapp.domain.items import Item
from quizapp.domain.reading import SetHeader
from quizapp.services import banks, pools, question_files, quizzes, taxonomies
from quizapp.services.banks import Published
from tests.conftest import CountQueries
from tests.factories import (
    NOW,
    SMALL_QUESTIONS,
    in_parallel,
    make_bank,
    make_item,
    make_items,
    migrate,
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
    ids = [item.item_id for item in pools.pool(session, user.id, NOW) if item.bank == bank]
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


def test_an_item_may_use_the_former_id_of_a_skill(blank_app: Flask, now: datetime) -> None:
    migrate(blank_app)
    with stored(blank_app) as session:
        question_files.load(session, SMALL_QUESTIONS, now)

        make_bank(session, [make_item(skills=["math.probability.conditional"])])
        again = make_bank(session, [make_item()])

    assert not again.has_changed


def test_many_items_are_published_with_as_many_statements_as_few(
    app: Flask, count_queries: CountQueries
) -> None:
    counts = []
    for count, stem in ((2, "First?"), (100, "First?"), (2, "Reworded?"), (100, "Reworded?")):
        with count_queries() as statements, stored(app) as session:
            make_bank(session, make_items(count, stem=stem), slug=f"bank-{count}")
        counts.append(len(statements))

    assert counts[0] == counts[1]
    assert counts[2] == counts[3]


def test_comparing_changes_nothing_and_says_what_publishing_does(
    session: Session, bob: models.User
) -> None:
    make_bank(session, make_items(4), owner_id=bob.id)
    header = SetHeader(id="small", title="Other")
    changed = [make_item("item-1", stem="Reworded."), *make_items(3)[1:], make_item("new")]

    found = banks.compare(session, taxonomies.current(session), header, changed, bob.id)

    assert str(found.changes) == "1 new, 1 revised, 1 withdrawn, 2 unchanged"
    assert found.bank is not None
    assert found.bank.title == "Small"
    published = banks.publish(session, header, changed, bob.id, NOW)
    assert str(published) == str(found.changes)


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


def test_practice_draws_nothing_that_an_instructor_published(
    session: Session, alice: models.User, bob: models.User, now: datetime
) -> None:
    make_bank(session, make_items(30), owner_id=bob.id)
    plan = QuizPlan(sections=(PlanSection(questions=50),))

    attempt = quizzes.practise(session, alice.id, plan, "Practice", now, Random(1))

    assert len(attempt.responses) == 13
    assert {each.item_revision.item.bank.owner_id for each in attempt.responses} == {None}


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


# --- The pool -------------------------------------------------------------------------------------


def test_the_pool_counts_how_often_this_learner_met_an_item(
    session: Session, alice: models.User, charlie: models.User
) -> None:
    make_bank(session, make_items(2))
    start_attempt(session, alice, "small")

    def times_seen(user: models.User) -> list[int]:
        pool = pools.pool(session, user.id, NOW)
        return [item.times_seen for item in pool if item.bank == "small"]

    assert times_seen(alice) == [1, 1]
    assert times_seen(charlie) == [0, 0]


def test_a_reworded_item_is_still_one_that_the_learner_met(
    session: Session, alice: models.User
) -> None:
    make_bank(session, [make_item("item-1")])
    start_attempt(session, alice, "small")
    make_bank(session, [make_item("item-1", stem="Reworded.")])

    pool = [item for item in pools.pool(session, alice.id, NOW) if item.bank == "small"]

    assert [item.times_seen for item in pool] == [1]


def test_items_stand_in_the_order_in_which_they_were_published_last(session: Session) -> None:
    first, second, third = make_items(3)
    make_bank(session, [first, second])
    make_bank(session, [third, second, first])

    rows = session.scalars(
        select(models.Item.slug).join(models.Item.bank).where(models.ItemBank.slug == "small")
        .order_by(models.Item.position)
    )  # fmt: skip
    assert list(rows) == ["item-3", "item-2", "item-1"]


def test_a_quiz_of_a_fixed_order_asks_as_the_file_says(
    session: Session, alice: models.User
) -> None:
    quiz = {"id": "all", "title": "All", "questions": 5, "fixed_order": True}
    make_bank(session, make_items(7), quizzes=[quiz])

    attempt = start_attempt(session, alice, "small-all")

    asked = [each.item_revision.item.slug for each in attempt.responses]
    assert asked == [f"item-{number}" for number in range(1, 6)]


def test_practice_leaves_out_a_bank_that_is_not_for_practice(
    session: Session, alice: models.User
) -> None:
    make_bank(session, make_items(3), practice=False)
    make_bank(session, make_items(3), "practised")

    found = {item.bank: item.is_practised for item in pools.pool(session, alice.id, NOW)}

    assert (found["small"], found["practised"]) == (False, True)
