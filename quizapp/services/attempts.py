"""Attempts: starting one, showing a question, closing it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import TypeVar

from sqlalchemy import delete, exists, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, joinedload

from quizapp.db import models
from quizapp.domain import timing
from quizapp.domain.assembly import PoolItem, QuizPlan, draw
from quizapp.domain.errors import AttemptClosedError, NotFoundError
from quizapp.domain.interactions import Interaction
from quizapp.domain.items import Item
from quizapp.services import banks, grading, skills

SEED_LIMIT = 2**31
OVERDUE_BATCH = 200


@dataclass(frozen=True)
class StripEntry:
    """One square of the question strip."""

    position: int
    is_answered: bool
    is_flagged: bool


@dataclass(frozen=True)
class QuestionPage:
    """All that the page of one question needs; no key is in ``interaction`` or ``state``."""

    attempt: models.Attempt
    position: int
    item: Item
    interaction: Interaction
    response: models.Response
    strip: tuple[StripEntry, ...]

    @property
    def count(self) -> int:
        return len(self.strip)


def start(
    session: Session,
    user_id: int,
    quiz: models.Quiz,
    plan: QuizPlan,
    now: datetime,
    rng: Random,
    title: str | None = None,
) -> models.Attempt:
    """The learner's open attempt at ``quiz``: the running one, or a new one that begins ``now``.

    Two clicks at once make one attempt. Raises QuizError when no item fits the plan.
    """
    running = open_attempt(session, user_id, quiz.id)
    if running is not None and not timing.is_over(running.ends_at, now):
        return running
    if running is not None:
        close(session, running.id, now, closed_by="deadline")
    drawn = draw(plan, banks.pool(session, user_id), rng)
    attempt = _new_attempt(user_id, quiz, plan, title or quiz.title, drawn, now, rng)
    try:
        with session.begin_nested():
            session.add(attempt)
    except IntegrityError:
        won = open_attempt(session, user_id, quiz.id)
        if won is None:
            raise
        return won
    return attempt


def open_attempt(session: Session, user_id: int, quiz_id: int) -> models.Attempt | None:
    """The learner's unfinished attempt at that quiz."""
    return session.scalar(
        select(models.Attempt).where(
            models.Attempt.user_id == user_id,
            models.Attempt.quiz_id == quiz_id,
            models.Attempt.finished_at.is_(None),
        )
    )


def discard_if_blank(session: Session, attempt_id: int) -> bool:
    """True when the open attempt held no answer and no flag; it is then gone."""
    used = or_(models.Response.value.is_not(None), models.Response.is_flagged)
    locked = select(models.Attempt.id).where(models.Attempt.id == attempt_id).with_for_update()
    session.execute(locked)
    of_attempt = models.Response.attempt_id == attempt_id
    if session.scalar(select(exists().where(of_attempt, used))):
        return False
    session.execute(delete(models.Response).where(of_attempt))
    session.execute(delete(models.Attempt).where(models.Attempt.id == attempt_id))
    session.expire_all()
    return True


def open_attempts(session: Session, user_id: int, now: datetime) -> Sequence[models.Attempt]:
    """The learner's unfinished attempts that still have time, the latest first."""
    return session.scalars(
        select(models.Attempt)
        .where(
            models.Attempt.user_id == user_id,
            models.Attempt.finished_at.is_(None),
            or_(models.Attempt.ends_at.is_(None), models.Attempt.ends_at > now),
        )
        .order_by(models.Attempt.started_at.desc())
    ).all()


def find_for(session: Session, user_id: int, attempt_id: int) -> models.Attempt:
    """The person's own attempt. Raises NotFoundError: what is not theirs does not exist."""
    return _require(
        session.scalar(
            select(models.Attempt).where(
                models.Attempt.id == attempt_id, models.Attempt.user_id == user_id
            )
        )
    )


