"""Attempts: starting one, finding it, closing it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random
from typing import TypeVar

from sqlalchemy import bindparam, delete, exists, or_, select
from sqlalchemy.orm import Session

from quizapp.db import models
from quizapp.db.batch import Batch
from quizapp.domain import scoring_rules, timing
from quizapp.domain.assembly import PoolItem, QuizPlan, draw
from quizapp.domain.errors import ConflictError, NotFoundError
from quizapp.domain.items import Item
from quizapp.domain.stages import of_plan
from quizapp.domain.timing import Terms
from quizapp.services import (
    banks,
    clocks,
    draws,
    evidence,
    grading,
    grading_queue,
    memories,
    pools,
    skills,
    stages,
)
from quizapp.services.grading import Graded
from quizapp.services.skills import Learner

SEED_LIMIT = 2**31
OVERDUE_BATCH = 200


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

    Two clicks at once make one attempt. Raises QuizError when no item fits the plan, ConflictError
    when the quiz has closed.
    """
    granted = clocks.held_accommodation(session, user_id)
    running = open_attempt(session, user_id, quiz.id)
    if running is not None and timing.is_over(running.ends_at, now):
        running = close_overdue(session, running.id, now, grace=timedelta(0))
    if running is not None and running.finished_at is None:
        return running
    terms = clocks.terms(quiz, plan, granted)
    if terms.is_closed(now):
        raise ConflictError(f"“{quiz.title}” has closed and can no longer be started.")
    drawn, sizes = draw(plan, pools.pool(session, user_id, now), rng)
    attempt = _new_attempt(user_id, quiz, plan, title or quiz.title, drawn, terms, now, rng)
    stages.begin(attempt, of_plan(plan, sizes, terms.time_factor), now)
    session.add(attempt)
    session.flush()
    _BLANK_RESPONSE.run(session.connection(), _blank_responses(session, attempt, drawn))
    return attempt


def open_attempt(session: Session, user_id: int, quiz_id: int) -> models.Attempt | None:
    """The learner's unfinished attempt at that quiz."""
    return session.scalar(_OPEN, {"user_id": user_id, "quiz_id": quiz_id})


def discard_if_blank(session: Session, attempt_id: int) -> bool:
    """True when the open attempt never held an answer, a flag or a confidence, and never showed a
    key; it is then gone.
    """
    used = or_(models.Response.save_count > 0, models.Response.checked_at.is_not(None))
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
    return _require(session.scalar(_OWN, {"attempt_id": attempt_id, "user_id": user_id}))


def finish(session: Session, user_id: int, attempt_id: int, now: datetime) -> models.Attempt:
    """The person's attempt is finished and graded, as by ``close``. Raises NotFoundError."""
    learner, attempt = held(session, attempt_id, user_id)
    return _closed(session, learner, attempt, now, "learner")


def close(session: Session, attempt_id: int, now: datetime) -> models.Attempt:
    """The attempt is finished and graded, once: a second call finds it so and changes nothing.

    Past the deadline it was finished at the deadline, whoever closes it and whenever.
    """
    learner, attempt = held(session, attempt_id)
    return _closed(session, learner, attempt, now, "learner")


def close_overdue(
    session: Session, attempt_id: int, now: datetime, grace: timedelta
) -> models.Attempt:
    """The attempt, closed if its time and ``grace`` are over; it may have been given more."""
    learner, attempt = held(session, attempt_id)
    if not timing.is_past_grace(attempt.ends_at, now, grace):
        return attempt
    return _closed(session, learner, attempt, now, "deadline")


def _seconds_used(attempt: models.Attempt, graded: Graded) -> int:
    """Of a timed attempt the time it ran, pauses left out; of an untimed one that on questions."""
    if attempt.ends_at is None or attempt.finished_at is None:
        return graded.seconds_on_questions
    elapsed = (attempt.finished_at - attempt.started_at).total_seconds()
    return max(0, int(elapsed) - attempt.paused_seconds)


def close_if_overdue(
    session: Session, user_id: int, attempt_id: int, now: datetime, grace: timedelta
) -> models.Attempt:
    """The person's attempt, closed when its time and grace are over. Raises NotFoundError."""
    attempt = find_for(session, user_id, attempt_id)
    if attempt.finished_at is None and timing.is_past_grace(attempt.ends_at, now, grace):
        return close_overdue(session, attempt_id, now, grace)
    return attempt


