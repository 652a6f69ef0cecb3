"""Mistakes: which past responses are one, whether they were put right, and why they happen."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Literal, NamedTuple, TypeAlias

from quizapp.domain import scoring
from quizapp.domain.errors import InvalidNoteError
from quizapp.domain.remarks import plain

Cause: TypeAlias = Literal["did not know", "slip", "misread", "out of time"]

CAUSES: Mapping[Cause, str] = {
    "did not know": "Did not know",
    "slip": "Slip",
    "misread": "Misread the question",
    "out of time": "Out of time",
}
LONGEST_NOTE = 2_000


class PastResponse(NamedTuple):
    """A scored response of a finished attempt, to a question of an item.

    ``was_looked_at`` is true of a blank that the learner saw; ``was_cut_off`` of every response
    of an attempt that the clock ended.
    """

    item_id: int
    attempt_id: int
    position: int
    score: float
    is_answered: bool
    was_looked_at: bool
    was_cut_off: bool
    at: datetime


class Mistake(NamedTuple):
    """The last miss of an item, and when the item was first answered right after it."""

    response: PastResponse
    put_right_at: datetime | None

    @property
    def outcome(self) -> scoring.Outcome:
        return scoring.outcome(self.response.score, is_answered=self.response.is_answered)

    @property
    def likely_cause(self) -> Cause | None:
        """A cause that the evidence shows; None where only the learner can tell."""
        was_blank = not self.response.is_answered
        return "out of time" if was_blank and self.response.was_cut_off else None


class Note(NamedTuple):
    """Why an item was missed, and the learner's own words on it. Either may be missing."""

    cause: Cause | None = None
    text: str = ""


def is_mistake(response: PastResponse) -> bool:
    """False of what was right, and of a blank that was neither seen nor cut off by the clock."""
    is_seen = response.is_answered or response.was_looked_at or response.was_cut_off
    return is_seen and scoring.outcome(response.score, is_answered=response.is_answered) != "right"


def latest(responses: Iterable[PastResponse]) -> tuple[Mistake, ...]:
    """The last miss of each item, the newest first; ``responses`` are given oldest first."""
    found: dict[int, Mistake] = {}
    for each in responses:
        if is_mistake(each):
            found.pop(each.item_id, None)
            found[each.item_id] = Mistake(each, None)
        elif each.is_answered and each.item_id in found:
            known = found[each.item_id]
            found[each.item_id] = known._replace(put_right_at=known.put_right_at or each.at)
    return tuple(reversed(found.values()))


def read_note(cause: str, text: str) -> Note:
    """The note that was typed. Raises InvalidNoteError for an unknown cause or too long a text."""
    chosen = next((each for each in CAUSES if each == cause), None)
    if cause and chosen is None:
        raise InvalidNoteError("Choose one of the causes that are listed.")
    note = Note(chosen, plain(text))
    if len(note.text) > LONGEST_NOTE:
        over = len(note.text) - LONGEST_NOTE
        raise InvalidNoteError(
            f"The note may have {LONGEST_NOTE} characters. Shorten it by {over}."
        )
    return note