def question_page(
    session: Session, user_id: int, attempt_id: int, position: int, now: datetime
) -> QuestionPage:
    """One question of a running attempt. Raises NotFoundError, AttemptClosedError once over."""
    attempt = find_for(session, user_id, attempt_id)
    if attempt.finished_at is not None or timing.is_over(attempt.ends_at, now):
        raise AttemptClosedError("This attempt is finished.")
    response = _require(
        session.scalar(
            select(models.Response)
            .options(joinedload(models.Response.item_revision))
            .where(models.Response.attempt_id == attempt_id, models.Response.position == position)
        )
    )
    item = item_of(response.item_revision)
    return QuestionPage(
        attempt, position, item, shown(item, attempt.seed, position), response,
        strip(session, attempt_id),
    )  # fmt: skip


def strip(session: Session, attempt_id: int) -> tuple[StripEntry, ...]:
    """Every question of the attempt: answered, flagged."""
    rows = session.execute(
        select(
            models.Response.position,
            models.Response.value.is_not(None),
            models.Response.is_flagged,
        )
        .where(models.Response.attempt_id == attempt_id)
        .order_by(models.Response.position)
    )
    return tuple(StripEntry(position, bool(given), flagged) for position, given, flagged in rows)


def resume_position(entries: Sequence[StripEntry]) -> int:
    """The first question without an answer; the last one when all have one."""
    return next((each.position for each in entries if not each.is_answered), len(entries))


def close(
    session: Session, attempt_id: int, now: datetime, closed_by: str = "learner"
) -> models.Attempt:
    """The attempt is finished and graded, once: a second call finds it so and changes nothing.

    Past the deadline it was finished at the deadline, whoever closes it and whenever.
    """
    attempt = session.scalars(
        select(models.Attempt)
        .where(models.Attempt.id == attempt_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()
    if attempt.finished_at is not None:
        return attempt
    graded = grading.grade(session, attempt_id)
    attempt.finished_at = timing.finished_at(attempt.ends_at, now)
    attempt.closed_by = "deadline" if timing.is_over(attempt.ends_at, now) else closed_by
    attempt.points, attempt.max_points = graded.score.points, graded.score.max_points
    session.flush()
    skills.learn(session, attempt, graded.observations)
    return attempt


def close_if_over(session: Session, user_id: int, attempt_id: int, now: datetime) -> models.Attempt:
    """The person's attempt, closed when its time is up. Raises NotFoundError."""
    attempt = find_for(session, user_id, attempt_id)
    if attempt.finished_at is None and timing.is_over(attempt.ends_at, now):
        return close(session, attempt_id, now, closed_by="deadline")
    return attempt


def overdue(session: Session, now: datetime, grace: timedelta) -> Sequence[int]:
    """Ids of open attempts whose deadline and grace have passed, the longest overdue first.

    To be closed one by one, each in a transaction of its own: one that cannot be graded must not
    keep the others open.
    """
    return session.scalars(
        select(models.Attempt.id)
        .where(models.Attempt.finished_at.is_(None), models.Attempt.ends_at <= now - grace)
        .order_by(models.Attempt.ends_at)
        .limit(OVERDUE_BATCH)
    ).all()


def shown(item: Item, seed: int, position: int) -> Interaction:
    """The interaction with its options in this attempt's order."""
    return item.question.render().shuffled(Random(f"{seed}:{position}"))  # noqa: S311 - display only


def item_of(revision: models.ItemRevision) -> Item:
    """The parsed item of a revision."""
    return banks.parsed(revision.content_hash, revision.content)


def _new_attempt(
    user_id: int,
    quiz: models.Quiz,
    plan: QuizPlan,
    title: str,
    drawn: Sequence[PoolItem],
    now: datetime,
    rng: Random,
) -> models.Attempt:
    return models.Attempt(
        quiz_id=quiz.id,
        user_id=user_id,
        title=title,
        plan=plan.model_dump(mode="json"),
        seed=rng.randrange(SEED_LIMIT),
        started_at=now,
        ends_at=timing.ends_at(now, plan.duration),
        max_points=sum(item.points for item in drawn),
        responses=[
            models.Response(position=position, item_revision_id=item.revision_id)
            for position, item in enumerate(drawn, start=1)
        ],
    )


Row = TypeVar("Row")


def _require(found: Row | None) -> Row:
    if found is None:
        raise NotFoundError("There is no such attempt, or no such question in it, among yours.")
    return found