def held(
    session: Session, attempt_id: int, user_id: int | None = None
) -> tuple[Learner, models.Attempt]:
    """The learner, then the attempt, locked in the order of starting: neither waits in vain.

    Raises NotFoundError when it is not the attempt of ``user_id``, where one is named.
    """
    found = session.connection().execute(_LEARNER, {"attempt_id": attempt_id}).one_or_none()
    learner = Learner(*_require(found))
    if user_id not in (None, learner.id):
        _require(None)
    return learner, session.scalars(_HELD, {"attempt_id": attempt_id}).one()


def _closed(
    session: Session,
    learner: Learner,
    attempt: models.Attempt,
    now: datetime,
    closed_by: str,
) -> models.Attempt:
    if attempt.finished_at is not None:
        return attempt
    clocks.end_pause(session, attempt, now)
    stages.catch_up(session, attempt, now)
    rules, taken_in = scoring_rules.of_plan(attempt.plan), evidence.count(session, learner.id)
    graded = grading.grade(session, attempt.id, rules, taken_in)
    # A machine whose clock was wrong, and is set right, may be earlier than its own past.
    attempt.finished_at = max(attempt.started_at, timing.finished_at(attempt.ends_at, now))
    attempt.closed_by = "deadline" if timing.is_over(attempt.ends_at, now) else closed_by
    grading.store_score(attempt, graded.score)
    attempt.answered_count = graded.score.count - graded.score.unanswered
    attempt.seconds_used = _seconds_used(attempt, graded)
    session.flush()
    grading_queue.add(session, attempt, graded.programs, now)
    skills.learn(session, learner, attempt, graded.observations)
    memories.take_in(session, learner.id, graded.answers)
    return attempt


_LEARNER = (
    select(models.User.id, models.User.target_role)
    .join(models.Attempt, models.Attempt.user_id == models.User.id)
    .where(models.Attempt.id == bindparam("attempt_id"))
    .with_for_update(of=models.User, key_share=True)
)
_OWN = select(models.Attempt).where(
    models.Attempt.id == bindparam("attempt_id"), models.Attempt.user_id == bindparam("user_id")
)
_OPEN = select(models.Attempt).where(
    models.Attempt.user_id == bindparam("user_id"),
    models.Attempt.quiz_id == bindparam("quiz_id"),
    models.Attempt.finished_at.is_(None),
)
_HELD = (
    select(models.Attempt)
    .where(models.Attempt.id == bindparam("attempt_id"))
    .with_for_update()
    .execution_options(populate_existing=True)
)


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


def item_of(response: models.Response) -> Item:
    """The item that was asked, with the numbers that were drawn for it."""
    revision = response.item_revision
    item = banks.parsed(revision.content_hash, revision.content)
    if response.draw is None:
        return item
    return draws.with_numbers(revision.content_hash, item, response.draw)


def _new_attempt(
    user_id: int,
    quiz: models.Quiz,
    plan: QuizPlan,
    title: str,
    drawn: Sequence[PoolItem],
    terms: Terms,
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
        ends_at=terms.ends_at(now),
        pause_left_seconds=int(terms.pause.total_seconds()),
        max_points=sum(item.points for item in drawn),
    )


_BLANK_RESPONSE = Batch(
    """
    INSERT INTO response (attempt_id, position, item_revision_id, draw, is_flagged, seconds_spent,
        save_count, saved_sequence, max_points)
    VALUES (:attempt, :position, :revision, :draw, :no, 0, 0, 0, :points)
    """
)


def _blank_responses(
    session: Session, attempt: models.Attempt, drawn: Sequence[PoolItem]
) -> list[dict[str, object]]:
    return [
        {
            "attempt": attempt.id,
            "position": position,
            "revision": item.revision_id,
            "draw": _numbers(session, attempt.seed, position, item),
            "no": False,
            "points": item.points,
        }
        for position, item in enumerate(drawn, start=1)
    ]


def _numbers(session: Session, seed: int, position: int, item: PoolItem) -> str | None:
    if item.template_hash is None:
        return None
    template = banks.item_of(session, item.template_hash, None)
    return draws.draw(item.template_hash, template, seed, position)


Row = TypeVar("Row")


def _require(found: Row | None) -> Row:
    if found is None:
        raise NotFoundError("There is no such attempt, or no such question in it, among yours.")
    return found
