"""Beliefs and readiness made anew from stored answers are those that were made online."""

from collections.abc import Mapping
from datetime import timedelta
from random import Random
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, select, text, update
from sqlalchemy.orm import Session

from quizapp.db import models
from quizapp.domain.errors import NotFoundError
from quizapp.domain.taxonomy import Taxonomy
from quizapp.services import attempts, evidence, memories, rebuilding, taxonomies
from tests.essays import ALL, HALF, NONE, mark_as, mark_own, take_essay
from tests.factories import (
    GRACE,
    MINUTE,
    NOW,
    answer,
    find_person,
    in_parallel,
    make_bank,
    make_items,
    start_attempt,
    stored,
    take_attempt,
)
from tests.programs import RIGHT, WRONG, settle_all, take_programs

FORMER = {"math.probability.bayes-rule": "math.probability.bayes"}
Beliefs = Mapping[tuple[int, str], tuple[float, ...]]


def beliefs(session: Session) -> Beliefs:
    """Every stored belief: numbers, and times as seconds."""
    found = session.scalars(select(models.SkillBelief).order_by(models.SkillBelief.node))
    return {
        (each.user_id, each.node): (
            each.mean,
            each.variance,
            each.wins,
            each.fails,
            each.last_correct or 0.0,
            each.updated_at.timestamp() if each.updated_at else 0.0,
            float(each.updated_after),
        )
        for each in found
    }


def records(session: Session) -> Mapping[int, tuple[float, ...]]:
    """Every record of readiness, by its attempt."""
    found = session.scalars(select(models.ReadinessRecord))
    return {
        each.attempt_id: (each.recorded_at.timestamp(), each.value, each.low, each.high)
        for each in found
    }


def close_to(found: Mapping[Any, tuple[float, ...]]) -> Any:
    """Those numbers but for rounding."""
    return {key: pytest.approx(values, rel=0, abs=1e-9) for key, values in found.items()}


def rebuild(session: Session, user: models.User) -> rebuilding.Change:
    change = rebuilding.store(session, user.id, rebuilding.rebuilt(session, user.id))
    session.flush()
    session.expire_all()
    assert change is not None
    return change


class Life:
    """A learner who takes attempts in a random order of events, some of them overlapping."""

    def __init__(self, session: Session, alice: models.User, bob: models.User, seed: int) -> None:
        self.session, self.alice, self.bob = session, alice, bob
        self.rng, self.at = Random(seed), NOW
        self.open: list[models.Attempt] = []
        self.essays: list[tuple[models.Attempt, int]] = []
        make_bank(session, make_items(4, skills=["math.probability.bayes", "ml.models.trees"]))

    def live(self, events: int) -> None:
        """So many things have happened."""
        happenings = [self._take, self._leave_open, self._close, self._essay, self._mark]
        happenings += [self._programs, self._verdicts, self._publish]
        for _ in range(events):
            self.at += timedelta(minutes=self.rng.randint(60, 3_000))
            self.rng.choice(happenings)()
        self.session.flush()

    def _take(self) -> None:
        answered = self.rng.sample(range(1, 5), self.rng.randint(0, 4))
        right = [each for each in answered if self.rng.random() < 0.6]
        wrong = [each for each in answered if each not in right]
        quiz = self.rng.choice(["math-screen", "small", "math-whole"])
        if all(each.quiz.slug != quiz for each in self.open):
            take_attempt(self.session, self.alice, quiz, self.at, right, wrong)

    def _leave_open(self) -> None:
        if not self.open:
            attempt = start_attempt(self.session, self.alice, "math-screen", self.at)
            answer(self.session, attempt, 2, self.at + MINUTE, is_right=self.rng.random() < 0.5)
            self.open.append(attempt)

    def _close(self) -> None:
        if self.open:
            attempts.close_overdue(self.session, self.open.pop().id, self.at, GRACE)

    def _essay(self) -> None:
        self.essays.append((take_essay(self.session, self.alice, self.bob, self.at), 0))

    def _mark(self) -> None:
        if self.essays:
            attempt, seen = self.essays[-1]
            points = self.rng.choice([ALL, HALF, NONE])
            if seen or self.rng.random() < 0.5:
                mark = mark_as(self.session, self.bob, attempt, points, self.at, seen=seen)
                self.essays[-1] = (attempt, mark.number)
            else:
                mark_own(self.session, attempt, points, self.at)

    def _programs(self) -> None:
        take_programs(self.session, self.alice, self.rng.sample([RIGHT, WRONG, None], 2), self.at)

    def _verdicts(self) -> None:
        settle_all(self.session, self.at)

    def _publish(self) -> None:
        """Items retire, come back and are revised."""
        count = self.rng.randint(1, 4)
        make_bank(self.session, make_items(count, difficulty=self.rng.randint(1, 5)))


