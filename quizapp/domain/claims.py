"""What learners say about a skill themselves: "not now", and "I know this"."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Literal, NamedTuple, TypeAlias

from quizapp.domain.skill_standing import PastAnswer

ClaimKind: TypeAlias = Literal["not-now", "known"]

HOLDS_FOR = {"not-now": timedelta(days=3), "known": timedelta(days=30)}
"""Not now is about this week's evenings; what is known today is likely faded in a month."""


class Claim(NamedTuple):
    """One word of the learner about one skill."""

    kind: ClaimKind
    said_at: datetime

    @property
    def holds_until(self) -> datetime:
        """When it ends at the latest."""
        return self.said_at + HOLDS_FOR[self.kind]

    def holds(self, answers: Iterable[PastAnswer], now: datetime) -> bool:
        """True while the learner is believed: an answer missed since then says that it is not
        known, whatever was said.
        """
        if now >= self.holds_until:
            return False
        contradicts = any(each.is_missed and each.answered_at > self.said_at for each in answers)
        return not (self.kind == "known" and contradicts)
