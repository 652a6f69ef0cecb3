"""Memories of items: what grading stores, what it leaves alone, and that the same comes again."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.db import models
from quizapp.domain import scheduling
from quizapp.services import attempts, memories, rebuilt_memories
from quizapp.services.memories import ItemMemory, ScoredAnswer
from tests.descriptions import answer_shop, make_shop, start_shop
from tests.essays import ALL, HALF, mark_as, mark_own, take_essay
from tests.factories import (
    GRACE,
    MINUTE,
    NOW,
    answer,
    item_at,
    make_bank,
    make_items,
    make_sum,
    start_attempt,
    take_attempt,
)
from tests.programs import settle_all, take_programs

DAY = timedelta(days=1)


def item_id(session: Session, slug: str) -> int:
    return session.scalars(select(models.Item.id).where(models.Item.slug == slug)).one()


def memory_of(session: Session, user: models.User, slug: str) -> ItemMemory:
    return memories.of_learner(session, user.id)[item_id(session, slug)]


@pytest.fixture
def one(session: Session) -> str:
    """A quiz of one question."""
    make_bank(session, make_items(1), "one")
    return "one"


def test_an_answer_is_remembered_as_of_when_it_was_given(
    session: Session, alice: models.User, one: str
) -> None:
    take_attempt(session, alice, one, right=(1,))

    memory = memory_of(session, alice, "item-1")

    assert memory.memory == scheduling.reviewed(None, 1.0, NOW + MINUTE)
    assert memory[4:] == (1, 1.0, 0.0, 1.0)


def test_the_next_answer_moves_the_memory(session: Session, alice: models.User, one: str) -> None:
    take_attempt(session, alice, one, right=(1,))
    first = memory_of(session, alice, "item-1").memory

    take_attempt(session, alice, one, NOW + 3 * DAY, wrong=(1,))

    second = memory_of(session, alice, "item-1")
    assert second.memory == scheduling.reviewed(first, 0.0, NOW + 3 * DAY + MINUTE)
    assert second[4:] == (2, 1.0, 1.0, 0.0)


def test_a_blank_leaves_no_memory(session: Session, alice: models.User, one: str) -> None:
    take_attempt(session, alice, one)

    assert memories.of_learner(session, alice.id) == {}


def test_a_blank_leaves_a_memory_as_it_was(session: Session, alice: models.User, one: str) -> None:
    take_attempt(session, alice, one, right=(1,))
    before = memories.of_learner(session, alice.id)

    take_attempt(session, alice, one, NOW + 3 * DAY)

    assert memories.of_learner(session, alice.id) == before


def test_finishing_twice_remembers_once(session: Session, alice: models.User, one: str) -> None:
    attempt = take_attempt(session, alice, one, right=(1,))

    attempts.finish(session, alice.id, attempt.id, NOW + DAY)

    assert memory_of(session, alice, "item-1").reviews == 1


def test_what_asks_nothing_is_not_remembered(session: Session, alice: models.User) -> None:
    make_shop(session)
    attempt = start_shop(session, alice)
    answer_shop(session, attempt)
    attempts.close(session, attempt.id, NOW + 9 * MINUTE)

    known = memories.of_learner(session, alice.id)

    asked = [row.item_revision.item_id for row in attempt.responses if row.max_points and row.value]
    assert sorted(known) == sorted(asked)


def test_an_essay_is_remembered_when_it_is_first_marked_and_only_then(
    session: Session, alice: models.User, bob: models.User
) -> None:
    attempt = take_essay(session, alice, bob)
    essay = item_at(session, attempt, 1).slug
    assert item_id(session, essay) not in memories.of_learner(session, alice.id)

    mark_own(session, attempt, HALF)
    first = memory_of(session, alice, essay)
    mark_as(session, bob, attempt, ALL)

    assert first.reviews == 1
    assert 0 < first.last_score < 1
    assert memory_of(session, alice, essay) == first


def test_a_program_is_remembered_with_its_verdict(session: Session, alice: models.User) -> None:
    attempt = take_programs(session, alice)
    before = len(memories.of_learner(session, alice.id))

    settle_all(session, NOW + 3 * MINUTE)

    programs = [row for row in attempt.responses if row.value and row.item_revision.kind == "code"]
    assert len(memories.of_learner(session, alice.id)) == before + len(programs)


def test_other_numbers_of_an_item_are_the_same_memory(session: Session, alice: models.User) -> None:
    make_bank(session, [make_sum()], "sums")
    for days in (0, 2, 9):
        take_attempt(session, alice, "sums", NOW + days * DAY, right=(1,))

    assert memory_of(session, alice, "sum").reviews == 3


def test_another_revision_of_an_item_is_the_same_memory(
    session: Session, alice: models.User, one: str
) -> None:
    take_attempt(session, alice, one, right=(1,))
    make_bank(session, make_items(1, difficulty=5), one)

    take_attempt(session, alice, one, NOW + 3 * DAY, right=(1,))

    assert memory_of(session, alice, "item-1").reviews == 2


def test_memories_are_each_learners_own(
    session: Session, alice: models.User, charlie: models.User, one: str
) -> None:
    take_attempt(session, alice, one, right=(1,))

    assert memories.of_learner(session, charlie.id) == {}


def test_what_is_due_before_a_time_comes_with_the_longest_due_first(
    session: Session, alice: models.User
) -> None:
    make_bank(session, make_items(3), "three")
    late, soon, later = (item_id(session, f"item-{number}") for number in (1, 2, 3))
    answered = ((soon, 0.0, 1), (late, 1.0, 5), (later, 1.0, 1))
    reviews = [ScoredAnswer(item, score, NOW - days * DAY) for item, score, days in answered]
    memories.take_in(session, alice.id, reviews)

    due = memories.due_before(session, alice.id, NOW + MINUTE)

    assert list(due) == [late, soon]


def test_taken_in_one_by_one_or_all_together_is_the_same(
    session: Session, alice: models.User, one: str
) -> None:
    item = item_id(session, "item-1")
    reviews = [
        ScoredAnswer(item, score, NOW + n * DAY) for n, score in enumerate((0.0, 0.5, 1.0, 0.3))
    ]
    for review in reviews:
        memories.take_in(session, alice.id, [review])
    step_by_step = memories.of_learner(session, alice.id)

    memories.rebuild(session, alice.id, reviews)

    assert memories.of_learner(session, alice.id) == step_by_step
    assert memories.after(reviews) == step_by_step


def test_rebuilding_leaves_others_alone_and_forgets_what_is_not_there_any_more(
    session: Session, alice: models.User, charlie: models.User, one: str
) -> None:
    for person in (alice, charlie):
        take_attempt(session, person, one, right=(1,))

    memories.rebuild(session, alice.id, [])

    assert memories.of_learner(session, alice.id) == {}
    assert len(memories.of_learner(session, charlie.id)) == 1


def test_what_is_rebuilt_from_the_stored_answers_is_what_grading_left(
    session: Session, alice: models.User, bob: models.User
) -> None:
    forgotten = start_attempt(session, alice)
    answer(session, forgotten, 1)
    for days in range(4):
        take_attempt(session, alice, "math-whole", NOW + days * DAY, (1, 3), (2,))
    essay = take_essay(session, alice, bob)
    for mark in (HALF, ALL):
        mark_own(session, essay, mark)
    attempts.close_overdue(session, forgotten.id, NOW + 9 * DAY, GRACE)
    online = memories.of_learner(session, alice.id)

    rebuilt_memories.rebuild(session, alice.id)

    assert memories.of_learner(session, alice.id) == online
    assert sum(each.reviews for each in online.values()) == 15


def test_who_has_answered_and_has_no_memory_is_found(
    session: Session, alice: models.User, charlie: models.User, one: str
) -> None:
    for person in (alice, charlie):
        take_attempt(session, person, one, right=(1,))
    assert rebuilt_memories.missing(session) == []

    memories.rebuild(session, charlie.id, [])

    assert rebuilt_memories.missing(session) == [charlie.id]


def test_an_attempt_that_is_still_open_is_no_memory(
    session: Session, alice: models.User, one: str
) -> None:
    answer(session, start_attempt(session, alice, one), 1)

    assert memories.of_learner(session, alice.id) == {}
