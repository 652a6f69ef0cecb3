"""The ready-made quizzes of a bank: as its head describes them, or one over everything."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from math import ceil

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from quizapp.db import models
from quizapp.domain.assembly import PlanSection, QuizPlan
from quizapp.domain.errors import ConflictError
from quizapp.domain.items import Item
from quizapp.domain.reading import QuizFields, SectionFields, SetHeader
from quizapp.domain.taxonomy import Taxonomy
from quizapp.services import bank_addresses

MOST_QUESTIONS = 20
LONGEST_MINUTES = 600


def publish(
    session: Session,
    bank: models.ItemBank,
    header: SetHeader,
    items: Sequence[Item],
    taxonomy: Taxonomy,
    now: datetime,
) -> None:
    """The bank's quizzes are those of ``header``, or one over everything; others retire.

    None asks for more than ``items`` hold. Raises ConflictError when an address leads elsewhere,
    or two of them would have the same.
    """
    wanted = at_slugs(header) or {header.id: _quiz_over_all(header, items)}
    bank_addresses.clear(session, wanted, bank)
    rows = session.scalars(select(models.Quiz).where(models.Quiz.bank_id == bank.id))
    known = {row.slug: row for row in rows}
    for slug, fields in wanted.items():
        row = known.pop(slug, None) or models.Quiz(slug=slug, kind="ready-made", created_at=now)
        row.bank_id, row.retired_at = bank.id, None
        row.title, row.description = fields.title, fields.description
        row.plan = _plan(bank.slug, fields, items, taxonomy).model_dump(mode="json")
        session.add(row)
    for row in known.values():
        row.retired_at = row.retired_at or now


def retire(session: Session, bank_id: int, now: datetime) -> None:
    """No quiz of the bank can be started."""
    of_bank = (models.Quiz.bank_id == bank_id, models.Quiz.retired_at.is_(None))
    session.execute(update(models.Quiz).where(*of_bank).values(retired_at=now))


def addresses(header: SetHeader) -> Sequence[str]:
    """Slugs of all quizzes that a bank of this head has."""
    return list(at_slugs(header)) or [header.id]


def at_slugs(header: SetHeader) -> Mapping[str, QuizFields]:
    """The quizzes that the head names, by slug: the bank's id and theirs, or theirs where alike.

    Raises ConflictError when two have one id.
    """
    if len({fields.id for fields in header.quizzes}) < len(header.quizzes):
        raise ConflictError("Two quizzes of this set have the same `id`.")
    return {
        fields.id if fields.id == header.id else f"{header.id}-{fields.id}": fields
        for fields in header.quizzes
    }


def section(bank: str, fields: SectionFields, taxonomy: Taxonomy) -> PlanSection:
    """What the section of a quiz draws; former ids of skills are the present ones."""
    skills = tuple(taxonomy.resolve(skill) for skill in fields.skills)
    return PlanSection(
        questions=fields.questions,
        bank=bank,
        skills=skills,
        levels=fields.levels,
        types=fields.types,
        without_types=fields.without_types,
        points=fields.points,
        title=fields.title,
        minutes=fields.minutes,
    )


def count_fitting(wanted: PlanSection, items: Sequence[Item], taxonomy: Taxonomy) -> int:
    """How many questions among ``items`` may be drawn by that section."""
    return sum(
        item.question.is_scored
        and wanted.covers(
            map(taxonomy.resolve, item.fields.skills), item.fields.level, item.question.kind
        )
        for item in items
    )


def _plan(bank: str, fields: QuizFields, items: Sequence[Item], taxonomy: Taxonomy) -> QuizPlan:
    return QuizPlan(
        sections=tuple(
            _drawn(section(bank, each, taxonomy), items, taxonomy) for each in fields.draws
        ),
        keep_sections=bool(fields.sections),
        minutes=fields.minutes,
        fixed_order=fields.fixed_order,
        scoring=fields.scoring,
        one_way=fields.one_way,
        feedback=fields.feedback,
    )


def _drawn(wanted: PlanSection, items: Sequence[Item], taxonomy: Taxonomy) -> PlanSection:
    """``wanted``, with no more questions than there are."""
    there = max(1, count_fitting(wanted, items, taxonomy))
    return wanted.model_copy(update={"questions": min(wanted.questions, there)})


def _quiz_over_all(header: SetHeader, items: Sequence[Item]) -> QuizFields:
    asked = [item.fields.seconds for item in items if item.question.is_scored]
    count = max(1, min(len(asked), MOST_QUESTIONS))
    seconds = sum(asked) / max(1, len(asked)) * count
    minutes = max(1, min(LONGEST_MINUTES, ceil(seconds / 60)))
    return QuizFields(id=header.id, title=header.title, questions=count, minutes=minutes)
