"""Beliefs, readiness and memories made anew from stored answers, learner by learner.

While the site runs: what takes long, the reading and the arithmetic, happens before anything is
locked, and what is then stored holds the learner's row as finishing an attempt does.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import bindparam, delete, func, select
from sqlalchemy.orm import Session

from quizapp.db import models
from quizapp.db.batch import Batch
from quizapp.domain.errors import NotFoundError
from quizapp.domain.mastery import NodeBelief
from quizapp.domain.skill_model import LEARNER
from quizapp.services import (
    accounts,
    believing,
    evidence,
    model_editions,
    rebuilt_memories,
    skills,
    taxonomies,
)
from quizapp.services.believing import Believed
from quizapp.services.evidence import Evidence
from quizapp.services.skills import Readiness

SAME = 1e-9
"""Logits by which a belief may differ from one of the same evidence: rounding."""


class Rebuilt(NamedTuple):
    """What the stored answers of one learner make, by the model that is live."""

    evidence: Sequence[Evidence]
    believed: Believed
    readiness: Mapping[int, Readiness]
    """After each attempt, by its id."""


class Change(NamedTuple):
    """What storing it changed: beliefs of how many nodes, by how many logits at most."""

    nodes: int
    most_logits: float


class Standing(NamedTuple):
    """How many learners anything is believed of, and of how many by another model than the live."""

    learners: int
    outdated: int


def standing(session: Session) -> Standing:
    """Where the last rebuild has left off; a glance at one row a learner."""
    live = {"live": model_editions.live(session).digest}
    learners = session.scalar(_LEARNERS) or 0
    return Standing(learners, learners - (session.scalar(_OF_LIVE, live) or 0))


def learner_ids(session: Session) -> Sequence[int]:
    """Everybody with a finished attempt or beliefs, by whether beliefs are of the live model:
    those of another one come first.
    """
    of_live = {"live": model_editions.live(session).digest}
    current = set(session.scalars(_OF_MODEL, of_live))
    everybody = session.scalars(_EVERYBODY).all()
    return sorted(everybody, key=lambda user_id: (user_id in current, user_id))


def learner_id(session: Session, email: str) -> int:
    """Whose address that is. Raises NotFoundError."""
    address = accounts.normal_email(email)
    found = session.scalar(select(models.User.id).where(models.User.email == address))
    if found is None:
        raise NotFoundError(f"Nobody has the address {email}.")
    return found


def rebuilt(session: Session, user_id: int) -> Rebuilt:
    """What is to be stored of the learner; nothing is locked or changed.

    Readiness is that for the role that they prepare for now, by the taxonomy in force.
    """
    seen = [*evidence.of_learner(session, user_id)]
    believed = Believed(model_editions.live(session), {})
    role = session.scalar(_ROLE, {"user_id": user_id})
    return Rebuilt(seen, believed, dict(_taken_in(session, believed, seen, role)))


def store(session: Session, user_id: int, made: Rebuilt) -> Change | None:
    """What was ``made`` is what is stored of the learner; what that changed.

    None, and nothing stored, where an answer was taken in meanwhile: then it is to be made again.
    """
    _hold(session, user_id)
    if evidence.size(session, user_id) != len(made.evidence):
        return None
    return _stored(session, user_id, made)


def rebuild_held(session: Session, user_id: int) -> tuple[Rebuilt, Change]:
    """What is stored of the learner is made anew, while nothing about them can change."""
    _hold(session, user_id)
    made = rebuilt(session, user_id)
    return made, _stored(session, user_id, made)


def _stored(session: Session, user_id: int, made: Rebuilt) -> Change:
    before = believing.of_learner(session, user_id).by_node
    believing.replace(session, user_id, made.believed)
    session.execute(_FORGET_READINESS, {"user_id": user_id})
    skills.note(session, user_id, made.readiness)
    rebuilt_memories.rebuild_from(session, user_id, made.evidence)
    _number(session, made.evidence)
    return _change(before, made.believed.by_node)


def _taken_in(
    session: Session, believed: Believed, seen: Sequence[Evidence], role: str | None
) -> Iterator[tuple[int, Readiness]]:
    """``believed`` takes in all that was ``seen``; the readiness after the last of each attempt."""
    taxonomy = taxonomies.current(session)
    last = {each.attempt_id: place for place, each in enumerate(seen)}
    for place, each in enumerate(seen):
        believed.take_in(each.observation)
        if last[each.attempt_id] == place:
            at = each.taken_in_at
            found = skills.readiness(taxonomy, believed.outlook(at), role, at)
            yield each.attempt_id, Readiness(at, found.value, found.low, found.high)


def _hold(session: Session, user_id: int) -> None:
    """The learner's row is locked as by who finishes an attempt of theirs."""
    session.connection().execute(_LEARNER, {"user_id": user_id}).one()


def _number(session: Session, seen: Sequence[Evidence]) -> None:
    """The evidence is numbered from 1 without a gap, as it was unless rows were lost."""
    rows = [
        {"number": number, "of": each.attempt_id, "at": each.position}
        for number, each in enumerate(seen, start=1)
        if each.number != number
    ]
    _RENUMBER.run(session.connection(), rows)


def _change(before: Mapping[str, NodeBelief], after: Mapping[str, NodeBelief]) -> Change:
    """What differs by more than rounding; a belief that comes or goes differs by its mean."""
    none = NodeBelief(0.0, 0.0)
    differences = [
        max(abs(old.mean - new.mean), abs(old.variance - new.variance))
        for node in before.keys() | after.keys()
        for old, new in [(before.get(node, none), after.get(node, none))]
    ]
    changed = [each for each in differences if each > SAME]
    return Change(len(changed), max(changed, default=0.0))


_OF_MODEL = select(models.SkillBelief.user_id).where(
    models.SkillBelief.node == LEARNER, models.SkillBelief.model_digest == bindparam("live")
)
_OF_LIVE = select(func.count()).select_from(_OF_MODEL.subquery())
_LEARNERS = select(func.count()).where(models.SkillBelief.node == LEARNER)
_EVERYBODY = (
    select(models.Attempt.user_id)
    .where(models.Attempt.finished_at.is_not(None))
    .union(select(models.SkillBelief.user_id))
)
_ROLE = select(models.User.target_role).where(models.User.id == bindparam("user_id"))
_LEARNER = (
    select(models.User.id)
    .where(models.User.id == bindparam("user_id"))
    .with_for_update(key_share=True)
)
_FORGET_READINESS = delete(models.ReadinessRecord).where(
    models.ReadinessRecord.user_id == bindparam("user_id")
)
_RENUMBER = Batch(
    "UPDATE response SET evidence_number = :number WHERE attempt_id = :of AND position = :at"
)
