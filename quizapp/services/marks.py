"""Marking answers by a rubric: learners their own, then instructors those to their banks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session, joinedload

from quizapp.db import models
from quizapp.domain.errors import ConflictError, NotFoundError
from quizapp.domain.remarks import plain
from quizapp.domain.rubrics import RubricQuestion
from quizapp.services import answers_to_mark, attempts, banks, later_scores

LONGEST_COMMENT = 2_000
Kind: TypeAlias = Literal["self", "instructor"]


@dataclass(frozen=True)
class Given:
    """Points as typed, by the place of their criterion, and a comment to the learner.

    ``seen`` is the number of the mark that whoever gives this one has seen, 0 for none.
    """

    points: Mapping[int, str]
    comment: str = ""
    seen: int = 0


def give_own(
    session: Session,
    user_id: int,
    attempt_id: int,
    position: int,
    points: Mapping[int, str],
    now: datetime,
) -> models.Mark:
    """The learner has marked their own answer, and that is its score.

    Raises NotFoundError, InvalidMarkError, and ConflictError once an instructor has marked it.
    """
    learner, attempt = attempts.held(session, attempt_id, user_id)
    response, question = _markable(session, attempt, position)
    if _mark(session, response, "instructor") is not None:
        raise ConflictError("An instructor has marked this answer: their mark counts.")
    read = question.read_points(points)
    mark = _put(session, response, "self", user_id, read, question.score_of(read), "", now)
    later_scores.give(session, learner, attempt, response, mark.score, now)
    return mark


def give_as_instructor(
    session: Session,
    user: models.User,
    attempt_id: int,
    position: int,
    given: Given,
    now: datetime,
) -> models.Mark:
    """``user`` has marked the answer, where they answer for its question, and that is its score.

    Raises NotFoundError, InvalidMarkError, and ConflictError when it was marked meanwhile.
    """
    answers_to_mark.find(session, user, attempt_id, position)
    learner, attempt = attempts.held(session, attempt_id)
    response, question = _markable(session, attempt, position)
    stored = _mark(session, response, "instructor")
    if (stored.number if stored else 0) != given.seen:
        raise ConflictError("This answer was marked meanwhile. Look at that mark, then decide.")
    read = question.read_points(given.points)
    comment = plain(given.comment)[:LONGEST_COMMENT]
    score = question.score_of(read)
    mark = _put(session, response, "instructor", user.id, read, score, comment, now)
    later_scores.give(session, learner, attempt, response, mark.score, now)
    return mark


@dataclass(frozen=True)
class Marking:
    """The rubric of one question of a finished attempt, and how its answer was marked by it."""

    question: RubricQuestion
    is_answered: bool
    own: models.Mark | None
    instructors: models.Mark | None

    @property
    def is_open(self) -> bool:
        """The learner may give their own mark, or change it."""
        return self.is_answered and self.instructors is None


def of_attempt(session: Session, attempt_id: int) -> Mapping[tuple[int, str], models.Mark]:
    """Every mark in the attempt by position and kind."""
    rows = session.scalars(_OF_ATTEMPT, {"attempt_id": attempt_id})
    return {(mark.position, mark.kind): mark for mark in rows}


def _markable(
    session: Session, attempt: models.Attempt, position: int
) -> tuple[models.Response, RubricQuestion]:
    """The given answer at that position and its question. Raises NotFoundError, ConflictError."""
    response = session.get(models.Response, (attempt.id, position), populate_existing=True)
    if response is None:
        raise NotFoundError("There is no such question in this attempt.")
    question = banks.item_of(session, response.item_revision.content_hash, response.draw).question
    if not isinstance(question, RubricQuestion):
        raise NotFoundError("This question is not marked by people.")
    if attempt.finished_at is None:
        raise ConflictError("Finish the attempt first: until then its answers can change.")
    if question.grade(response.value).score is not None:
        raise NotFoundError("Nothing was answered here, so there is nothing to mark.")
    return response, question


def _mark(session: Session, response: models.Response, kind: Kind) -> models.Mark | None:
    place = (response.attempt_id, response.position, kind)
    return session.get(models.Mark, place, populate_existing=True)


def _put(
    session: Session,
    response: models.Response,
    kind: Kind,
    user_id: int,
    points: Sequence[float],
    score: float,
    comment: str,
    now: datetime,
) -> models.Mark:
    """The mark of that kind is this one, and the change is noted; the same again is none."""
    place = {"attempt_id": response.attempt_id, "position": response.position, "kind": kind}
    said = {"points": [*points], "score": score, "comment": comment}
    mark = _mark(session, response, kind)
    if mark is None:
        mark = models.Mark(**place, **said, marked_by_id=user_id, at=now, number=1)
        session.add(mark)
    elif (mark.points, mark.comment) == (said["points"], comment):
        return mark
    else:
        mark.points, mark.score, mark.comment = [*points], score, comment
        mark.marked_by_id, mark.at, mark.number = user_id, now, mark.number + 1
    session.flush()
    change = models.MarkChange(**place, **said, marked_by_id=user_id, at=now, number=mark.number)
    session.add(change)
    session.flush()
    return mark


_OF_ATTEMPT = (
    select(models.Mark)
    .options(joinedload(models.Mark.marked_by))
    .where(models.Mark.attempt_id == bindparam("attempt_id"))
)
