"""What was believed about a learner at earlier times: their answers, taken in once more."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import NamedTuple

from sqlalchemy.orm import Session

from quizapp.domain import mastery
from quizapp.domain.mastery import NodeBelief
from quizapp.domain.skill_model import SkillModel
from quizapp.services import evidence


class Moment(NamedTuple):
    """What was believed right after an answer on ``skills``; the next one changes ``beliefs``."""

    at: datetime
    skills: tuple[str, ...]
    beliefs: Mapping[str, NodeBelief]


def moments(session: Session, user_id: int, model: SkillModel) -> Iterator[Moment]:
    """Every answer of the learner in the order in which it was taken in.

    ``model`` is that of their beliefs: by another one it would not end with what is stored.
    """
    beliefs: dict[str, NodeBelief] = {}
    for each in evidence.of_learner(session, user_id):
        beliefs |= mastery.update(beliefs, each.observation, model)
        yield Moment(each.taken_in_at, each.observation.skills, beliefs)
