"""What we believe about a learner's skills after each response.

``NodeBelief`` is the state: one row per learner and node that an answer has touched. The equations,
their sources and their numbers stand in ``skill_model``.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, NamedTuple, TypeAlias

from quizapp.domain import skill_model
from quizapp.domain.skill_model import ITEM_VARIANCE, LEARNER, Dynamics, Loading

Label: TypeAlias = Literal["weak", "fair", "strong", "unknown"]

TARGET = 0.7
"""Mastery from which a skill counts as strong."""

WIDEST_KNOWN = 0.35
"""A range wider than this says too little to be given a label."""

_SECONDS_PER_DAY = 86_400.0


class NodeBelief(NamedTuple):
    """What is known of one learner at one node, as of ``updated_at``; mean and variance in logits.

    ``wins`` and ``fails`` sum the scores and what they lacked, so that together they count the
    responses on this node; ``updated_after`` is that count at the root at the last update.
    A page makes a hundred of them, so they are tuples.
    """

    mean: float
    variance: float
    wins: float = 0.0
    fails: float = 0.0
    last_correct: float | None = None
    updated_at: datetime | None = None
    updated_after: int = 0

    @property
    def answers(self) -> int:
        """Responses on this node."""
        return round(self.wins + self.fails)


@dataclass(frozen=True, slots=True)
class Observation:
    """One graded response. Raises ValueError for what cannot be one."""

    skills: tuple[str, ...]
    score: float
    """0..1; partial credit is a fraction."""
    difficulty: int
    """As authored, 1..5."""
    guess: float
    """Expected score of someone who knows nothing, 0..1."""
    answered_at: datetime

    def __post_init__(self) -> None:
        if not self.skills:
            raise ValueError("An answer is evidence of at least one skill.")
        if not 0.0 <= self.score <= 1.0 or not 0.0 <= self.guess <= 1.0:
            raise ValueError("Score and guess floor lie between 0 and 1.")
        if self.difficulty not in skill_model.DIFFICULTY_LOGITS:
            raise ValueError("An authored difficulty is one of 1 to 5.")
        if self.answered_at.tzinfo is None:
            raise ValueError("The time of an answer needs a time zone.")


class Estimate(NamedTuple):
    """P(right), guessing aside, on a new question of difficulty 3; 80 % range; the evidence."""

    value: float
    low: float
    high: float
    answers: int
    wins: float
    last_answered_at: datetime | None

    @property
    def percents(self) -> tuple[int, int, int]:
        """Value, low and high in whole percent."""
        return round(self.value * 100), round(self.low * 100), round(self.high * 100)


class _Part(NamedTuple):
    """One node's share in an ability, with what is still believed of it now."""

    loading: Loading
    belief: NodeBelief | None
    mean: float
    variance: float


def update(beliefs: Mapping[str, NodeBelief], observation: Observation) -> dict[str, NodeBelief]:
    """The beliefs that ``observation`` changes, by node; all others stay as they are.

    Responses count in the order they are given here: one dated before the last update fades
    nothing and moves no date back.
    """
    parts = _parts(beliefs, observation.skills, observation.answered_at)
    correction = skill_model.correction(
        observation.score,
        _ability(parts) - skill_model.difficulty_prior(observation.difficulty),
        _doubt(parts) + ITEM_VARIANCE,
        observation.guess,
    )
    count = answer_count(beliefs) + 1
    return {part.loading.node: _revised(part, observation, correction, count) for part in parts}


def predict(
    beliefs: Mapping[str, NodeBelief],
    skills: tuple[str, ...],
    difficulty: int,
    guess: float,
    now: datetime,
) -> float:
    """P(right), guessing included, on one question of the authored ``difficulty``."""
    parts = _parts(beliefs, skills, now)
    margin = _ability(parts) - skill_model.difficulty_prior(difficulty)
    return skill_model.expected_score(margin, _doubt(parts) + ITEM_VARIANCE, guess)


def label(estimate: Estimate, target: float = TARGET) -> Label:
    """One word for an estimate; "weak" and "strong" only when the whole range says so."""
    if estimate.high < target:
        return "weak"
    if estimate.low >= target:
        return "strong"
    return "unknown" if estimate.high - estimate.low > WIDEST_KNOWN else "fair"


def _parts(
    beliefs: Mapping[str, NodeBelief], skills: tuple[str, ...], now: datetime
) -> list[_Part]:
    """Every node of a question with ``skills``, as believed at ``now``."""
    count = answer_count(beliefs)
    return [
        _part(loading, beliefs.get(loading.node), count, now)
        for loading in skill_model.loadings(skills)
    ]


def answer_count(beliefs: Mapping[str, NodeBelief]) -> int:
    """Responses of the learner on any skill."""
    root = beliefs.get(LEARNER)
    return root.answers if root else 0


def _part(loading: Loading, belief: NodeBelief | None, count: int, now: datetime) -> _Part:
    """One node of a question at ``now``."""
    return _Part(loading, belief, *faded(loading.dynamics, belief, count, now))


def faded(
    dynamics: Dynamics, belief: NodeBelief | None, count: int, now: datetime
) -> tuple[float, float]:
    """Mean and variance at ``now``: the prior, or the belief pulled to it by what is forgotten."""
    if belief is None:
        return 0.0, dynamics.variance
    days = _days_between(belief.updated_at, now)
    kept = skill_model.retention(dynamics, days, count - belief.updated_after)
    variance = dynamics.variance - (dynamics.variance - belief.variance) * kept**2
    return belief.mean * kept, variance


def _days_between(earlier: datetime | None, later: datetime) -> float:
    return (later - earlier).total_seconds() / _SECONDS_PER_DAY if earlier else 0.0


def _ability(parts: Iterable[_Part]) -> float:
    """A: the sum of the parts' means, logits."""
    return sum(part.loading.share * part.mean for part in parts)


def _doubt(parts: Iterable[_Part]) -> float:
    """V: the variance of the ability, squared logits."""
    return sum(part.loading.share**2 * part.variance for part in parts)


def _revised(
    part: _Part, observation: Observation, correction: skill_model.Correction, count: int
) -> NodeBelief:
    """The belief of one node after the learner's response number ``count``."""
    (_, share, dynamics), belief, mean, variance = part
    narrowed = variance - (share * variance) ** 2 * correction.certainty + dynamics.drift
    score, at = observation.score, observation.answered_at
    return NodeBelief(
        mean=mean + share * variance * correction.gain + dynamics.learning * score,
        variance=min(narrowed, skill_model.MOST_DOUBT * dynamics.variance),
        wins=(belief.wins if belief else 0.0) + score,
        fails=(belief.fails if belief else 0.0) + 1.0 - score,
        last_correct=score,
        updated_at=max(belief.updated_at, at) if belief and belief.updated_at else at,
        updated_after=count,
    )
