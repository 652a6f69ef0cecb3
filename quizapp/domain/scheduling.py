"""When to see an item again: FSRS-6 with its published weights, by the library py-fsrs.

The equations, and how the weights were fitted: J. Ye, "A stochastic shortest path algorithm for
optimizing spaced repetition scheduling" (KDD 2022), and the wiki of open-spaced-repetition.
Neither chance nor steps of minutes: the same answers give the same days, on any machine.
"""

from datetime import UTC, datetime, time, timedelta
from typing import NamedTuple, cast

from fsrs import Card, Rating, Scheduler, State

RECALL_WHEN_DUE = 0.9
"""An item is due when the chance of recalling it has fallen to this."""

LONGEST_DAYS = 365
"""However well an item is known, it is asked once a year."""

_SCHEDULER = Scheduler(
    desired_retention=RECALL_WHEN_DUE,
    learning_steps=(),
    relearning_steps=(),
    maximum_interval=LONGEST_DAYS,
    enable_fuzzing=False,
)


class Memory(NamedTuple):
    """What one learner remembers of one item, after the last review."""

    stability: float
    """Days in which recall falls to 0.9."""
    difficulty: float
    """1 (easy) to 10 (hard), as FSRS counts it."""
    reviewed_at: datetime
    due_at: datetime
    """Whole days after the review, at least one."""


def reviewed(memory: Memory | None, score: float, at: datetime) -> Memory:
    """The memory after an answer with ``score`` (0..1); without a memory it was the first.

    An answer from before the last review counts as given with it: what is marked late comes late.
    Raises ValueError for a score that is none, and for a time without a zone.
    """
    if not 0.0 <= score <= 1.0:
        raise ValueError("A score lies between 0 and 1.")
    if at.tzinfo is None:
        raise ValueError("The time of an answer needs a time zone.")
    at = at.astimezone(UTC)
    if memory is not None:
        at = max(at, memory.reviewed_at)
    card, _ = _SCHEDULER.review_card(_card(memory), _rating(score), at)
    # What was reviewed has both; the library's types cannot say so.
    return Memory(cast(float, card.stability), cast(float, card.difficulty), at, card.due)


def recall(memory: Memory, at: datetime) -> float:
    """How likely (0..1) the item is recalled at ``at``; it falls by whole days since the review."""
    return _SCHEDULER.get_card_retrievability(_card(memory), at)


def due_until(now: datetime, days_ahead: int = 0) -> datetime:
    """What is due before then is due until that many days from today. Days are those of UTC."""
    return datetime.combine(now.date() + timedelta(days=days_ahead + 1), time.min, UTC)


def _rating(score: float) -> Rating:
    """Below half is forgotten, below full was hard. "Easy" takes a word of the learner's."""
    if score < 0.5:
        return Rating.Again
    return Rating.Hard if score < 1.0 else Rating.Good


def _card(memory: Memory | None) -> Card:
    """The library's own form. Without an id it sleeps; without a day it reads the clock."""
    if memory is None:
        return Card(card_id=0, due=datetime.min.replace(tzinfo=UTC))
    return Card(
        card_id=0,
        state=State.Review,
        stability=memory.stability,
        difficulty=memory.difficulty,
        due=memory.due_at,
        last_review=memory.reviewed_at,
    )
