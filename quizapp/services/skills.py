"""What is believed about a learner's skills: stored, moved by graded attempts, and estimated."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime

from sqlalchemy import bindparam, insert, select, text
from sqlalchemy.orm import Session

from quizapp.db import models
from quizapp.db.base import UtcDateTime
from quizapp.domain import mastery
from quizapp.domain.mastery import Estimate, NodeBelief, Observation
from quizapp.domain.taxonomy import Area, Skill, Taxonomy
from quizapp.services import taxonomies

READINESS_POINTS = 200
WIDEST_RANGE = 0.8
NARROWEST_RANGE = 0.3
"""Ranges of a skill before the first answer, and after dozens of fresh ones."""
_BELIEF_FIELDS = tuple(field.name for field in fields(NodeBelief))


@dataclass(frozen=True)
class SkillEstimate:
    """One skill with its estimate; ``is_tried`` false while there is no answer on it."""

    skill: Skill
    estimate: Estimate

    @property
    def is_tried(self) -> bool:
        return self.estimate.answers > 0

    @property
    def certainty(self) -> float:
        """0 for a range as wide as without any answer, 1 for one that could hardly be narrower."""
        width = self.estimate.high - self.estimate.low
        return min(1.0, max(0.0, (WIDEST_RANGE - width) / (WIDEST_RANGE - NARROWEST_RANGE)))


@dataclass(frozen=True)
class AreaEstimate:
    """One area with its skills; ``estimate`` is over all of them."""

    area: Area
    skills: tuple[SkillEstimate, ...]
    estimate: Estimate

    @property
    def is_tried(self) -> bool:
        return any(skill.is_tried for skill in self.skills)


def beliefs(session: Session, user_id: int) -> dict[str, NodeBelief]:
    """What is believed about the person, by node."""
    rows = session.execute(_BELIEFS, {"of": user_id})
    return {node: NodeBelief(*values) for node, *values in rows}


_BELIEFS = select(
    models.SkillBelief.node, *(getattr(models.SkillBelief, name) for name in _BELIEF_FIELDS)
).where(models.SkillBelief.user_id == bindparam("of"))


def learn(
    session: Session,
    user: models.User,
    attempt: models.Attempt,
    observations: Sequence[Observation],
) -> None:
    """The beliefs have taken in ``observations`` in order, and the readiness after it is noted.

    The caller has locked ``user``, the learner: of a first attempt's beliefs there are none yet.
    """
    if not observations:
        return
    held = beliefs(session, user.id)
    changed: dict[str, NodeBelief] = {}
    for observation in observations:
        changed |= mastery.update(held | changed, observation)
    rows = [
        {"user_id": user.id, "node": node}
        | {name: getattr(belief, name) for name in _BELIEF_FIELDS}
        for node, belief in changed.items()
    ]
    session.connection().execute(_STORE_BELIEF, rows)
    _record_readiness(session, user, attempt, held | changed)


_STORE_BELIEF = text(
    """
    INSERT INTO skill_belief (user_id, node, mean, variance, wins, fails, last_correct, updated_at,
        updated_after)
    VALUES (:user_id, :node, :mean, :variance, :wins, :fails, :last_correct, :updated_at,
        :updated_after)
    ON CONFLICT (user_id, node) DO UPDATE SET mean = excluded.mean, variance = excluded.variance,
        wins = excluded.wins, fails = excluded.fails, last_correct = excluded.last_correct,
        updated_at = excluded.updated_at, updated_after = excluded.updated_after
    """
).bindparams(bindparam("updated_at", type_=UtcDateTime()))


def readiness(
    taxonomy: Taxonomy, held: Mapping[str, NodeBelief], target_role: str | None, now: datetime
) -> Estimate:
    """The share of a typical interview for the target role that the learner would answer right."""
    weights = taxonomy.weights(taxonomy.role(target_role))
    return mastery.estimate_group(held, {k: w for k, w in weights.items() if w > 0}, now)


def areas(
    taxonomy: Taxonomy, held: Mapping[str, NodeBelief], now: datetime
) -> tuple[AreaEstimate, ...]:
    """Every area of the taxonomy with its skills and their estimates."""
    return tuple(_area(area, held, now) for area in taxonomy.areas)


def estimates(
    skills: Iterable[Skill], held: Mapping[str, NodeBelief], now: datetime
) -> tuple[SkillEstimate, ...]:
    """Each skill with its estimate."""
    return tuple(SkillEstimate(each, mastery.estimate(held, each.id, now)) for each in skills)


def readiness_trend(session: Session, user_id: int) -> Sequence[models.ReadinessRecord]:
    """Readiness after each of the latest graded attempts, the oldest first."""
    newest = session.scalars(
        select(models.ReadinessRecord)
        .where(models.ReadinessRecord.user_id == user_id)
        .order_by(models.ReadinessRecord.recorded_at.desc())
        .limit(READINESS_POINTS)
    ).all()
    return newest[::-1]


def _area(area: Area, held: Mapping[str, NodeBelief], now: datetime) -> AreaEstimate:
    weights = dict.fromkeys((skill.id for skill in area.skills), 1.0)
    group = mastery.estimate_group(held, weights, now)
    return AreaEstimate(area, estimates(area.skills, held, now), group)


def _record_readiness(
    session: Session,
    user: models.User,
    attempt: models.Attempt,
    held: Mapping[str, NodeBelief],
) -> None:
    at = attempt.finished_at or attempt.started_at
    estimate = readiness(taxonomies.current(session), held, user.target_role, at)
    session.execute(
        insert(models.ReadinessRecord),
        {
            "attempt_id": attempt.id,
            "user_id": user.id,
            "recorded_at": at,
            "value": estimate.value,
            "low": estimate.low,
            "high": estimate.high,
        },
    )
