"""What a learner can start: ready-made quizzes, practice, today's set, a mock interview."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from random import Random

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session, joinedload

from quizapp.db import models
from quizapp.domain import timing
from quizapp.domain.assembly import PlanSection, QuizPlan, extent
from quizapp.domain.errors import ConflictError, NotFoundError, QuizError
from quizapp.domain.programs.jobs import LIBRARIES
from quizapp.domain.question_types.code import Code
from quizapp.domain.timing import Accommodation, Terms
from quizapp.services import (
    attempts,
    clocks,
    plans,
    pools,
    practice_sizes,
    runner_state,
    study_settings,
)
from quizapp.services.practice_sizes import BankSize, PracticeSize

PRACTICE, TODAY, MOCK = "practice", "todays-set", "mock-interview"
MOCK_MINUTES = 60
MOCK_SECTIONS = (
    PlanSection(questions=8, bank="ml"),
    PlanSection(questions=4, bank="coding", without_types=(Code.kind,)),
    PlanSection(questions=1, bank="coding", types=(Code.kind,)),
    PlanSection(questions=6, bank="system-design"),
    PlanSection(questions=6, bank="math"),
)
_PRESENT = select(models.Quiz).where(
    models.Quiz.slug == bindparam("slug"), models.Quiz.retired_at.is_(None)
)
_PLACEHOLDER = QuizPlan(sections=(PlanSection(questions=10),))


def ensure_standing(session: Session, now: datetime) -> None:
    """Practice, today's set and the mock interview exist."""
    for slug, kind, title, description, plan in _standing():
        quiz = session.scalar(select(models.Quiz).where(models.Quiz.slug == slug))
        quiz = quiz or models.Quiz(slug=slug, kind=kind, created_at=now)
        quiz.title, quiz.description, quiz.plan = title, description, plan.model_dump(mode="json")
        session.add(quiz)


def ready_made(session: Session) -> Sequence[models.Quiz]:
    """The quizzes of all banks, our own banks first."""
    return session.scalars(
        select(models.Quiz)
        .options(joinedload(models.Quiz.bank).joinedload(models.ItemBank.owner))
        .join(models.Quiz.bank)
        .where(models.Quiz.retired_at.is_(None))
        .order_by(models.ItemBank.owner_id.is_not(None), models.ItemBank.id, models.Quiz.id)
    ).all()


@dataclass(frozen=True)
class Card:
    """One quiz in the list: what it would draw, and the minutes that it allows or takes.

    Those that it allows are this person's; its closing time may still cut them. Of today's set only
    the minutes are known, since the plan is made when it is begun: ``questions`` is None.
    """

    quiz: models.Quiz
    questions: int | None
    minutes: float
    is_timed: bool


@dataclass(frozen=True)
class CardGroup:
    """The quizzes of one bank, or those that span all."""

    heading: str
    cards: Sequence[Card]


@dataclass(frozen=True)
class Offer:
    """What starting a quiz now would give one person; ``running`` comes first, where it is.

    ``without_programs`` says why, where questions for programs are left out of it.
    """

    quiz: models.Quiz
    plan: QuizPlan
    size: PracticeSize
    terms: Terms
    running: models.Attempt | None
    without_programs: str = ""


def card_groups(session: Session, user_id: int) -> Sequence[CardGroup]:
    """Today's set and the mock interview, then every ready-made quiz under its bank."""
    standing = session.scalars(
        select(models.Quiz).where(models.Quiz.kind.in_(("today", "mock"))).order_by(models.Quiz.id)
    ).all()
    sizes = practice_sizes.of_banks(session)
    granted = clocks.accommodation(session, user_id)
    daily = study_settings.find(session, user_id).minutes
    by_bank = groupby((*standing, *ready_made(session)), key=lambda quiz: quiz.bank)
    return [
        CardGroup(_heading(bank), [_card(each, sizes, granted, daily) for each in of])
        for bank, of in by_bank
    ]


