"""What is believed about a learner's skills: stored, moved by graded attempts, and estimated."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.db import models
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
    rows = session.scalars(select(models.SkillBelief).where(models.SkillBelief.user_id == user_id))
    return {row.node: _belief(row) for row in rows}


def learn(session: Session, attempt: models.Attempt, observations: Sequence[Observation]) -> None:
    """The beliefs have taken in ``observations`` in order, and the readiness after it is noted."""
    user_id = attempt.user_id
    rows = _held_rows(session, user_id)
    held = {node: _belief(row) for node, row in rows.items()}
    changed: dict[str, NodeBelief] = {}
    for observation in observations:
        changed |= mastery.update(held | changed, observation)
    for node, belief in changed.items():
        row = rows.get(node) or models.SkillBelief(user_id=user_id, node=node)
        for name in _BELIEF_FIELDS:
            setattr(row, name, getattr(belief, name))
        session.add(row)
    if observations:
        _record_readiness(session, attempt, held | changed)


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


def _held_rows(session: Session, user_id: int) -> dict[str, models.SkillBelief]:
    """The person's rows by node, as they stay until this transaction ends; new ones wait too.

    The person is locked, not the rows: of a first attempt's beliefs there are none yet.
    """
    person = select(models.User.id).where(models.User.id == user_id)
    session.execute(person.with_for_update(key_share=True))
    rows = session.scalars(
        select(models.SkillBelief)
        .where(models.SkillBelief.user_id == user_id)
        .execution_options(populate_existing=True)
    )
    return {row.node: row for row in rows}


def _belief(row: models.SkillBelief) -> NodeBelief:
    return NodeBelief(**{name: getattr(row, name) for name in _BELIEF_FIELDS})


def _record_readiness(
    session: Session, attempt: models.Attempt, held: Mapping[str, NodeBelief]
) -> None:
    at = attempt.finished_at or attempt.started_at
    user = session.get_one(models.User, attempt.user_id)
    estimate = readiness(taxonomies.current(session), held, user.target_role, at)
    session.add(
        models.ReadinessRecord(
            attempt_id=attempt.id,
            user_id=attempt.user_id,
            recorded_at=at,
            value=estimate.value,
            low=estimate.low,
            high=estimate.high,
        )
    )
