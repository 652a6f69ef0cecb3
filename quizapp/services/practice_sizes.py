"""How long a practice set takes, from the time that its items are expected to need."""

from dataclasses import dataclass
from math import ceil

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from quizapp.db import models


@dataclass(frozen=True)
class PracticeSize:
    """Number of questions, and the minutes a good candidate needs for them."""

    questions: int
    minutes: int


def size(session: Session, wanted: int, skill_id: str | None = None) -> PracticeSize:
    """A set of ``wanted`` questions (fewer where there are fewer) on that skill, or on anything."""
    query = (
        select(func.count(models.ItemRevision.id), func.avg(models.ItemRevision.seconds))
        .join(models.Item, models.Item.id == models.ItemRevision.item_id)
        .where(models.ItemRevision.is_current, models.Item.retired_at.is_(None))
    )
    if skill_id is not None:
        query = query.join(models.ItemSkill).where(models.ItemSkill.skill_id == skill_id)
    count, seconds = session.execute(query).one()
    questions = min(wanted, count)
    return PracticeSize(questions, ceil(questions * float(seconds or 0) / 60))
