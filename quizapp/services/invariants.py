"""What must be true of the stored attempts whatever happened: each rule, and where it is broken."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, Select, Text, and_, case, cast, func, or_, select
from sqlalchemy.orm import Session

from quizapp.db import condition, models
from quizapp.db.elapsed import SecondsBetween
from quizapp.services import grading_rules, images, mark_rules, stage_rules

MOST_PLACES = 5
ROUNDING = 0.006
"""Points are stored rounded to hundredths."""
CLOCK_SECONDS = 0.001

Conditions: TypeAlias = Mapping[str, ColumnElement[bool]]
Sweep: TypeAlias = tuple[Select[*tuple[Any, ...]], Conditions]
"""The places where one of several rules is broken, and what is broken where its condition holds."""
Attempt, Response, Change = models.Attempt, models.Response, models.ResponseChange


@dataclass
class Breach:
    """A rule that is broken, in how many places, and the first of them."""

    what: str
    count: int = 0
    places: list[str] = field(default_factory=list)

    def add(self, place: Sequence[int]) -> None:
        """One more: an attempt, or a question of it."""
        self.count += 1
        if len(self.places) < MOST_PLACES:
            self.places.append(", question ".join(map(str, place)))

    def __str__(self) -> str:
        more = self.count - len(self.places)
        rest = f"; and {more} more" if more else ""
        return f"{self.what}: attempt {'; attempt '.join(self.places)}{rest}."


def breaches(
    session: Session, now: datetime, grace: timedelta, closing_takes: timedelta = timedelta(0)
) -> list[str]:
    """A sentence for every rule that does not hold; none when all is well.

    ``grace`` is that of late saves; an overdue attempt is closed ``closing_takes`` later at most.
    Each rule is one pass over its tables, and no row is read that keeps them.
    """
    found = condition.damage(session.connection())
    for places, conditions in (
        _attempts(now, grace + closing_takes),
        _responses(),
        _records(grace),
        _open_attempts(),
        _time_changes(),
        _pauses(),
        mark_rules.places_and_rules(),
        grading_rules.places_and_rules(),
        stage_rules.of_attempts(),
        stage_rules.of_changes(grace),
        stage_rules.of_checks(),
    ):
        found += map(str, _sweep(session, places, conditions))
    return [*found, *images.damaged(session)]


def newest(session: Session) -> datetime | None:
    """When something was stored last; None when nothing was."""
    stored = (
        select(func.max(models.SignIn.last_seen_at)),
        select(func.max(Attempt.started_at)),
        select(func.max(models.QuestionLoad.loaded_at)),
    )
    return max(filter(None, map(session.scalar, stored)), default=None)


def count_attempts(session: Session) -> int:
    """How many attempts there are."""
    return session.scalar(select(func.count()).select_from(Attempt)) or 0


def _sweep(
    session: Session, places: Select[*tuple[Any, ...]], conditions: Conditions
) -> Iterable[Breach]:
    """What of ``conditions`` is true, and at which of ``places``; None counts as false."""
    labelled = [
        case((each, 1), else_=0).label(f"r{n}") for n, each in enumerate(conditions.values())
    ]
    rows = session.execute(places.add_columns(*labelled).execution_options(yield_per=1000))
    found = [Breach(what) for what in conditions]
    for row in rows:
        place, flags = row[: -len(found)], row[-len(found) :]
        for breach, is_broken in zip(found, flags, strict=True):
            if is_broken:
                breach.add(place)
    return [breach for breach in found if breach.count]


def _attempts(now: datetime, patience: timedelta) -> Sweep:
    """Each attempt with all its responses."""
    records = _readiness(models.ReadinessRecord.attempt_id == Attempt.id)
    is_finished, is_open = Attempt.finished_at.is_not(None), Attempt.finished_at.is_(None)
    count, graded = func.count(Response.position), func.count(Response.score)
    scored = func.count(case((Response.max_points > 0, Response.position)))
    is_evidence = and_(Response.value.is_not(None), Response.score.is_not(None))
    answered = func.count(case((is_evidence, Response.saved_at)))
    numbered, points = func.count(Response.evidence_number), func.sum(Response.points)
    conditions = {
        "Questions that are not numbered from 1 without a gap": or_(
            count == 0, func.min(Response.position) != 1, func.max(Response.position) != count
        ),
        "Finished, but with responses that have no score": and_(
            is_finished, scored - graded != Attempt.awaiting_count
        ),
        "Points of what awaits a mark that are not their sum": and_(
            is_finished,
            _differ(
                Attempt.awaiting_points,
                func.sum(case((Response.score.is_(None), Response.max_points), else_=0.0)),
            ),
        ),
        "Graded, but still open": and_(is_open, graded > 0),
        "Points that are not the sum over the responses": _differ(
            Attempt.points, case((points < 0, 0.0), else_=points)
        ),
        "Scores without points, or points without a score": graded != func.count(Response.points),
        "A maximum that is not the sum of the points": _differ(
            Attempt.max_points, func.sum(Response.max_points)
        ),
        "Finished with answers, but without a record of readiness": and_(
            is_finished, answered > 0, records == 0
        ),
        "Scored answers that have no place in the order of evidence": numbered != answered,
        "More than one record of readiness": records > 1,
        "A record of readiness, though still open": and_(is_open, records > 0),
        "Open, though the time was up long ago": and_(is_open, Attempt.ends_at <= now - patience),
        "Finished, but paused": and_(is_finished, Attempt.paused_at.is_not(None)),
    }
    places = (
        select(Attempt.id)
        .outerjoin(Response, Response.attempt_id == Attempt.id)
        .group_by(Attempt.id)
        .having(or_(*conditions.values()))
    )
    return places, conditions


def _responses() -> Sweep:
    """Each response with the change of which it is the result."""
    conditions = {
        "A response that its record does not know": and_(
            Response.save_count > 0, Change.number.is_(None)
        ),
        "A response that is not what its record says": and_(
            Change.number.is_not(None),
            or_(
                cast(Response.value, Text).is_distinct_from(cast(Change.value, Text)),
                Response.is_flagged != Change.is_flagged,
                Response.confidence.is_distinct_from(Change.confidence),
            ),
        ),
        "An answer that nobody saved": and_(Response.save_count == 0, Response.value.is_not(None)),
        "Points where nothing is asked, or none where something is": (Response.max_points > 0)
        != (models.ItemRevision.points > 0),
    }
    latest = and_(
        Change.attempt_id == Response.attempt_id,
        Change.position == Response.position,
        Change.number == Response.save_count,
    )
    places = (
        select(Response.attempt_id, Response.position)
        .join(models.ItemRevision, models.ItemRevision.id == Response.item_revision_id)
        .outerjoin(Change, latest)
    )
    return places.where(or_(*conditions.values())), conditions


def _records(grace: timedelta) -> Sweep:
    """The record of each response.

    Of answers older than the record, migration 0002 noted the last one alone, so that a record may
    begin with a higher number than 1.
    """
    late = SecondsBetween(func.max(Attempt.finished_at), func.max(Change.at))
    number = Change.number
    conditions = {
        "A record with a gap": func.max(number) - func.min(number) + 1 != func.count(),
        "A record that goes on after its response": func.max(number)
        > func.max(Response.save_count),
        "A change after the end and its grace": late > grace.total_seconds() + CLOCK_SECONDS,
    }
    of_response = and_(
        Response.attempt_id == Change.attempt_id, Response.position == Change.position
    )
    places = (
        select(Change.attempt_id, Change.position)
        .join(Response, of_response)
        .join(Attempt, Attempt.id == Change.attempt_id)
        .group_by(Change.attempt_id, Change.position)
        .having(or_(*conditions.values()))
    )
    return places, conditions


def _open_attempts() -> Sweep:
    """The open attempts of each learner at each quiz."""
    is_doubled = func.count() > 1
    places = (
        select(func.max(Attempt.id))
        .where(Attempt.finished_at.is_(None))
        .group_by(Attempt.user_id, Attempt.quiz_id)
        .having(is_doubled)
    )
    return places, {"Open beside another attempt of the learner at the quiz": is_doubled}


def _time_changes() -> Sweep:
    """Each change of a deadline with the one before and after it."""
    change = models.TimeChange
    chained = select(
        change.attempt_id,
        change.old_ends_at,
        change.new_ends_at,
        func.row_number().over(partition_by=change.attempt_id, order_by=change.id).label("number"),
        func.lag(change.new_ends_at)
        .over(partition_by=change.attempt_id, order_by=change.id)
        .label("before"),
        func.lead(change.id)
        .over(partition_by=change.attempt_id, order_by=change.id)
        .label("next_id"),
    ).subquery()
    row = chained.c
    conditions = {
        "A change of time that does not begin where the one before ended": and_(
            row.number > 1, row.old_ends_at.is_distinct_from(row.before)
        ),
        "A deadline that is not what the last change of time says": and_(
            row.next_id.is_(None), row.new_ends_at.is_distinct_from(Attempt.ends_at)
        ),
    }
    places = select(row.attempt_id).join(Attempt, Attempt.id == row.attempt_id)
    return places.where(or_(*conditions.values())), conditions


def _pauses() -> Sweep:
    """Each attempt with the last pause or resumption in its changes of time."""
    change = models.TimeChange
    latest = (
        select(func.max(change.id).label("id"))
        .where(change.kind.in_(("pause", "resumption")))
        .group_by(change.attempt_id)
        .subquery()
    )
    last = select(change).join(latest, latest.c.id == change.id).subquery()
    is_pause = last.c.kind == "pause"
    conditions = {
        "A pause that no change of time notes": and_(
            Attempt.paused_at.is_not(None),
            or_(last.c.id.is_(None), last.c.kind != "pause", last.c.at != Attempt.paused_at),
        ),
        "Not paused, though its last pause has no end": and_(Attempt.paused_at.is_(None), is_pause),
    }
    places = select(Attempt.id).outerjoin(last, last.c.attempt_id == Attempt.id)
    return places.where(or_(*conditions.values())), conditions


def _differ(stored: Any, computed: Any) -> ColumnElement[bool]:
    """True when both are there and differ by more than rounding."""
    is_far: ColumnElement[bool] = func.abs(stored - func.coalesce(computed, 0.0)) > ROUNDING
    return is_far


def _readiness(of_attempt: ColumnElement[bool]) -> Any:
    """How many records of readiness there are."""
    return (
        select(func.count())
        .select_from(models.ReadinessRecord)
        .where(of_attempt)
        .correlate(Attempt)
        .scalar_subquery()
    )