@pytest.mark.parametrize("seed", range(6))
def test_whatever_happened_the_beliefs_made_anew_are_the_same(
    session: Session, alice: models.User, bob: models.User, seed: int
) -> None:
    Life(session, alice, bob, seed).live(events=25)
    before, noted = beliefs(session), records(session)

    change = rebuild(session, alice)

    assert change.nodes == 0
    assert beliefs(session) == close_to(before)
    assert records(session) == close_to(noted)
    assert len(before) > 4


def test_answers_on_skills_by_their_former_names_are_the_same(
    session: Session, alice: models.User
) -> None:
    taxonomy = taxonomies.current(session).export()
    taxonomies.load(session, Taxonomy.parse({**taxonomy, "aliases": FORMER}), NOW)
    make_bank(session, make_items(3, skills=list(FORMER)))
    take_attempt(session, alice, "small", right=[1, 2], wrong=[3])
    before = beliefs(session)

    assert rebuild(session, alice).nodes == 0
    assert (alice.id, "math.probability.bayes") in before
    assert beliefs(session) == close_to(before)


def test_what_was_lost_or_spoilt_comes_back_and_is_counted(
    session: Session, alice: models.User, charlie: models.User
) -> None:
    for user in (alice, charlie):
        take_attempt(session, user, right=[1, 2], wrong=[3])
    before, noted = beliefs(session), records(session)
    of_alice = models.SkillBelief.user_id == alice.id
    session.execute(update(models.SkillBelief).where(of_alice).values(mean=9.0))
    session.execute(delete(models.SkillBelief).where(of_alice, models.SkillBelief.node == "math"))
    session.execute(delete(models.ReadinessRecord).where(models.ReadinessRecord.value >= 0))

    change = rebuild(session, alice)

    assert change.nodes == sum(user_id == alice.id for user_id, _ in before)
    assert change.most_logits > 8
    assert beliefs(session) == close_to(before)
    assert len(records(session)) == len(noted) - 1


def test_memories_of_items_are_made_anew_too(session: Session, alice: models.User) -> None:
    take_attempt(session, alice, right=[1, 2], wrong=[3])
    before = memories.of_learner(session, alice.id)
    session.execute(delete(models.ItemMemory))

    rebuild(session, alice)

    assert len(before) == 3
    assert memories.of_learner(session, alice.id) == before


def test_nothing_is_stored_when_an_answer_came_meanwhile(
    session: Session, alice: models.User
) -> None:
    take_attempt(session, alice, right=[1])
    made = rebuilding.rebuilt(session, alice.id)
    take_attempt(session, alice, "ml", NOW + MINUTE, wrong=[1])
    before = beliefs(session)

    assert rebuilding.store(session, alice.id, made) is None

    assert beliefs(session) == before


def test_under_the_lock_it_is_done_in_any_case(session: Session, alice: models.User) -> None:
    take_attempt(session, alice, right=[1])
    session.execute(delete(models.SkillBelief))

    made, change = rebuilding.rebuild_held(session, alice.id)

    assert len(made.evidence) == 1
    assert change.nodes == len(beliefs(session)) == 5  # with what comes before the skill


def test_a_gap_in_the_numbers_is_closed(session: Session, alice: models.User) -> None:
    take_attempt(session, alice, right=[1, 2, 3])
    session.execute(text("UPDATE response SET evidence_number = 9 WHERE evidence_number = 2"))

    rebuild(session, alice)

    found = [(each.number, each.position) for each in evidence.of_learner(session, alice.id)]
    assert found == [(1, 1), (2, 3), (3, 2)]
    assert evidence.count(session, alice.id) == 3


def test_who_has_no_answers_has_no_beliefs(session: Session, charlie: models.User) -> None:
    take_attempt(session, charlie)

    assert rebuild(session, charlie) == (0, 0.0)
    assert beliefs(session) == {}


def test_two_learners_finish_while_they_are_rebuilt(app: Flask) -> None:
    alice = find_person(app, "alice")
    with stored(app) as session:
        take_attempt(session, alice, right=[1, 2])
        running = start_attempt(session, alice, "ml", NOW + MINUTE)
        answer(session, running, 1, NOW + 2 * MINUTE)
        attempt_id = running.id

    in_parallel(
        app,
        [
            lambda session: rebuilding.rebuild_held(session, alice.id),
            lambda session: attempts.close(session, attempt_id, NOW + 3 * MINUTE),
        ],
    )

    with stored(app) as session:
        assert rebuild(session, alice).nodes == 0
        assert evidence.count(session, alice.id) == evidence.size(session, alice.id) == 3


def test_learners_whose_beliefs_are_of_another_model_come_first(
    session: Session, alice: models.User, charlie: models.User
) -> None:
    for user in (alice, charlie):
        take_attempt(session, user, right=[1])
    of_charlie = models.SkillBelief.user_id == charlie.id
    session.execute(update(models.SkillBelief).where(of_charlie).values(model_digest="b" * 16))

    assert rebuilding.learner_ids(session) == [charlie.id, alice.id]


def test_an_address_of_nobody_is_said_to_be_so(session: Session) -> None:
    with pytest.raises(NotFoundError, match=r"nobody@example\.org"):
        rebuilding.learner_id(session, "nobody@example.org")