def find(session: Session, slug: str) -> models.Quiz:
    """The quiz of that slug. Raises NotFoundError when there is none or it has been withdrawn."""
    quiz = session.scalar(_PRESENT, {"slug": slug})
    if quiz is None:
        raise NotFoundError("There is no such quiz.")
    return quiz


def plan_for(session: Session, user_id: int, quiz: models.Quiz, now: datetime) -> QuizPlan:
    """What ``quiz`` would draw for this person now."""
    if quiz.kind == "today":
        return plans.todays_plan(session, user_id, now)
    return QuizPlan.model_validate(quiz.plan)


def offer(session: Session, user_id: int, quiz: models.Quiz, now: datetime) -> Offer:
    """What this person would get by starting ``quiz`` now."""
    plan = plan_for(session, user_id, quiz, now)
    supply = pools.supply(session)
    missed = extent(plan, supply.left_out).questions
    return Offer(
        quiz,
        plan,
        practice_sizes.of_plan(plan, supply.items),
        clocks.terms(quiz, plan, clocks.accommodation(session, user_id)),
        attempts.open_attempt(session, user_id, quiz.id),
        _why_without(session) if missed else "",
    )


def _why_without(session: Session) -> str:
    """Why questions for code, or some of them, are not asked: a sentence for learners."""
    state = runner_state.of(session)
    if state.status == "off":
        return f"Code questions are switched off: {state.reason}"
    known = " and ".join(name for name in LIBRARIES if name not in state.libraries)
    return f"Some code questions are left out: the code runner of this server lacks {known}."


def start(
    session: Session, user_id: int, quiz: models.Quiz, now: datetime, rng: Random
) -> models.Attempt:
    """The person's attempt at ``quiz`` by its own plan. Raises QuizError for practice."""
    if quiz.kind == "practice":
        raise QuizError("Choose what to practise first.")
    plan = plan_for(session, user_id, quiz, now)
    return attempts.start(session, user_id, quiz, plan, now, rng)


def practise(
    session: Session, user_id: int, plan: QuizPlan, title: str, now: datetime, rng: Random
) -> models.Attempt:
    """A practice attempt with the person's own plan.

    The same set again is the running one. Another set that holds answers comes first:
    ConflictError. Another one without answers is thrown away, so that nobody is led into a set
    that they did not ask for.
    """
    quiz = find(session, PRACTICE)
    running = attempts.open_attempt(session, user_id, quiz.id)
    if running is not None and QuizPlan.model_validate(running.plan) == plan:
        return running
    if running is not None and not attempts.discard_if_blank(session, running.id):
        raise ConflictError(
            f"“{running.title}” is still open. Finish it before you start another practice set."
        )
    return attempts.start(session, user_id, quiz, plan, now, rng, title)


def _heading(bank: models.ItemBank | None) -> str:
    """What the quizzes of ``bank`` are listed under."""
    if bank is None:
        return "Across all banks"
    return f"{bank.title}, by {bank.owner.name}" if bank.owner else bank.title


def _card(
    quiz: models.Quiz, sizes: Mapping[str, BankSize], granted: Accommodation, daily: int
) -> Card:
    if quiz.kind == "today":
        return Card(quiz, None, daily, is_timed=False)
    plan = QuizPlan.model_validate(quiz.plan)
    size = practice_sizes.planned(plan, sizes)
    is_practice = quiz.kind in clocks.PRACTICE_KINDS
    limit = timing.terms(plan.duration, granted, is_practice=is_practice).limit
    minutes = size.minutes if limit is None else limit / timedelta(minutes=1)
    return Card(quiz, size.questions, minutes, limit is not None)


def _standing() -> list[tuple[str, str, str, str, QuizPlan]]:
    mock = QuizPlan(
        sections=MOCK_SECTIONS,
        minutes=MOCK_MINUTES,
        keep_sections=True,
    )
    return [
        (
            PRACTICE,
            "practice",
            "Practice",
            "Skills, level, number and time you choose.",
            _PLACEHOLDER,
        ),
        (TODAY, "today", "Today’s set", "What your plan holds for today.", _PLACEHOLDER),
        (MOCK, "mock", "Mock interview", "All four rounds in one sitting, round by round.", mock),
    ]
