"""All that is stored about a person, to keep or to take elsewhere."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, defer, joinedload

from quizapp.db import models
from quizapp.services import skill_claims, study_settings


def export(session: Session, user: models.User) -> dict[str, Any]:
    """Everything that is stored about the person, fit for JSON."""
    settings = study_settings.find(session, user.id)
    return {
        "account": {
            "email": user.email,
            "name": user.name,
            "role": user.role,
            "target_role": user.target_role,
            "interview_on": user.interview_on.isoformat() if user.interview_on else None,
            "created_at": user.created_at.isoformat(),
            "minutes_a_day": settings.minutes,
            "rest_weekdays": sorted(settings.rest_weekdays),
        },
        "attempts": _all_exported(session, user.id),
        "skills": [_exported_belief(row) for row in _all_beliefs(session, user.id)],
        "memories": [_exported_memory(*row) for row in _all_memories(session, user.id)],
        "mistake_notes": [_exported_note(*row) for row in _all_notes(session, user.id)],
        "skill_claims": _exported_claims(session, user.id),
        "readiness": [_exported_readiness(row) for row in _all_readiness(session, user.id)],
        "sign_ins": [_exported_sign_in(row) for row in _all_sign_ins(session, user.id)],
        "uploads": [_exported_upload(row) for row in _all_uploads(session, user.id)],
    }


def export_rows(session: Session, user_id: int) -> Iterator[dict[str, Any]]:
    """One flat row for each response of the person, the oldest attempt first."""
    for attempt in _all_attempts(session, user_id):
        head = {
            "attempt": attempt.id,
            "title": attempt.title,
            "started_at": attempt.started_at.isoformat(),
            "finished_at": attempt.finished_at.isoformat() if attempt.finished_at else "",
        }
        for response in attempt.responses:
            row = _exported_response(response, is_open=attempt.finished_at is None)
            yield head | row | _flat_marks(response.marks)


def _all_attempts(session: Session, user_id: int) -> Sequence[models.Attempt]:
    return (
        session.scalars(
            select(models.Attempt)
            .options(
                joinedload(models.Attempt.responses).options(
                    joinedload(models.Response.marks),
                    joinedload(models.Response.item_revision).options(
                        defer(models.ItemRevision.content), joinedload(models.ItemRevision.item)
                    ),
                )
            )
            .where(models.Attempt.user_id == user_id)
            .order_by(models.Attempt.id)
        )
        .unique()
        .all()
    )


def _all_beliefs(session: Session, user_id: int) -> Sequence[models.SkillBelief]:
    return session.scalars(
        select(models.SkillBelief)
        .where(models.SkillBelief.user_id == user_id)
        .order_by(models.SkillBelief.node)
    ).all()


def _exported_claims(session: Session, user_id: int) -> list[dict[str, Any]]:
    return [
        {"skill": skill_id, "kind": claim.kind, "said_at": claim.said_at.isoformat()}
        for skill_id, claim in sorted(skill_claims.of(session, user_id).items())
    ]


def _all_exported(session: Session, user_id: int) -> list[dict[str, Any]]:
    found = {(each.attempt_id, each.position): each for each in _all_verdicts(session, user_id)}
    return [_exported(attempt, found) for attempt in _all_attempts(session, user_id)]


def _all_verdicts(session: Session, user_id: int) -> Sequence[models.Verdict]:
    return session.scalars(
        select(models.Verdict)
        .join(models.Attempt, models.Attempt.id == models.Verdict.attempt_id)
        .where(models.Attempt.user_id == user_id)
    ).all()


def _exported(
    attempt: models.Attempt, verdicts: Mapping[tuple[int, int], models.Verdict]
) -> dict[str, Any]:
    return {
        "id": attempt.id,
        "title": attempt.title,
        "started_at": attempt.started_at.isoformat(),
        "ends_at": attempt.ends_at.isoformat() if attempt.ends_at else None,
        "finished_at": attempt.finished_at.isoformat() if attempt.finished_at else None,
        "points": attempt.points,
        "max_points": attempt.max_points,
        "awaiting_count": attempt.awaiting_count,
        "responses": [
            _exported_response(response, is_open=attempt.finished_at is None)
            | {"marks": [_exported_mark(mark) for mark in response.marks]}
            | {"verdict": _exported_verdict(verdicts.get((attempt.id, response.position)))}
            for response in attempt.responses
        ],
    }


def _exported_response(response: models.Response, *, is_open: bool) -> dict[str, Any]:
    """What is stored of a response. While its attempt is open neither the item's name nor authored
    places are told: authors name questions after their answers and put the key first.
    """
    return {
        "position": response.position,
        "item": None if is_open else response.item_revision.item.slug,
        "type": response.item_revision.kind,
        "numbers": None if is_open or response.draw is None else json.loads(response.draw),
        "response": None if is_open else response.value,
        "score": response.score,
        "points": response.points,
        "max_points": response.max_points,
        "confidence": response.confidence,
        "seconds_spent": response.seconds_spent,
        "is_flagged": response.is_flagged,
        "saved_at": response.saved_at.isoformat() if response.saved_at else None,
        "checked_at": response.checked_at.isoformat() if response.checked_at else None,
    }


def _exported_mark(mark: models.Mark) -> dict[str, Any]:
    return {
        "kind": mark.kind,
        "points": mark.points,
        "score": mark.score,
        "comment": mark.comment,
        "at": mark.at.isoformat(),
    }


def _exported_verdict(verdict: models.Verdict | None) -> dict[str, Any] | None:
    """What became of the program; of hidden groups no more than counts is stored."""
    if verdict is None:
        return None
    return {
        "score": verdict.score,
        "groups": verdict.groups,
        "engine": verdict.engine,
        "graded_at": verdict.graded_at.isoformat(),
    }


def _flat_marks(marks: Sequence[models.Mark]) -> dict[str, Any]:
    """The scores of the learner's own and the instructor's mark, and the comment, as columns."""
    by_kind = {mark.kind: mark for mark in marks}
    own, instructors = by_kind.get("self"), by_kind.get("instructor")
    return {
        "self_score": own.score if own else None,
        "instructor_score": instructors.score if instructors else None,
        "comment": instructors.comment if instructors else "",
    }


def _exported_belief(row: models.SkillBelief) -> dict[str, Any]:
    return {
        "node": row.node,
        "mean": row.mean,
        "variance": row.variance,
        "wins": row.wins,
        "fails": row.fails,
        "updated_at": row.updated_at.isoformat() if row.updated_at else None,
    }


def _all_memories(session: Session, user_id: int) -> Iterable[Any]:
    """Each memory with the item that it is of."""
    memory = models.ItemMemory
    query = select(memory, models.Item.slug).join(models.Item, models.Item.id == memory.item_id)
    return session.execute(query.where(memory.user_id == user_id).order_by(memory.item_id))


def _exported_memory(row: models.ItemMemory, item: str) -> dict[str, Any]:
    return {
        "item": item,
        "stability": row.stability,
        "difficulty": row.difficulty,
        "reviewed_at": row.reviewed_at.isoformat(),
        "due_at": row.due_at.isoformat(),
        "reviews": row.reviews,
        "wins": row.wins,
        "fails": row.fails,
        "last_score": row.last_score,
    }


def _all_notes(session: Session, user_id: int) -> Iterable[Any]:
    """Each note with the item that it is on."""
    note = models.MistakeNote
    query = select(note, models.Item.slug).join(models.Item, models.Item.id == note.item_id)
    return session.execute(query.where(note.user_id == user_id).order_by(note.item_id))


def _exported_note(row: models.MistakeNote, item: str) -> dict[str, Any]:
    return {
        "item": item,
        "cause": row.cause,
        "note": row.note,
        "written_at": row.written_at.isoformat(),
    }


def _all_readiness(session: Session, user_id: int) -> Sequence[models.ReadinessRecord]:
    of_person = models.ReadinessRecord.user_id == user_id
    in_order = models.ReadinessRecord.recorded_at
    return session.scalars(select(models.ReadinessRecord).where(of_person).order_by(in_order)).all()


def _all_sign_ins(session: Session, user_id: int) -> Sequence[models.SignIn]:
    of_person = models.SignIn.user_id == user_id
    return session.scalars(select(models.SignIn).where(of_person).order_by(models.SignIn.id)).all()


def _all_uploads(session: Session, user_id: int) -> Sequence[models.Upload]:
    of_person = models.Upload.user_id == user_id
    return session.scalars(select(models.Upload).where(of_person).order_by(models.Upload.id)).all()


def _exported_readiness(row: models.ReadinessRecord) -> dict[str, Any]:
    return {
        "attempt": row.attempt_id,
        "recorded_at": row.recorded_at.isoformat(),
        "value": row.value,
        "low": row.low,
        "high": row.high,
    }


def _exported_sign_in(row: models.SignIn) -> dict[str, Any]:
    return {
        "user_agent": row.user_agent,
        "created_at": row.created_at.isoformat(),
        "last_seen_at": row.last_seen_at.isoformat(),
    }


def _exported_upload(row: models.Upload) -> dict[str, Any]:
    return {
        "filename": row.filename,
        "text": row.text,
        "created_at": row.created_at.isoformat(),
        "published_at": row.published_at.isoformat() if row.published_at else None,
    }
