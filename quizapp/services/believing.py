"""What is stored of the beliefs about a learner, and by which parameters it was made.

All beliefs of a learner are of one model, and whoever reads them reads which in the same statement:
while a new one goes from learner to learner, no page mixes two.
"""

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import bindparam, delete, select
from sqlalchemy.orm import Session

from quizapp.db import models
from quizapp.db.base import UtcDateTime
from quizapp.db.batch import Batch
from quizapp.domain import mastery
from quizapp.domain.mastery import NodeBelief, Observation
from quizapp.domain.outlook import Outlook
from quizapp.services import model_editions
from quizapp.services.model_editions import Model


class Believed(NamedTuple):
    """The beliefs about one learner, by node, and the model that they are of."""

    model: Model
    by_node: dict[str, NodeBelief]

    def take_in(self, observation: Observation) -> Collection[str]:
        """The nodes whose beliefs ``observation`` has moved."""
        moved = mastery.update(self.by_node, observation, self.model.numbers)
        self.by_node.update(moved)
        return moved.keys()

    def outlook(self, now: datetime) -> Outlook:
        """These beliefs as they stand at ``now``."""
        return Outlook(self.by_node, now, self.model.numbers)


def of_learner(session: Session, user_id: int) -> Believed:
    """What is believed about the person; of whom nothing is, the live model is to believe."""
    by_node, digests = {}, set()
    for node, digest, *values in session.connection().execute(_BELIEFS, {"user_id": user_id}):
        by_node[node] = NodeBelief(*values)
        digests.add(digest)
    model = model_editions.of(session, digests.pop()) if digests else model_editions.live(session)
    return Believed(model, by_node)


def store(session: Session, user_id: int, held: Believed, nodes: Collection[str]) -> None:
    """The learner's stored beliefs at ``nodes`` are those ``held``."""
    own = {"user_id": user_id, "model_digest": held.model.digest}
    rows = [{**own, "node": node, **held.by_node[node]._asdict()} for node in set(nodes)]
    _BELIEVE.run(session.connection(), rows)


def replace(session: Session, user_id: int, held: Believed) -> None:
    """The learner's stored beliefs are those ``held``, and no others."""
    session.execute(delete(models.SkillBelief).where(models.SkillBelief.user_id == user_id))
    store(session, user_id, held, held.by_node)


# Statements on columns, made once: rows as objects would cost a page most of its time.
_belief = models.SkillBelief.__table__.c
_BELIEFS = select(
    _belief.node, _belief.model_digest, *(_belief[name] for name in NodeBelief._fields)
).where(_belief.user_id == bindparam("user_id"))
_BELIEVE = Batch(
    """
    INSERT INTO skill_belief (
        user_id, node, model_digest, mean, variance, wins, fails, last_correct, updated_at,
        updated_after, trend, surprise, answered_at, answered_after
    ) VALUES (
        :user_id, :node, :model_digest, :mean, :variance, :wins, :fails, :last_correct, :updated_at,
        :updated_after, :trend, :surprise, :answered_at, :answered_after
    )
    ON CONFLICT (user_id, node) DO UPDATE SET
        mean = excluded.mean, variance = excluded.variance, wins = excluded.wins,
        fails = excluded.fails, last_correct = excluded.last_correct,
        updated_at = excluded.updated_at, updated_after = excluded.updated_after,
        trend = excluded.trend, surprise = excluded.surprise,
        answered_at = excluded.answered_at, answered_after = excluded.answered_after
    """,
    updated_at=UtcDateTime(),
    answered_at=UtcDateTime(),
)
