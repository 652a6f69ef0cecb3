"""Everything that can happen to a learner's attempts, in any order, beside the model of them."""

from collections.abc import Mapping
from contextlib import ExitStack, suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from sqlalchemy.orm import Session

from quizapp.db import db, models
from quizapp.domain.errors import ConflictError
from quizapp.services import (
    attempts,
    clocks,
    invariants,
    memories,
    rebuilt_memories,
    responses,
)
from quizapp.services.responses import TooLate
from quizapp.services.storing import Input, Saved, Stamp
from tests import factories
from tests.databases import Databases
from tests.factories import GRACE, MINUTE, NOW
from tests.services.lifecycle_model import ModelAttempt, ModelSave
from tests.services.outcomes import told_by

QUIZ = "words-quick"
POSITIONS = (1, 2)
KEYS = ("first", "second")
"""What the bank takes as right, in turn."""
LIMIT = timedelta(minutes=15)
"""Ten minutes, half as long again."""
PAUSE = timedelta(minutes=5)
PAGES = ("one tab", "another tab")
SECONDS = (0, 1, 29, 59, 60, 61, 299, 300, 301, 840)
NEAR_THE_END = (-1, 0, 1, 59, 60, 61)


pages = st.sampled_from(PAGES)
positions = st.sampled_from(POSITIONS)
texts = st.sampled_from((*KEYS, "third", None))
has_begun = precondition(lambda machine: machine.model is not None)


class KilledError(Exception):
    """The process is gone."""


