"""What learners say about skills themselves: "not now", and "I know this"."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import bindparam, delete, select
from sqlalchemy.orm import Session

from quizapp.db import models
from quizapp.db.base import UtcDateTime
from quizapp.db.batch import Batch
from quizapp.domain.claims import Claim, ClaimKind

_claim = models.SkillClaim.__table__.c
_CLAIMS = select(_claim.skill_id, _claim.kind, _claim.said_at).where(
    _claim.user_id == bindparam("user_id")
)
_SAY = Batch(
    """
    INSERT INTO skill_claim (user_id, skill_id, kind, said_at)
    VALUES (:user_id, :skill_id, :kind, :said_at)
    ON CONFLICT (user_id, skill_id) DO UPDATE SET kind = excluded.kind, said_at = excluded.said_at
    """,
    said_at=UtcDateTime(),
)


def of(session: Session, user_id: int) -> Mapping[str, Claim]:
    """The last word of the person on each skill, whether it still holds or not."""
    rows = session.connection().execute(_CLAIMS, {"user_id": user_id})
    return {skill_id: Claim(kind, said_at) for skill_id, kind, said_at in rows}


def say(session: Session, user_id: int, skill_id: str, kind: ClaimKind, now: datetime) -> Claim:
    """This is the person's word on the skill, in place of any before."""
    row = {"user_id": user_id, "skill_id": skill_id, "kind": kind, "said_at": now}
    _SAY.run(session.connection(), [row])
    return Claim(kind, now)


def withdraw(session: Session, user_id: int, skill_id: str) -> None:
    """The person has said nothing about the skill."""
    session.execute(
        delete(models.SkillClaim).where(
            models.SkillClaim.user_id == user_id, models.SkillClaim.skill_id == skill_id
        )
    )
