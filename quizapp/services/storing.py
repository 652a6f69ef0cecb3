"""The statements that store a response: one checks and stores, one adds to the record."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, TypeAlias

from sqlalchemy import Boolean, ColumnClause, TextualSelect, bindparam, column, text
from sqlalchemy.orm import Session

from quizapp.db.base import UtcDateTime
from quizapp.db.batch import Batch
from quizapp.domain import timing
from quizapp.domain.interactions import Nothing, Posted
from quizapp.services import layouts, sign_ins
from quizapp.services.layouts import Layout
from quizapp.services.sign_ins import Proof

UNSEEN = -1

Sender: TypeAlias = int | Proof
"""Who saves: a person's id, known already, or a sign-in to be checked."""


@dataclass(frozen=True)
class Stamp:
    """What the sender of a save knew, so that an older save never replaces a newer one.

    ``seen`` is the ``save_count`` of the answer it began from; None replaces whatever is stored.
    ``client`` names a page with a script, whose saves count up in ``sequence``; "" is a plain form.
    """

    seen: int | None = None
    client: str = ""
    sequence: int = 0


@dataclass(frozen=True)
class Input:
    """What a learner posted for one question; ``is_flagged`` None leaves the flag as it is.

    So does None as ``confidence``, which is 1 (guessing) to 3 (sure).
    ``revision`` is the item revision that the page showed; None where it does not say. SQLite gives
    the id of an attempt that was thrown away to the next one.
    """

    fields: Posted
    seconds_spent: int = 0
    is_flagged: bool | None = None
    stamp: Stamp = Stamp()
    revision: int | None = None
    confidence: int | None = None


@dataclass(frozen=True)
class Saved:
    """What the server has now; ``is_superseded`` when that is a later save of the same page.

    ``is_paused`` when the attempt stands still, and this was under way. ``stage_first`` is where
    the stage begins that is stored as open, and ``stage_ends_at`` its own end, if it has any.
    """

    saved_at: datetime
    ends_at: datetime | None
    is_answered: bool
    save_count: int
    is_superseded: bool = False
    is_paused: bool = False
    stage_first: int | None = None
    stage_ends_at: datetime | None = None


def store(
    session: Session,
    sender: Sender,
    attempt_id: int,
    layout: Layout,
    position: int,
    given: Input,
    now: datetime,
    grace: timedelta,
) -> Saved | None:
    """What is stored now; None when nothing was: the attempt is not this sender's or takes no more,
    something newer is stored, or ``layout`` is not this attempt's. Raises NotFoundError.
    """
    if given.revision not in (None, layout.at(position).revision_id):
        return None
    shown = layouts.shown_at(session, layout, position)
    if isinstance(shown, Nothing):  # whatever a form that is not ours may say
        given = replace(given, is_flagged=None, confidence=None)
    value = shown.read(given.fields)
    parameters = {
        "attempt": attempt_id,
        "position": position,
        "seed": layout.seed,
        "revision": layout.at(position).revision_id,
        "user": layout.user_id,
        "value": None if value is None else json.dumps(value),
        "flag": given.is_flagged,
        "confidence": given.confidence,
        "now": now,
        "ended_after": now - grace,
        "client": given.stamp.client or None,
        "sequence": given.stamp.sequence,
        "seen": UNSEEN if given.stamp.seen is None else given.stamp.seen,
        "seconds": min(given.seconds_spent, int((now - layout.started_at).total_seconds())),
        **_identity(sender),
    }
    connection = session.connection()
    statements = _STATEMENTS[connection.dialect.name]
    storing = statements.by_sign_in if isinstance(sender, Proof) else statements.by_person
    row = connection.execute(storing, parameters).one_or_none()
    if row is None:
        return None
    number, is_flagged, confidence, ends_at, paused_at, stage_first, stage_ends_at = row
    if number:
        is_late = timing.is_over(ends_at, now)
        kept = {"is_flagged": is_flagged, "confidence": confidence}
        more = {"number": number, "is_late": is_late, **kept}
        statements.recording.run(connection, [{**parameters, **more}])
    return Saved(
        now,
        ends_at,
        value is not None,
        number,
        is_paused=paused_at is not None,
        stage_first=stage_first,
        stage_ends_at=stage_ends_at,
    )


def _identity(sender: Sender) -> Mapping[str, object]:
    return sender.parameters() if isinstance(sender, Proof) else {"sender": sender}