class AttemptLifecycle(RuleBasedStateMachine):
    """Alice at a quiz of two words, with Bob who teaches it; every step must agree with the model.

    Each run has a database of its own, a copy of ``template``.
    """

    quiz: ClassVar[Mapping[str, Any]] = {"questions": len(POSITIONS), "minutes": 10}

    def __init__(self, databases: Databases, template: str) -> None:
        super().__init__()
        self._resources = ExitStack()
        self._url = databases.make(template)
        self._resources.callback(databases.drop, self._url)
        self._folder = Path(self._resources.enter_context(TemporaryDirectory()))
        self._process = self._resources.enter_context(ExitStack())
        self._begin_process()
        self.now, self.key = NOW, KEYS[0]
        self.attempt_id = 0
        self.model: ModelAttempt | None = None
        self.seen: dict[tuple[str, int], int] = {}
        self.sequences = dict.fromkeys(PAGES, 0)
        self.sent: list[ModelSave] = []
        self.alice = factories.find_person(self.app, "alice")
        self.bob = factories.find_person(self.app, "bob")
        self._publish()
        with factories.stored(self.app) as session:
            minutes = PAUSE // MINUTE
            factories.grant(session, self.alice, time_factor=1.5, pause_minutes=minutes)

    # --- What the learner does ---

    @rule()
    def start(self) -> None:
        with factories.stored(self.app) as session:
            attempt_id = factories.start_attempt(session, self.alice, QUIZ, self.now).id
        if self.model is not None and self.model.is_over(self.now):
            self.model.finish(self.now)
        if self.model is None or self.model.finished_at is not None:
            assert attempt_id > self.attempt_id
            self.model = self._modelled()
            self.attempt_id, self.seen, self.sent = attempt_id, {}, []
        assert attempt_id == self.attempt_id

    @has_begun
    @rule(page=pages, position=positions, text=texts, is_flagged=st.booleans())
    def save(self, page: str, position: int, text: str | None, is_flagged: bool) -> None:
        self._send(self._next(page, position, text, is_flagged))

    @has_begun
    @rule(page=pages, position=positions, text=texts, confidence=st.sampled_from([1, 2, 3]))
    def say_how_sure(self, page: str, position: int, text: str | None, confidence: int) -> None:
        save = self._next(page, position, text, is_flagged=False)
        self._send(replace(save, confidence=confidence))

    @has_begun
    @rule(page=pages, position=positions, text=texts)
    def type_on(self, page: str, position: int, text: str | None) -> None:
        """A page sends its answer while it is being typed."""
        for part in ("f", "fi", text):
            self._send(self._next(page, position, part, is_flagged=False))

    @has_begun
    @rule(number=st.integers(0, 50))
    def save_once_more(self, number: int) -> None:
        """A request that was sent before arrives once more, late."""
        if self.sent:
            self._send(self.sent[number % len(self.sent)])

    @has_begun
    @rule(and_again=st.booleans())
    def finish(self, and_again: bool) -> None:
        with factories.stored(self.app) as session:
            attempts.finish(session, *self._own(), self.now)
        self.begun.finish(self.now)
        if and_again:
            self.start()

    @has_begun
    @rule()
    def pause(self) -> None:
        told = told_by(self.app, lambda session: clocks.pause(session, *self._own(), self.now))
        assert told == self.begun.pause(self.now)

    @has_begun
    @rule(seconds=st.sampled_from(SECONDS), page=pages, position=positions, text=texts)
    def save_in_a_pause(self, seconds: int, page: str, position: int, text: str | None) -> None:
        """The answer comes from a page that has not heard of the pause."""
        self.pause()
        self.now += timedelta(seconds=seconds)
        self._send(self._next(page, position, text, is_flagged=False))

    @has_begun
    @rule()
    def resume(self) -> None:
        told = told_by(self.app, lambda session: clocks.resume(session, *self._own(), self.now))
        assert told == self.begun.resume(self.now)

    # --- What others do ---

    @has_begun
    @rule(minutes=st.sampled_from((1, 7, 600)))
    def add_time(self, minutes: int) -> None:
        arguments = (self.attempt_id, minutes, self.bob.id, "a fire alarm", self.now)
        told = told_by(self.app, lambda session: clocks.add_time(session, *arguments))
        assert told == self.begun.add_time(minutes, self.now)

    @rule()
    def edit_the_bank(self) -> None:
        """From now on something else is right; running attempts keep their questions."""
        self.key = KEYS[1] if self.key == KEYS[0] else KEYS[0]
        self._publish()

    @has_begun
    @rule()
    def look(self) -> None:
        """Any page of the attempt closes it once time and grace are over."""
        with factories.stored(self.app) as session:
            attempts.close_if_overdue(session, *self._own(), self.now, GRACE)
        if self.begun.is_over(self.now, GRACE):
            self.begun.finish(self.now)

    @has_begun
    @rule()
    def sweep(self) -> None:
        """The server closes what is overdue."""
        with factories.stored(self.app) as session:
            for attempt_id in attempts.overdue(session, self.now, GRACE):
                attempts.close_overdue(session, attempt_id, self.now, GRACE)
        if self.begun.is_over(self.now, GRACE):
            self.begun.finish(self.now)

    # --- Time and accidents ---

    @rule(seconds=st.sampled_from(SECONDS))
    def wait(self, seconds: int) -> None:
        self.now += timedelta(seconds=seconds)

    @has_begun
    @rule(seconds=st.sampled_from(NEAR_THE_END))
    def wait_for_the_end(self, seconds: int) -> None:
        end = self.begun.deadline_at(self.now) + timedelta(seconds=seconds)
        self.now = max(self.now, end)

    @rule()
    def kill(self) -> None:
        """The server dies and is started again."""
        self._process.close()
        self._begin_process()

    @has_begun
    @rule(page=pages, position=positions, text=texts)
    def die_while_saving(self, page: str, position: int, text: str | None) -> None:
        """The process is gone before it has stored what it was about to acknowledge."""
        save = self._next(page, position, text, is_flagged=True)
        with suppress(KilledError, ConflictError), factories.stored(self.app) as session:
            self._save(session, save)
            raise KilledError

    @has_begun
    @rule()
    def die_while_finishing(self) -> None:
        with suppress(KilledError), factories.stored(self.app) as session:
            attempts.finish(session, *self._own(), self.now)
            raise KilledError

    # --- What must be true ---

    @has_begun
    @invariant()
    def what_is_stored_is_what_the_model_says(self) -> None:
        model = self.begun
        with self.app.app_context():
            attempt = db.session.get_one(models.Attempt, self.attempt_id)
            answers = {row.position: row for row in attempt.responses}
        clock = clocks.clock_of(attempt)
        resumed = clock.resumed(self.now)
        assert (attempt.finished_at, attempt.points) == (model.finished_at, model.points)
        assert clock.is_paused(self.now) == model.is_paused(self.now)
        assert resumed.ends_at == model.deadline_at(self.now)
        assert resumed.pause_left == model.pause_left - model.rested(self.now)
        for position, answer in model.answers.items():
            row = answers[position]
            assert (row.value, row.is_flagged) == (answer.text, answer.is_flagged)
            assert (row.confidence, row.save_count) == (answer.confidence, answer.count)

    def teardown(self) -> None:
        """In the end every attempt is closed in time, no rule of the data is broken, and the
        memories are what the stored answers make of them.
        """
        with self._resources:
            with factories.stored(self.app) as session:
                for attempt_id in attempts.overdue(session, self.now, GRACE):
                    attempts.close_overdue(session, attempt_id, self.now, GRACE)
            with self.app.app_context():
                assert invariants.breaches(db.session, self.now, GRACE) == []
            with factories.stored(self.app) as session:
                online = memories.of_learner(session, self.alice.id)
                rebuilt_memories.rebuild(session, self.alice.id)
                assert memories.of_learner(session, self.alice.id) == online

    # --- How it is done ---

    @property
    def begun(self) -> ModelAttempt:
        """The model of the newest attempt."""
        assert self.model is not None
        return self.model

    def _begin_process(self) -> None:
        running = factories.running_app(self._url, self._folder)
        self.app = self._process.enter_context(running)

    def _own(self) -> tuple[int, int]:
        return self.alice.id, self.attempt_id

    def _modelled(self) -> ModelAttempt:
        """The model of an attempt that begins now."""
        keys = dict.fromkeys(POSITIONS, self.key)
        return ModelAttempt(keys, self.now + LIMIT, PAUSE, GRACE)

    def _publish(self) -> None:
        quiz = {"id": "quick", "title": "Quick", **self.quiz}
        items = factories.make_items(
            len(POSITIONS), type="short-text", stem="Which word?", accepted=[self.key]
        )
        with factories.stored(self.app) as session:
            factories.make_bank(session, items, "words", self.bob.id, quizzes=[quiz])

    def _next(self, page: str, position: int, text: str | None, is_flagged: bool) -> ModelSave:
        """What that page sends next."""
        self.sequences[page] += 1
        seen = self.seen.get((page, position), 0)
        return ModelSave(page, self.sequences[page], position, seen, text, is_flagged)

    def _send(self, save: ModelSave) -> None:
        """The page is told what the model says, and has seen what is stored."""
        self.sent.append(save)
        told = told_by(self.app, lambda session: self._save(session, save))
        assert told == self.begun.save(save, self.now)
        if told in ("saved", "conflict"):
            count = self.begun.answers[save.position].count
            self.seen[save.page, save.position] = count

    def _save(self, session: Session, save: ModelSave) -> Saved | TooLate:
        stamp = Stamp(save.seen, save.page, save.sequence)
        given = Input(
            {"text": [save.text or ""]},
            is_flagged=save.is_flagged,
            stamp=stamp,
            confidence=save.confidence,
        )
        return responses.save(session, *self._own(), save.position, given, self.now, GRACE)


def over(
    databases: Databases, template: str, machine: type[AttemptLifecycle] = AttemptLifecycle
) -> type[AttemptLifecycle]:
    """The machine for databases of that kind."""

    class Lifecycle(machine):  # type: ignore[misc, valid-type]
        def __init__(self) -> None:
            super().__init__(databases, template)

    return Lifecycle
