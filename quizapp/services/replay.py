"""What was believed about a learner at earlier times: their answers, taken in once more."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import NamedTuple

from sqlalchemy.orm import Session

from quizapp.domain import mastery
from quizapp.domain.mastery import NodeBelief
from quizapp.services import evidence


class Moment(NamedTuple):
    """What was believed right after an answer on ``skills``; the next one changes ``beliefs``."""

    at: datetime
    skills: tuple[str, ...]
    beliefs: Mapping[str, NodeBelief]


def moments(session: Session, user_id: int) -> Iterator[Moment]:
    """Every answer of the learner in the order in which it was taken in."""
    beliefs: dict[str, NodeBelief] = {}
    for each in evidence.of_learner(session, user_id):
        beliefs |= mastery.update(beliefs, each.observation)
        yield Moment(each.taken_in_at, each.observation.skills, beliefs)
