"""Where banks and quizzes stand: each at an address of its own, ours before all others."""

from collections.abc import Collection, Sequence
from itertools import count

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session, joinedload

from quizapp.db import models
from quizapp.domain.errors import ConflictError

LONGEST_STEM = 70


def refuse_taken(session: Session, slugs: Collection[str], bank_id: int | None) -> None:
    """Raises ConflictError when a quiz of another bank, or of none, stands at one of ``slugs``."""
    for quiz in _others_at(session, slugs, bank_id):
        raise _conflict(quiz)


def clear(session: Session, slugs: Collection[str], bank: models.ItemBank) -> None:
    """The quizzes of ``bank`` may stand at ``slugs``.

    Quizzes of instructors make way for those of our own banks; ConflictError for any others.
    """
    for quiz in _others_at(session, slugs, bank.id):
        if bank.owner_id is not None or quiz.bank is None or quiz.bank.owner_id is None:
            raise _conflict(quiz)
        quiz.slug = _free(session, quiz.slug)
        session.flush()


def move(session: Session, bank: models.ItemBank) -> None:
    """An instructor's bank and its quizzes have another id, with a number behind it.

    A later release may ship a bank whose id an instructor has taken. The server has to start with
    ours in its place, and theirs should lose nothing: its quizzes go on at the new address, and its
    owner publishes the next version with the new id.
    """
    former, present = bank.slug, _free(session, bank.slug)
    bank.slug, bank.edition = present, models.new_edition()
    for quiz in session.scalars(select(models.Quiz).where(models.Quiz.bank_id == bank.id)):
        sections = [{**section, "bank": present} for section in quiz.plan["sections"]]
        quiz.slug = present + quiz.slug.removeprefix(former)
        quiz.plan = {**quiz.plan, "sections": sections}
    session.flush()


def _others_at(
    session: Session, slugs: Collection[str], bank_id: int | None
) -> Sequence[models.Quiz]:
    found = session.scalars(
        select(models.Quiz).options(joinedload(models.Quiz.bank)).where(models.Quiz.slug.in_(slugs))
    ).all()
    return [quiz for quiz in found if bank_id is None or quiz.bank_id != bank_id]


def _conflict(quiz: models.Quiz) -> ConflictError:
    return ConflictError(
        f"There is another quiz at /quizzes/{quiz.slug}. Choose another `id` for this one."
    )


def _free(session: Session, slug: str) -> str:
    """``slug`` with the first number behind it that no bank has, and no quiz or group of them."""
    numbered = (f"{slug[:LONGEST_STEM].strip('-')}-{number}" for number in count(2))
    return next(each for each in numbered if not _is_taken(session, each))


def _is_taken(session: Session, slug: str) -> bool:
    has_bank = exists().where(models.ItemBank.slug == slug)
    has_quiz = exists().where(models.Quiz.slug.startswith(slug, autoescape=True))
    return session.scalar(select(or_(has_bank, has_quiz))) or False
