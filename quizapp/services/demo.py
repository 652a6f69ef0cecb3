"""A made-up past to look at: simulated learners and weeks of their attempts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session, joinedload

from quizapp.db import models
from quizapp.domain.assembly import PlanSection, QuizPlan
from quizapp.domain.interactions import Response
from quizapp.domain.mistakes import Note
from quizapp.domain.question import QuestionType
from quizapp.domain.skill_model import difficulty_prior, logistic
from quizapp.services import (
    accounts,
    attempts,
    grading_queue,
    mistakes,
    pools,
    practice_sizes,
    quizzes,
    study_settings,
    taxonomies,
)
from quizapp.services.passwords import Passwords

PASSWORD = "demo password"  # noqa: S105 - printed by `make demo`, and only there
WEEKS = 8
MINUTES_A_DAY, REST_WEEKDAYS = 30, (6,)


@dataclass(frozen=True)
class Persona:
    """A simulated learner: ability in logits at the start, gain a week, and strong banks."""

    name: str
    email: str
    role: str
    ability: float
    weekly_gain: float
    strengths: tuple[str, ...]
    target_role: str | None = None


PERSONAS = (
    Persona("Mara Lind", "mara@example.org", "learner", 0.2, 0.16, ("ml", "math"),
            "machine-learning-engineer"),
    Persona("Ivo Brandt", "ivo@example.org", "learner", -0.8, 0.22, ("coding",), "data-scientist"),
    Persona("Sana Okafor", "sana@example.org", "learner", 0.9, 0.05, ("system-design",),
            "mlops-engineer"),
    Persona("Tomas Reyes", "tomas@example.org", "instructor", 1.5, 0.0, ()),
    Persona("Ada Holm", "ada@example.org", "admin", 1.0, 0.0, ()),
)  # fmt: skip


NOTES = (
    Note("did not know", "Read the chapter again, then explain it aloud."),
    Note("slip", "Right idea, wrong sign. Check with a small number first."),
    Note("misread", "It asked which one does not hold."),
    Note("slip"),
    Note("did not know"),
    Note("out of time", "Two minutes on the first part were too long."),
)


def fill(session: Session, passwords: Passwords, now: datetime, rng: Random) -> int:
    """The personas exist, learners with weeks of attempts; the number of attempts made.

    A database that has people is left alone (0).
    """
    if accounts.has_accounts(session):
        return 0
    made = 0
    for persona in PERSONAS:
        new = accounts.NewAccount(persona.email, persona.name, PASSWORD)
        start = now - timedelta(weeks=WEEKS, days=1)
        user = accounts.register(session, passwords, new, start, persona.role)
        user.target_role = persona.target_role
        if persona.role == "learner":
            interview_on = (now + timedelta(days=12)).date()
            study_settings.store(session, user.id, interview_on, MINUTES_A_DAY, REST_WEEKDAYS)
            made += _live_through(session, user, persona, now, rng)
            _take_notes(session, user, now)
    grading_queue.wait_since(session, now)
    return made


def _live_through(
    session: Session, user: models.User, persona: Persona, now: datetime, rng: Random
) -> int:
    """Attempts on most days of the weeks before ``now``, and one that is still open."""
    made = 0
    for days_ago in range(WEEKS * 7, -1, -1):
        if days_ago > 4 and rng.random() < 0.45:
            continue
        at = now - timedelta(days=days_ago, hours=1, minutes=rng.randrange(50))
        weeks_gone = WEEKS - days_ago / 7
        _take(session, user, persona, persona.ability + persona.weekly_gain * weeks_gone, at, rng)
        made += 1
    if persona is PERSONAS[0]:
        _leave_open(session, user, persona, now - timedelta(minutes=23), rng)
    return made


def _take_notes(session: Session, user: models.User, now: datetime) -> None:
    """Every other one of the newest mistakes has a cause, and some have words too."""
    newest = mistakes.notebook(session, user.id, mistakes.Filter()).entries
    for entry, note in zip(newest[::2], NOTES, strict=False):
        mistakes.write(session, user.id, entry.item_id, note, now)


def _take(
    session: Session, user: models.User, persona: Persona, ability: float, at: datetime, rng: Random
) -> None:
    """One attempt, answered to the end."""
    attempt = _start(session, user, at, rng)
    answered_at = _answer(session, attempt, persona, ability, at, rng, share=1.0)
    attempts.close(session, attempt.id, answered_at)


def _start(session: Session, user: models.User, at: datetime, rng: Random) -> models.Attempt:
    kind = rng.random()
    if kind < 0.4:
        bank = rng.choice(taxonomies.current(session).banks)
        plan = QuizPlan(sections=(PlanSection(questions=rng.randint(5, 10), bank=bank.id),))
        title = f"Practice: {bank.name}"
        return quizzes.practise(session, user.id, plan, title, at, rng)
    if kind < 0.5:
        return quizzes.start(session, user.id, quizzes.find(session, quizzes.MOCK), at, rng)
    if kind < 0.75:
        return quizzes.start(session, user.id, quizzes.find(session, quizzes.TODAY), at, rng)
    return quizzes.start(session, user.id, rng.choice(_with_questions(session)), at, rng)


def _with_questions(session: Session) -> Sequence[models.Quiz]:
    """The ready-made quizzes that have something to ask: those of programs may have nothing."""
    pool = pools.items(session)
    return [
        quiz
        for quiz in quizzes.ready_made(session)
        if practice_sizes.of_plan(QuizPlan.model_validate(quiz.plan), pool).questions
    ]


def _leave_open(
    session: Session, user: models.User, persona: Persona, at: datetime, rng: Random
) -> None:
    attempt = quizzes.start(session, user.id, quizzes.find(session, quizzes.MOCK), at, rng)
    _answer(session, attempt, persona, persona.ability, at, rng, share=0.3)


def _answer(
    session: Session,
    attempt: models.Attempt,
    persona: Persona,
    ability: float,
    at: datetime,
    rng: Random,
    share: float,
) -> datetime:
    """The first ``share`` of the questions has responses; when the last one was given."""
    rows = session.scalars(
        select(models.Response)
        .options(joinedload(models.Response.item_revision))
        .where(models.Response.attempt_id == attempt.id)
        .order_by(models.Response.position)
    ).all()
    moment = at
    for row in rows[: max(1, round(len(rows) * share))]:
        if not attempts.item_of(row).question.is_scored:
            continue
        seconds = row.item_revision.seconds * rng.uniform(0.5, 1.5)
        if attempt.ends_at and moment + timedelta(seconds=seconds) >= attempt.ends_at:
            break
        moment += timedelta(seconds=seconds)
        is_known = _is_known(persona, ability, row, rng)
        _give(session, attempt.user_id, row, is_known, moment, int(seconds), rng)
    return moment


def _is_known(persona: Persona, ability: float, row: models.Response, rng: Random) -> bool:
    item = attempts.item_of(row)
    skill = item.fields.skills[0]
    talent = 0.7 if skill.partition(".")[0] in persona.strengths else -0.3
    luck = Random(f"{persona.email}{skill}").gauss(0, 0.7)  # noqa: S311 - a lasting talent or gap
    margin = ability + talent + luck - difficulty_prior(row.item_revision.difficulty)
    return rng.random() < logistic(margin)


def _give(
    session: Session,
    user_id: int,
    row: models.Response,
    is_known: bool,  # noqa: FBT001 - a fact about the learner
    at: datetime,
    seconds: int,
    rng: Random,
) -> None:
    question = attempts.item_of(row).question
    value = question.right_response() if is_known else _wrong_response(question, rng)
    is_flagged = rng.random() < 0.08
    session.execute(
        update(models.Response)
        .where(
            models.Response.attempt_id == row.attempt_id, models.Response.position == row.position
        )
        .values(
            value=value,
            saved_at=at,
            save_count=1,
            seconds_spent=seconds,
            is_flagged=is_flagged,
        )
        .execution_options(synchronize_session=False)
    )
    session.execute(
        insert(models.ResponseChange),
        {
            "attempt_id": row.attempt_id,
            "position": row.position,
            "number": 1,
            "at": at,
            "made_by_id": user_id,
            "value": value,
            "is_flagged": is_flagged,
            "is_late": False,
        },
    )


def _wrong_response(question: QuestionType, rng: Random) -> Response | None:
    """A response of someone who does not know; None when luck finds only right ones."""
    shown = question.render().shuffled(rng)
    guesses = (shown.guess(rng) for _ in range(20))
    return next((each for each in guesses if question.grade(each).score != 1.0), None)