# Written out, because building them anew for each save takes as long as storing. The dialects
# differ in how JSON is given and compared, and in that SQLite has one writer anyway, while
# PostgreSQL must keep the attempt from being closed until this is stored.
_STORING = """
UPDATE response SET
    value = {value},
    is_flagged = coalesce(:flag, is_flagged),
    confidence = coalesce(:confidence, confidence),
    save_count = save_count + CASE
        WHEN CAST(value AS TEXT) {is_same} CAST(:value AS TEXT)
            AND is_flagged = coalesce(:flag, is_flagged)
            AND confidence {is_same} coalesce(:confidence, confidence)
        THEN 0 ELSE 1 END,
    saved_at = :now,
    saved_by = :client,
    saved_sequence = :sequence,
    seconds_spent = CASE WHEN seconds_spent > :seconds THEN seconds_spent ELSE :seconds END
WHERE attempt_id = (
        SELECT attempt.id FROM attempt
        WHERE attempt.id = :attempt AND attempt.seed = :seed AND attempt.finished_at IS NULL
            AND (attempt.ends_at IS NULL OR attempt.ends_at > :ended_after)
            AND (attempt.paused_at IS NULL OR attempt.paused_at > :ended_after)
            AND (attempt.stage_first IS NULL
                OR :position BETWEEN attempt.stage_first AND attempt.stage_last
                    AND (attempt.stage_ends_at IS NULL OR attempt.stage_ends_at > :ended_after)
                OR :position >= attempt.lapsed_first AND :position < attempt.stage_first
                    AND attempt.lapsed_at > :ended_after)
            AND {is_senders}
        {lock}
    )
    AND position = :position AND item_revision_id = :revision AND checked_at IS NULL
    AND (
        :seen = -1 OR save_count = :seen
        OR (saved_by = :client AND saved_sequence < :sequence)
    )
    AND NOT coalesce(saved_by = :client AND saved_sequence > :sequence, false)
RETURNING save_count, is_flagged, confidence,
    (SELECT attempt.ends_at FROM attempt WHERE attempt.id = attempt_id) AS ends_at,
    (SELECT attempt.paused_at FROM attempt WHERE attempt.id = attempt_id) AS paused_at,
    (SELECT attempt.stage_first FROM attempt WHERE attempt.id = attempt_id) AS stage_first,
    (SELECT attempt.stage_ends_at FROM attempt WHERE attempt.id = attempt_id) AS stage_ends_at
"""

# A save that changed nothing has a number that is there already.
_RECORDING = """
INSERT INTO response_change
    (attempt_id, position, number, at, made_by_id, client, value, is_flagged, is_late,
    confidence)
VALUES (:attempt, :position, :number, :now, :user, :client, {value}, :is_flagged, :is_late,
    :confidence)
ON CONFLICT DO NOTHING
"""

_IS_PERSONS = "attempt.user_id = :sender"
_IS_SIGN_INS = sign_ins.holds("attempt.user_id")


@dataclass(frozen=True)
class _Statements:
    """The statements in one dialect."""

    by_person: TextualSelect
    by_sign_in: TextualSelect
    recording: Batch


def _statements(**dialect: str) -> _Statements:
    moments = [bindparam(name, type_=UtcDateTime()) for name in ("now", "ended_after")]
    found: tuple[ColumnClause[Any], ...] = (
        column("save_count"),
        column("is_flagged", Boolean()),
        column("confidence"),
        column("ends_at", UtcDateTime()),
        column("paused_at", UtcDateTime()),
        column("stage_first"),
        column("stage_ends_at", UtcDateTime()),
    )
    by_person = text(_STORING.format(is_senders=_IS_PERSONS, **dialect))
    by_sign_in = text(_STORING.format(is_senders=_IS_SIGN_INS, **dialect))
    return _Statements(
        by_person.bindparams(*moments).columns(*found),
        by_sign_in.bindparams(*moments, *sign_ins.PARAMETERS).columns(*found),
        Batch(_RECORDING.format(**dialect), now=UtcDateTime()),
    )


_STATEMENTS = {
    "sqlite": _statements(value=":value", is_same="IS", lock=""),
    "postgresql": _statements(
        value="CAST(CAST(:value AS TEXT) AS JSON)",
        is_same="IS NOT DISTINCT FROM",
        lock="FOR KEY SHARE OF attempt",
    ),
}
