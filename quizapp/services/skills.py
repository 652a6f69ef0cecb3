"""What is believed about a learner's skills: stored, moved by graded attempts, and estimated."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from quizapp.db import models
from quizapp.db.base import UtcDateTime
from quizapp.db.batch import Batch
from quizapp.domain.mastery import Estimate, NodeBelief, Observation
from quizapp.domain.outlook import Outlook
from quizapp.domain.readiness import usual
from quizapp.domain.taxonomy import Area, Skill, Taxonomy
from quizapp.services import believing, taxonomies

READINESS_POINTS = 200
WIDEST_RANGE = 0.8
NARROWEST_RANGE = 0.3
"""Ranges of a skill before the first answer, and after dozens of fresh ones."""

# Statements on columns, made once: rows as objects would cost a page most of its time.
_record = models.ReadinessRecord.__table__.c
_TREND = (
    select(_record.recorded_at, _record.value, _record.low, _record.high)
    .where(_record.user_id == bindparam("user_id"))
    .order_by(_record.recorded_at.desc())
    .limit(READINESS_POINTS)
)
_TREND_SINCE = _TREND.where(_record.recorded_at >= bindparam("since"))
_NOTE = Batch(
    """
    INSERT INTO readiness_record (attempt_id, user_id, recorded_at, value, low, high)
    VALUES (:attempt_id, :user_id, :recorded_at, :value, :low, :high)
    ON CONFLICT (attempt_id) DO UPDATE SET
        recorded_at = excluded.recorded_at, value = excluded.value,
        low = excluded.low, high = excluded.high
    """,
    recorded_at=UtcDateTime(),
)


class Learner(NamedTuple):
    """Whose skills they are, and the role that readiness is about."""

    id: int
    target_role: str | None


class Readiness(NamedTuple):
    """The readiness for the target role right after an attempt."""

    recorded_at: datetime
    value: float
    low: float
    high: float


class SkillEstimate(NamedTuple):
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


class AreaEstimate(NamedTuple):
    """One area with its skills; ``estimate`` is over all of them."""

    area: Area
    skills: tuple[SkillEstimate, ...]
    estimate: Estimate

    @property
    def is_tried(self) -> bool:
        return any(skill.is_tried for skill in self.skills)


def beliefs(session: Session, user_id: int) -> dict[str, NodeBelief]:
    """What is believed about the person, by node."""
    return believing.of_learner(session, user_id).by_node


def outlook(session: Session, user_id: int, now: datetime) -> Outlook:
    """What is believed about the person, as it stands at ``now``."""
    return believing.of_learner(session, user_id).outlook(now)


def learn(
    session: Session,
    learner: Learner,
    attempt: models.Attempt,
    observations: Sequence[Observation],
    at: datetime | None = None,
) -> None:
    """The beliefs have taken in ``observations`` in order, and the readiness after it is noted.

    An attempt has one record, the last: of its end or, where an answer was marked later, of ``at``.
    The caller has locked the learner's row: of a first attempt's beliefs there are none yet.
    """
    if not observations:
        return
    held = believing.of_learner(session, learner.id)
    changed = [node for each in observations for node in held.take_in(each)]
    believing.store(session, learner.id, held, changed)
    at = at or attempt.finished_at or attempt.started_at
    seen = readiness(taxonomies.current(session), held.outlook(at), learner.target_role, at)
    note(session, learner.id, {attempt.id: Readiness(at, seen.value, seen.low, seen.high)})


def note(session: Session, user_id: int, records: Mapping[int, "Readiness"]) -> None:
    """Those are the records of readiness of the learner's attempts, by their ids."""
    rows = [
        {"attempt_id": attempt_id, "user_id": user_id, **each._asdict()}
        for attempt_id, each in records.items()
    ]
    _NOTE.run(session.connection(), rows)


def readiness(
    taxonomy: Taxonomy, seen: Outlook, target_role: str | None, now: datetime
) -> Estimate:
    """The share of a typical interview for the target role, at the usual level, that the learner
    would answer right at ``now``, the time of what is ``seen``.
    """
    return usual(taxonomy, taxonomy.role(target_role), seen, now)


def areas(taxonomy: Taxonomy, seen: Outlook) -> tuple[AreaEstimate, ...]:
    """Every area of the taxonomy with its skills and their estimates."""
    return tuple(
        AreaEstimate(
            area,
            estimates(area.skills, seen),
            seen.estimate_group(dict.fromkeys((skill.id for skill in area.skills), 1.0)),
        )
        for area in taxonomy.areas
    )


def estimates(skills: Iterable[Skill], seen: Outlook) -> tuple[SkillEstimate, ...]:
    """Each skill with its estimate."""
    return tuple(SkillEstimate(each, seen.estimate(each.id)) for each in skills)


def readiness_trend(
    session: Session, user_id: int, since: datetime | None = None
) -> Sequence[Readiness]:
    """Readiness after each of the latest graded attempts, the oldest first."""
    query = _TREND if since is None else _TREND_SINCE
    rows = session.execute(query, {"user_id": user_id, "since": since}).all()
    return [Readiness(*row) for row in reversed(rows)]
