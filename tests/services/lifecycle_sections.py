"""A learner's attempts at a quiz of two sections with times, beside the model of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule

from quizapp.db import db, models
from quizapp.services import feedback, moving_on, stages
from tests.factories import GRACE
from tests.services.lifecycle import (
    LIMIT,
    NEAR_THE_END,
    PAUSE,
    POSITIONS,
    AttemptLifecycle,
    has_begun,
    positions,
)
from tests.services.lifecycle_model import ModelAttempt, ModelSave
from tests.services.outcomes import told_by

FIRST, SECOND = timedelta(minutes=6), timedelta(minutes=9)
"""Four and six minutes, half as long again."""


@dataclass
class ModelSections(ModelAttempt):
    """Question 1 is the first section, until ``first_end``; question 2 is the second.

    ``first_end`` does not count the pause that is going on; ``lapsed_at`` is when the time of the
    first was over, None when the learner finished it.
    """

    first_end: datetime | None = None
    stage: int = 1
    lapsed_at: datetime | None = None
    checked: set[int] = field(default_factory=set)

    def lapse(self, now: datetime) -> None:
        """The second section has begun if the time of the first is over."""
        if self.stage != 1 or self.first_end is None or self.is_paused(now):
            return
        end = self.first_end + self.rested(now)
        if now >= end:
            self.stage, self.lapsed_at = 2, end

    def takes(self, position: int, now: datetime) -> bool:
        if position == self.stage:
            return True
        is_under_way = self.lapsed_at is not None and now < self.lapsed_at + self.grace
        return position < self.stage and is_under_way

    def go_on(self, now: datetime) -> None:
        if self.first_end is not None:
            self.first_end += self.rested(now)
        super().go_on(now)

    def save(self, save: ModelSave, now: datetime) -> str:
        self.lapse(now)
        is_over = self.finished_at is not None or self.is_over(now, self.grace)
        is_resting = self.is_paused(now) and self.rested(now) >= self.grace
        is_taken = self.takes(save.position, now)
        is_shut = save.position in self.checked and not self.answers[save.position].holds(save)
        if not (is_over or is_resting) and (is_shut or not is_taken):
            return "too late"
        if not (is_over or is_resting) and save.position in self.checked:
            return "saved"
        return super().save(save, now)

    def pause(self, now: datetime) -> str:
        self.lapse(now)
        return super().pause(now)

    def add_time(self, minutes: int, now: datetime) -> str:
        self.lapse(now)
        told = super().add_time(minutes, now)
        if told == "done" and self.first_end is not None:
            self.first_end += timedelta(minutes=minutes)
        return told

    def move_on(self, shown: int, now: datetime) -> str:
        """What the learner is told."""
        if self.finished_at is not None:
            return "finished"
        if self.is_paused(now):
            return "paused"
        self.lapse(now)
        if self.is_over(now):
            return "finished"
        if self.stage == shown == 1:
            self.go_on(now)
            self.stage, self.deadline = 2, min(self.deadline, now + SECOND)
        return "done"

    def check(self, position: int, seen: int, now: datetime) -> str:
        """What the learner is told."""
        if self.finished_at is not None:
            return "finished"
        if self.is_paused(now):
            return "paused"
        self.lapse(now)
        if self.is_over(now):
            return "finished"
        if position != self.stage:
            return "refused"
        if self.answers[position].count == seen:
            self.checked.add(position)
        return "done"


class SectionsLifecycle(AttemptLifecycle):
    """Every step of the other machine, and finishing a section."""

    quiz: ClassVar[Mapping[str, Any]] = {
        "sections": [{"questions": 1, "minutes": 4}, {"questions": 1, "minutes": 6}],
        "feedback": "each",
    }

    def _modelled(self) -> ModelAttempt:
        keys = dict.fromkeys(POSITIONS, self.key)
        end = self.now + FIRST
        return ModelSections(keys, self.now + LIMIT, PAUSE, GRACE, first_end=end)

    @property
    def sections(self) -> ModelSections:
        assert isinstance(self.begun, ModelSections)
        return self.begun

    @has_begun
    @rule(shown=st.sampled_from(POSITIONS))
    def move_on(self, shown: int) -> None:
        own = (*self._own(), shown, self.now)
        told = told_by(self.app, lambda session: moving_on.move_on(session, *own))
        assert told == self.sections.move_on(shown, self.now)

    @has_begun
    @rule(position=positions, seen=st.integers(0, 2))
    def check(self, position: int, seen: int) -> None:
        own = (*self._own(), position, seen, self.now)
        told = told_by(self.app, lambda session: feedback.check(session, *own))
        assert told == self.sections.check(position, seen, self.now)

    @has_begun
    @rule(seconds=st.sampled_from(NEAR_THE_END))
    def wait_for_the_end_of_the_section(self, seconds: int) -> None:
        end = self.sections.first_end
        if self.sections.stage == 1 and end is not None:
            end += self.sections.rested(self.now)
            self.now = max(self.now, end + timedelta(seconds=seconds))

    @has_begun
    @invariant()
    def the_open_section_is_what_the_model_says(self) -> None:
        model = self.sections
        model.lapse(self.now)
        with self.app.app_context():
            attempt = db.session.get_one(models.Attempt, self.attempt_id)
            opening = stages.opening(attempt, self.now)
            checked = {row.position for row in attempt.responses if row.checked_at}
        assert opening is not None
        assert checked == model.checked
        if model.finished_at is None:
            assert opening.stage.first == model.stage
