"""Attempts and responses, and the records of what happened to them."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    SmallInteger,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from quizapp.db.base import Base
from quizapp.db.models.accounts import User
from quizapp.db.models.bank import ItemRevision
from quizapp.db.models.marks import Mark
from quizapp.db.models.quizzes import Quiz


class Attempt(Base):
    """One sitting. Open while ``finished_at`` is NULL; a learner has one open attempt per quiz.

    ``ends_at`` is the one deadline, NULL when untimed. A pause moves it at once to where it will be
    if the pause lasts as long as ``pause_left_seconds`` allow; going on early moves it back.
    ``paused_seconds`` are the pauses that have ended. ``answered_count`` and ``seconds_used`` are
    set when it is graded: of a timed attempt the time it ran, of an untimed one that on questions.
    Of a finished attempt ``awaiting_count`` responses, worth ``awaiting_points``, have no score
    yet; ``points`` are those on the others.

    ``stages`` are the ranges of positions that are open one after the other, NULL when all are
    always open; the one of ``stage_first`` is open, until ``stage_ends_at`` where it has a time of
    its own. Of the one before, which begins at ``lapsed_first``, the time was over at
    ``lapsed_at``; NULL when the learner moved on.
    """

    __tablename__ = "attempt"
    __table_args__ = (
        CheckConstraint("ends_at > started_at", name="ends_after_start"),
        CheckConstraint("finished_at >= started_at", name="finished_after_start"),
        CheckConstraint("finished_at <= ends_at", name="finished_by_deadline"),
        CheckConstraint("(finished_at IS NULL) = (points IS NULL)", name="scored_when_finished"),
        CheckConstraint("(finished_at IS NULL) = (closed_by IS NULL)", name="closed_when_finished"),
        CheckConstraint("closed_by IN ('learner', 'deadline')", name="closed_by_is_known"),
        CheckConstraint("points >= 0 AND points <= max_points", name="points_within_maximum"),
        CheckConstraint("pause_left_seconds >= 0", name="pause_left_is_not_negative"),
        CheckConstraint("paused_seconds >= 0", name="paused_is_not_negative"),
        CheckConstraint("answered_count >= 0", name="answered_count_is_not_negative"),
        CheckConstraint("seconds_used >= 0", name="seconds_used_is_not_negative"),
        CheckConstraint(
            "awaiting_count = 0 OR (awaiting_count > 0 AND finished_at IS NOT NULL)",
            name="awaiting_only_when_finished",
        ),
        CheckConstraint(
            "awaiting_points BETWEEN 0 AND max_points"
            " AND (awaiting_count > 0 OR awaiting_points = 0)",
            name="awaiting_points_are_of_answers",
        ),
        CheckConstraint("stage_first >= 1", name="stage_first_counts_from_1"),
        CheckConstraint(
            "(stage_first IS NULL) = (stage_last IS NULL) AND stage_first <= stage_last",
            name="stage_is_a_range",
        ),
        CheckConstraint(
            "stage_ends_at <= ends_at AND (stage_ends_at IS NULL OR stage_first IS NOT NULL)",
            name="stage_ends_by_deadline",
        ),
        CheckConstraint("lapsed_first < stage_first", name="lapsed_comes_before"),
        CheckConstraint("(lapsed_at IS NULL) = (lapsed_first IS NULL)", name="lapsed_has_a_time"),
        Index(
            "uq_attempt_open",
            "user_id",
            "quiz_id",
            unique=True,
            sqlite_where=text("finished_at IS NULL"),
            postgresql_where=text("finished_at IS NULL"),
        ),
        Index(  # by the first two; the others are read from it too
            "ix_attempt_user_finished",
            "user_id",
            "finished_at",
            "quiz_id",
            "seconds_used",
            "answered_count",
            "points",
            "max_points",
            "awaiting_points",
        ),
        Index(
            "ix_attempt_overdue",
            "ends_at",
            sqlite_where=text("finished_at IS NULL"),
            postgresql_where=text("finished_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    quiz_id: Mapped[int] = mapped_column(ForeignKey("quiz.id"))
    quiz: Mapped[Quiz] = relationship()
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    user: Mapped[User] = relationship()
    title: Mapped[str] = mapped_column(String(200))
    plan: Mapped[dict[str, Any]]
    seed: Mapped[int]
    """Seeds the order of options: below 2**31, never shown."""
    started_at: Mapped[datetime]
    ends_at: Mapped[datetime | None]
    paused_at: Mapped[datetime | None]
    pause_left_seconds: Mapped[int] = mapped_column(default=0, server_default="0")
    paused_seconds: Mapped[int] = mapped_column(default=0, server_default="0")
    stages: Mapped[list[Any] | None]
    stage_first: Mapped[int | None]
    stage_last: Mapped[int | None]
    stage_ends_at: Mapped[datetime | None]
    lapsed_first: Mapped[int | None]
    lapsed_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    closed_by: Mapped[str | None] = mapped_column(String(10))
    points: Mapped[float | None]
    max_points: Mapped[float]
    answered_count: Mapped[int] = mapped_column(default=0, server_default="0")
    seconds_used: Mapped[int] = mapped_column(default=0, server_default="0")
    awaiting_count: Mapped[int] = mapped_column(default=0, server_default="0")
    awaiting_points: Mapped[float] = mapped_column(default=0.0, server_default="0")
    responses: Mapped[list["Response"]] = relationship(order_by="Response.position")


class Response(Base):
    """One question of an attempt, and what the learner gave; ``value`` NULL while nothing is given.

    Rows are made when the attempt starts, with the ``draw``: the numbers of an item with
    parameters, as JSON, which a trigger keeps as they are. ``save_count`` counts the saves that
    changed the value, the flag or the confidence; ``saved_by`` is the page whose save came last,
    and ``saved_sequence`` the place of that save among its own. ``confidence`` is how sure the
    learner is: 1 guessing to 3 sure, NULL where they did not say. ``max_points`` is what the
    question is worth in this attempt, 0 where nothing is asked. ``score`` (0..1) is set when the
    attempt is graded, or later where the answer awaits a mark, and so is ``points``: what it counts
    for, perhaps below 0. Where nothing is asked both stay NULL. ``evidence_number`` is set with the
    first score of an answer: the how-manieth answer of the learner it was that the beliefs took in.
    """

    __tablename__ = "response"
    __table_args__ = (
        UniqueConstraint("attempt_id", "item_revision_id"),
        CheckConstraint("position >= 1", name="position_counts_from_1"),
        CheckConstraint("score BETWEEN 0 AND 1", name="score_is_a_share"),
        CheckConstraint("seconds_spent >= 0", name="seconds_spent_is_not_negative"),
        CheckConstraint("confidence BETWEEN 1 AND 3", name="confidence_is_known"),
        CheckConstraint("max_points >= 0", name="max_points_are_not_negative"),
        CheckConstraint(
            "max_points > 0 OR (value IS NULL AND score IS NULL AND points IS NULL"
            " AND confidence IS NULL AND NOT is_flagged)",
            name="nothing_is_given_where_nothing_is_asked",
        ),
        CheckConstraint(
            "points BETWEEN -2 * max_points AND max_points", name="points_within_maximum"
        ),
        CheckConstraint("evidence_number >= 1", name="evidence_number_counts_from_1"),
    )

    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempt.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    item_revision_id: Mapped[int] = mapped_column(ForeignKey("item_revision.id"), index=True)
    item_revision: Mapped[ItemRevision] = relationship()
    draw: Mapped[str | None] = mapped_column(Text)
    value: Mapped[Any | None] = mapped_column(JSON(none_as_null=True))
    is_flagged: Mapped[bool] = mapped_column(default=False)
    seconds_spent: Mapped[int] = mapped_column(default=0)
    save_count: Mapped[int] = mapped_column(default=0)
    saved_at: Mapped[datetime | None]
    saved_by: Mapped[str | None] = mapped_column(String(36))
    saved_sequence: Mapped[int] = mapped_column(default=0)
    checked_at: Mapped[datetime | None]
    """When the learner saw what is right: from then on the answer stays as it is."""
    score: Mapped[float | None]
    confidence: Mapped[int | None] = mapped_column(SmallInteger)
    max_points: Mapped[float] = mapped_column(default=1.0, server_default="1")
    points: Mapped[float | None]
    evidence_number: Mapped[int | None]
    marks: Mapped[list[Mark]] = relationship(order_by=Mark.kind, viewonly=True)


class ResponseChange(Base):
    """One accepted change of a response, never rewritten (a trigger refuses): the audit record.

    ``number`` is the response's ``save_count`` after it; the row of the highest number says what
    the response holds. ``is_late`` when it came in the grace after the deadline.
    """

    __tablename__ = "response_change"
    __table_args__ = (
        ForeignKeyConstraint(
            ["attempt_id", "position"],
            ["response.attempt_id", "response.position"],
            ondelete="CASCADE",
        ),
        CheckConstraint("number >= 1", name="number_counts_from_1"),
        CheckConstraint("confidence BETWEEN 1 AND 3", name="confidence_is_known"),
        {"sqlite_with_rowid": False},
    )

    attempt_id: Mapped[int] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    made_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    made_by: Mapped[User] = relationship()
    client: Mapped[str | None] = mapped_column(String(36))
    value: Mapped[Any | None] = mapped_column(JSON(none_as_null=True))
    is_flagged: Mapped[bool]
    is_late: Mapped[bool]
    confidence: Mapped[int | None] = mapped_column(SmallInteger)


class RecoveredResponse(Base):
    """What came after the attempt took no more answers: kept and shown, never counted."""

    __tablename__ = "recovered_response"
    __table_args__ = (
        ForeignKeyConstraint(
            ["attempt_id", "position"],
            ["response.attempt_id", "response.position"],
            ondelete="CASCADE",
        ),
        Index("ix_recovered_response_place", "attempt_id", "position"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    attempt_id: Mapped[int]
    position: Mapped[int]
    value: Mapped[Any | None] = mapped_column(JSON(none_as_null=True))
    received_at: Mapped[datetime]
    client: Mapped[str | None] = mapped_column(String(36))


class TimeChange(Base):
    """One change of an attempt's deadline or stage: time added, a pause, going on after it, moving
    on to the stage that begins at ``stage_first``, or a stage whose time was over (lapse).
    """

    __tablename__ = "time_change"
    __table_args__ = (
        UniqueConstraint("attempt_id", "stage_first"),
        CheckConstraint(
            "kind IN ('added', 'pause', 'resumption', 'stage', 'lapse')", name="kind_is_known"
        ),
        CheckConstraint(
            "(kind IN ('stage', 'lapse')) = (stage_first IS NOT NULL)", name="stages_have_a_place"
        ),
        CheckConstraint(
            "(old_ends_at IS NULL) = (new_ends_at IS NULL)", name="stays_timed_or_untimed"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    attempt_id: Mapped[int] = mapped_column(
        ForeignKey("attempt.id", ondelete="CASCADE"), index=True
    )
    at: Mapped[datetime]
    made_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    made_by: Mapped[User] = relationship()
    kind: Mapped[str] = mapped_column(String(10))
    old_ends_at: Mapped[datetime | None]
    new_ends_at: Mapped[datetime | None]
    reason: Mapped[str] = mapped_column(String(200), default="")
    stage_first: Mapped[int | None]
