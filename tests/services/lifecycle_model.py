"""What an attempt must be after anything that may happen to it, said a second time and simply.

Written from the rules, not from the program: no database, no statement, times in whole seconds.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

NOTHING = timedelta(0)


@dataclass(frozen=True)
class ModelSave:
    """One save of a page; ``seen`` is the count of changes that the page knew of."""

    page: str
    sequence: int
    position: int
    seen: int
    text: str | None
    is_flagged: bool
    confidence: int | None = None


@dataclass
class ModelAnswer:
    """What one question holds, and which save of which page it came from."""

    text: str | None = None
    is_flagged: bool = False
    confidence: int | None = None
    count: int = 0
    page: str = ""
    sequence: int = 0

    def is_open_to(self, save: ModelSave) -> bool:
        """The page has seen what is stored, or sent it itself before this."""
        is_own = self.page == save.page and self.sequence < save.sequence
        return save.seen == self.count or is_own

    def holds(self, save: ModelSave) -> bool:
        is_as_sure = save.confidence in (None, self.confidence)
        return is_as_sure and (self.text, self.is_flagged) == (save.text, save.is_flagged)

    def take(self, save: ModelSave) -> None:
        if not self.holds(save):
            self.count += 1
        self.text, self.is_flagged = save.text, save.is_flagged
        self.confidence = save.confidence or self.confidence
        self.page, self.sequence = save.page, save.sequence


@dataclass
class ModelAttempt:
    """One sitting; ``deadline`` does not count the pause that is going on, if one is."""

    keys: Mapping[int, str]
    deadline: datetime
    pause_left: timedelta
    grace: timedelta
    answers: dict[int, ModelAnswer] = field(default_factory=dict)
    paused_at: datetime | None = None
    finished_at: datetime | None = None
    points: int | None = None

    def __post_init__(self) -> None:
        self.answers = {position: ModelAnswer() for position in self.keys}

    def rested(self, now: datetime) -> timedelta:
        """How long the pause that is going on, or has used itself up, has lasted so far."""
        if self.paused_at is None:
            return NOTHING
        return min(now - self.paused_at, self.pause_left)

    def is_paused(self, now: datetime) -> bool:
        return self.paused_at is not None and self.rested(now) < self.pause_left

    def deadline_at(self, now: datetime) -> datetime:
        """When the time would be up if the pause ended now."""
        return self.deadline + self.rested(now)

    def go_on(self, now: datetime) -> None:
        self.deadline, self.pause_left = self.deadline_at(now), self.pause_left - self.rested(now)
        self.paused_at = None

    def is_over(self, now: datetime, after: timedelta = NOTHING) -> bool:
        return not self.is_paused(now) and now >= self.deadline_at(now) + after

    def save(self, save: ModelSave, now: datetime) -> str:
        """What the page is told."""
        if self.finished_at is not None or self.is_over(now, self.grace):
            return "too late"
        if self.is_paused(now) and self.rested(now) >= self.grace:
            return "paused"
        answer = self.answers[save.position]
        if answer.is_open_to(save):
            answer.take(save)
            return "saved"
        if answer.holds(save):
            return "saved"
        is_older = answer.page == save.page and save.sequence < answer.sequence
        return "superseded" if is_older else "conflict"

    def pause(self, now: datetime) -> str:
        """What the learner is told."""
        if self.finished_at is not None:
            return "finished"
        if self.is_paused(now):
            return "done"
        if self.is_over(now):
            return "finished"
        if self.pause_left - self.rested(now) == NOTHING:
            return "refused"
        self.go_on(now)
        self.paused_at = now
        return "done"

    def resume(self, now: datetime) -> str:
        """What the learner is told."""
        if self.finished_at is not None:
            return "finished"
        self.go_on(now)
        return "done"

    def add_time(self, minutes: int, now: datetime) -> str:
        """What the instructor is told."""
        if self.finished_at is not None:
            return "finished"
        if not self.is_paused(now):
            self.go_on(now)
            self.deadline = max(self.deadline, now)
        self.deadline += timedelta(minutes=minutes)
        return "done"

    def finish(self, now: datetime) -> None:
        """Finished and graded, at the deadline at the latest; a second time changes nothing."""
        if self.finished_at is None:
            self.go_on(now)
            self.finished_at = min(now, self.deadline)
            self.points = sum(self.answers[at].text == key for at, key in self.keys.items())
