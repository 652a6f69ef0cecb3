"""What a learner can start: ready-made quizzes, practice, today's set, a mock interview."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from random import Random

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from quizapp.db import models
from quizapp.domain.assembly import PlanSection, QuizPlan
from quizapp.domain.errors import NotFoundError, QuizError
from quizapp.services import attempts, recommendations

PRACTICE, TODAY, MOCK = "practice", "todays-set", "mock-interview"
MOCK_MINUTES = 60
MOCK_QUESTIONS = {"ml": 8, "coding": 6, "system-design": 6, "math": 6}
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
    """One quiz in the list, with what it would draw; None for today's set, which depends on you."""

    quiz: models.Quiz
    plan: QuizPlan | None

    @property
    def heading(self) -> str:
        """What this quiz is listed under."""
        bank = self.quiz.bank
        if bank is None:
            return "Across all banks"
        return f"{bank.title}, by {bank.owner.name}" if bank.owner else bank.title


def cards(session: Session) -> Sequence[Card]:
    """Today's set, the mock interview, and every ready-made quiz."""
    standing = session.scalars(
        select(models.Quiz).where(models.Quiz.kind.in_(("today", "mock"))).order_by(models.Quiz.id)
    ).all()
    return [_card(quiz) for quiz in (*standing, *ready_made(session))]


def find(session: Session, slug: str) -> models.Quiz:
    """The quiz of that slug. Raises NotFoundError when there is none or it has been withdrawn."""
    quiz = session.scalar(
        select(models.Quiz).where(models.Quiz.slug == slug, models.Quiz.retired_at.is_(None))
    )
    if quiz is None:
        raise NotFoundError("There is no such quiz.")
    return quiz


def plan_for(session: Session, user_id: int, quiz: models.Quiz, now: datetime) -> QuizPlan:
    """What ``quiz`` would draw for this person now."""
    if quiz.kind == "today":
        return recommendations.todays_plan(session, user_id, now)
    return QuizPlan.model_validate(quiz.plan)


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
    """The person's practice attempt with their own plan; a running one comes first."""
    return attempts.start(session, user_id, find(session, PRACTICE), plan, now, rng, title)


def _card(quiz: models.Quiz) -> Card:
    return Card(quiz, None if quiz.kind == "today" else QuizPlan.model_validate(quiz.plan))


def _standing() -> list[tuple[str, str, str, str, QuizPlan]]:
    mock = QuizPlan(
        sections=tuple(PlanSection(questions=n, bank=bank) for bank, n in MOCK_QUESTIONS.items()),
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
        (TODAY, "today", "Today’s set", "Taken from what to revisit next.", _PLACEHOLDER),
        (MOCK, "mock", "Mock interview", "All four rounds in one sitting, round by round.", mock),
    ]
