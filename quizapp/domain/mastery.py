"""What we believe about a learner's skills after each response.

``NodeBelief`` is the state: one row per learner and node that an answer has touched. The equations,
their sources and their numbers stand in ``skill_model``.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from math import log, sqrt
from typing import Literal, NamedTuple, TypeAlias

from quizapp.domain import skill_model
from quizapp.domain.skill_model import ITEM_VARIANCE, LEARNER, Loading

Label: TypeAlias = Literal["weak", "fair", "strong", "unknown"]

TARGET = 0.7
"""Mastery from which a skill counts as strong."""

WIDEST_KNOWN = 0.35
"""A range wider than this says too little to be given a label."""

_TYPICAL_LOGIT = skill_model.difficulty_prior(3)
_NORMAL_QUANTILE_90 = 1.2816
_WIDENING = 1.2  # plain 80 % intervals held the simulated truth in 70 to 75 % of cases
_STANDARD_DEVIATIONS = _NORMAL_QUANTILE_90 * _WIDENING
_SECONDS_PER_DAY = 86_400.0


@dataclass(frozen=True, slots=True)
class NodeBelief:
    """What is known of one learner at one node, as of ``updated_at``; mean and variance in logits.

    ``wins`` and ``fails`` sum the scores and what they lacked, so that together they count the
    responses on this node; ``updated_after`` is that count at the root at the last update.
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


@dataclass(frozen=True, slots=True)
class Estimate:
    """P(right), guessing aside, on a new question of difficulty 3; 80 % range; the evidence."""

    value: float
    low: float
    high: float
    answers: int
    wins: float
    last_answered_at: datetime | None


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
    count = _answer_count(beliefs) + 1
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


def estimate(beliefs: Mapping[str, NodeBelief], skill: str, now: datetime) -> Estimate:
    """Mastery of one skill, with its range."""
    return estimate_group(beliefs, {skill: 1.0}, now)


def estimate_group(
    beliefs: Mapping[str, NodeBelief], skills_with_weights: Mapping[str, float], now: datetime
) -> Estimate:
    """Mastery of an area or readiness for a role: the weighted mean over its skills.

    Doubt about a node that several skills share is counted as one doubt, so it does not average
    out; doubt about each skill's own part does. Weights are 0 or more; raises ValueError when all
    are 0.
    """
    members = _members(beliefs, skills_with_weights, now)
    value = sum(weight * _mastery(parts) for weight, parts in members)
    low, high = _range(members)
    own = [beliefs[skill] for skill in skills_with_weights if skill in beliefs]
    return Estimate(
        value=value,
        low=min(low, value),
        high=max(high, value),
        answers=sum(belief.answers for belief in own),
        wins=sum(belief.wins for belief in own),
        last_answered_at=max((at for each in own if (at := each.updated_at)), default=None),
    )


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
    count = _answer_count(beliefs)
    return [
        _part(loading, beliefs.get(loading.node), count, now)
        for loading in skill_model.loadings(skills)
    ]


def _answer_count(beliefs: Mapping[str, NodeBelief]) -> int:
    """Responses of the learner on any skill."""
    root = beliefs.get(LEARNER)
    return root.answers if root else 0


def _part(loading: Loading, belief: NodeBelief | None, count: int, now: datetime) -> _Part:
    """One node at ``now``: the prior, or the belief pulled towards it by what is forgotten."""
    dynamics = loading.dynamics
    if belief is None:
        return _Part(loading, None, 0.0, dynamics.variance)
    days = _days_between(belief.updated_at, now)
    kept = skill_model.retention(dynamics, days, count - belief.updated_after)
    variance = dynamics.variance - (dynamics.variance - belief.variance) * kept**2
    return _Part(loading, belief, belief.mean * kept, variance)


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


def _members(
    beliefs: Mapping[str, NodeBelief], weights: Mapping[str, float], now: datetime
) -> list[tuple[float, list[_Part]]]:
    """The nodes of each skill with its share of the total weight."""
    total = sum(weights.values())
    if total <= 0:
        raise ValueError("A group needs a skill with a weight above 0.")
    return [(weight / total, _parts(beliefs, (skill,), now)) for skill, weight in weights.items()]


def _mastery(parts: list[_Part]) -> float:
    """P(right) on a typical new question, guessing aside."""
    return skill_model.expected_score(
        _ability(parts) - _TYPICAL_LOGIT, _doubt(parts) + ITEM_VARIANCE, 0.0
    )


def _range(members: list[tuple[float, list[_Part]]]) -> tuple[float, float]:
    """80 % range of the weighted mean of masteries, widened.

    The mean is linearised in the nodes (delta method), each node's variance enters once, and the
    range is taken in logits so that it stays within 0..1. For one skill this is exact.
    """
    scale = skill_model.smoothing(ITEM_VARIANCE)
    centre = 0.0
    slopes: dict[str, float] = {}
    variances: dict[str, float] = {}
    for weight, parts in members:
        mastery = skill_model.logistic((_ability(parts) - _TYPICAL_LOGIT) / scale)
        centre += weight * mastery
        slope = weight * mastery * (1.0 - mastery) / scale
        for part in parts:
            node = part.loading.node
            slopes[node] = slopes.get(node, 0.0) + slope * part.loading.share
            variances[node] = part.variance
    deviation = sqrt(sum(slopes[node] ** 2 * variances[node] for node in slopes))
    reach = _STANDARD_DEVIATIONS * deviation / (centre * (1.0 - centre))
    logit = log(centre / (1.0 - centre))
    return skill_model.logistic(logit - reach), skill_model.logistic(logit + reach)
