"""What we believe about a learner's skills after each response.

``NodeBelief`` is the state: one row per learner and node that an answer has touched. The equations,
their sources and their numbers stand in ``skill_model``, ``skill_parameters`` and ``read_out``.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, NamedTuple, TypeAlias

from quizapp.domain import skill_model
from quizapp.domain.skill_model import COLD_MODEL, LEARNER, Loading, SkillModel
from quizapp.domain.skill_parameters import Dynamics, ItemParameters

Label: TypeAlias = Literal["weak", "fair", "strong", "unknown"]

TARGET = 0.7
"""Mastery from which a skill counts as strong."""

WIDEST_KNOWN = 0.35
"""A range wider than this says too little to be given a label."""

SKILL_MEMORY = 0.7
LEARNER_MEMORY = 0.8
"""A trend keeps so much of what it was, and takes the rest from the new surprise."""

_SECONDS_PER_DAY = 86_400.0


class NodeBelief(NamedTuple):
    """What is known of one learner at one node, as of ``updated_at``; mean and variance in logits.

    ``wins`` and ``fails`` sum the scores and what they lacked, so that together they count the
    responses on this node; the answers on skills that this one comes before move mean and variance
    alone. ``trend`` is a running mean of surprises (score less what was expected), ``surprise``
    the last one. ``updated_after`` and ``answered_after`` are the learner's count of responses at
    the last update and at the last response on this node.
    A page makes a hundred of them, so they are tuples.
    """

    mean: float
    variance: float
    wins: float = 0.0
    fails: float = 0.0
    last_correct: float | None = None
    updated_at: datetime | None = None
    updated_after: int = 0
    trend: float = 0.0
    surprise: float = 0.0
    answered_at: datetime | None = None
    answered_after: int = 0

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
    difficulty: int | None
    """As authored, 1..5; None where nobody judged it."""
    guess: float
    """Expected score of someone who knows nothing, 0..1."""
    answered_at: datetime
    item: str | None = None
    """Its key among the fitted parameters."""

    def __post_init__(self) -> None:
        if not self.skills:
            raise ValueError("An answer is evidence of at least one skill.")
        if not 0.0 <= self.score <= 1.0 or not 0.0 <= self.guess <= 1.0:
            raise ValueError("Score and guess floor lie between 0 and 1.")
        if self.difficulty is not None and self.difficulty not in skill_model.DIFFICULTY_LOGITS:
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


class Part(NamedTuple):
    """One node's share in an ability, with what is still believed of it now."""

    loading: Loading
    belief: NodeBelief | None
    mean: float
    variance: float


def update(
    beliefs: Mapping[str, NodeBelief], observation: Observation, model: SkillModel = COLD_MODEL
) -> dict[str, NodeBelief]:
    """The beliefs that ``observation`` changes, by node; all others stay as they are.

    Responses count in the order they are given here: one dated before the last update fades
    nothing and moves no date back.
    """
    parts = parts_of(beliefs, observation.skills, observation.answered_at, model)
    item = model.item(observation.item, observation.skills, observation.difficulty)
    margin, variance = margin_over(parts, item, model)
    score, guess = observation.score, observation.guess
    correction = skill_model.correction(score, margin, variance, guess)
    surprise = score - skill_model.expected_score(margin, variance, guess)
    count = answer_count(beliefs) + 1
    step = _Step(observation, correction, surprise, item.slope, count)
    return {part.loading.node: _revised(part, step) for part in parts}


def label(estimate: Estimate, target: float = TARGET) -> Label:
    """One word for an estimate; "weak" and "strong" only when the whole range says so."""
    if estimate.high < target:
        return "weak"
    if estimate.low >= target:
        return "strong"
    return "unknown" if estimate.high - estimate.low > WIDEST_KNOWN else "fair"


def answer_count(beliefs: Mapping[str, NodeBelief]) -> int:
    """Responses of the learner on any skill."""
    root = beliefs.get(LEARNER)
    return root.answers if root else 0


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


def parts_of(
    beliefs: Mapping[str, NodeBelief], skills: tuple[str, ...], now: datetime, model: SkillModel
) -> list[Part]:
    """Every node of a question with ``skills``, as believed at ``now``."""
    count = answer_count(beliefs)
    found = []
    for loading in model.loadings(skills):
        belief = beliefs.get(loading.node)
        found.append(Part(loading, belief, *faded(loading.dynamics, belief, count, now)))
    return found


def margin_over(
    parts: Sequence[Part], item: ItemParameters, model: SkillModel
) -> tuple[float, float]:
    """e and a^2 V + v_b: how far the ability lies above the item, logits, and the doubt in it."""
    slope, level = item.slope, model.parameters.level
    margin = slope * (level + ability(parts)) - item.difficulty
    return margin, slope**2 * doubt(parts) + item.variance


def ability(parts: Iterable[Part]) -> float:
    """A: the sum of the parts' means, logits."""
    return sum(part.loading.share * part.mean for part in parts)


def doubt(parts: Iterable[Part]) -> float:
    """V: the variance of the ability, squared logits."""
    return sum(part.loading.share**2 * part.variance for part in parts)


class _Step(NamedTuple):
    """What one response says to every node; it is the learner's response ``number``."""

    observation: Observation
    correction: skill_model.Correction
    surprise: float
    slope: float
    number: int


def _revised(part: Part, step: _Step) -> NodeBelief:
    """The belief of one node after the response."""
    (node, share, dynamics, is_counted), belief, mean, variance = part
    score, at = step.observation.score, step.observation.answered_at
    slope = step.slope * share
    narrowed = variance - (slope * variance) ** 2 * step.correction.certainty + dynamics.drift
    mean += slope * variance * step.correction.gain
    variance = min(narrowed, skill_model.MOST_DOUBT * dynamics.variance)
    before = belief or NodeBelief(0.0, dynamics.variance)
    updated_at = max(before.updated_at, at) if before.updated_at else at
    if not is_counted:
        return before._replace(
            mean=mean, variance=variance, updated_at=updated_at, updated_after=step.number
        )
    memory = LEARNER_MEMORY if node == LEARNER else SKILL_MEMORY
    return NodeBelief(
        mean=mean + dynamics.learning * score + dynamics.correcting * (1.0 - score),
        variance=variance,
        wins=before.wins + score,
        fails=before.fails + 1.0 - score,
        last_correct=score,
        updated_at=updated_at,
        updated_after=step.number,
        trend=memory * before.trend + (1.0 - memory) * step.surprise,
        surprise=step.surprise,
        answered_at=max(before.answered_at, at) if before.answered_at else at,
        answered_after=step.number,
    )
