"""What a learner can start."""

from datetime import datetime
from random import Random

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from quizapp.db import models
from quizapp.domain.assembly import PlanSection, QuizPlan
from quizapp.domain.errors import NotFoundError, QuizError
from quizapp.services import quizzes, taxonomies
from tests.factories import item_at, make_bank, make_items, start_attempt

BAYES = QuizPlan(sections=(PlanSection(questions=5, skills=("math.probability",)),), minutes=8)


def test_the_standing_quizzes_are_there_once(session: Session, now: datetime) -> None:
    before = session.scalar(select(func.count()).select_from(models.Quiz))

    quizzes.ensure_standing(session, now)

    assert session.scalar(select(func.count()).select_from(models.Quiz)) == before
    kinds = [quizzes.find(session, slug).kind for slug in ("practice", "todays-set")]
    assert kinds == ["practice", "today"]


def test_our_own_banks_are_offered_before_those_of_instructors(
    session: Session, bob: models.User
) -> None:
    make_bank(session, make_items(1), slug="a-set", owner_id=bob.id)

    offered = [quiz.slug for quiz in quizzes.ready_made(session)]

    assert offered == ["math-screen", "math-whole", "ml", "coding", "system-design", "a-set"]


def test_the_list_begins_with_what_spans_all_banks(session: Session, bob: models.User) -> None:
    make_bank(session, make_items(1), slug="a-set", owner_id=bob.id)

    cards = quizzes.cards(session)

    assert [card.quiz.slug for card in cards][:2] == ["todays-set", "mock-interview"]
    assert cards[0].plan is None
    assert cards[0].heading == "Across all banks"
    assert cards[-1].heading == "A-Set, by Bob"


def test_practice_is_no_card_because_it_has_a_page_of_its_own(session: Session) -> None:
    assert "practice" not in [card.quiz.slug for card in quizzes.cards(session)]


def test_an_unknown_quiz_is_not_found(session: Session) -> None:
    with pytest.raises(NotFoundError):
        quizzes.find(session, "nothing")


def test_a_withdrawn_quiz_is_not_found(session: Session) -> None:
    quick = {"id": "quick", "title": "Quick", "questions": 1}
    make_bank(session, make_items(1), quizzes=[quick])
    make_bank(session, make_items(1))

    with pytest.raises(NotFoundError):
        quizzes.find(session, "small-quick")


def test_practice_starts_with_a_plan_of_its_own(
    session: Session, alice: models.User, now: datetime
) -> None:
    attempt = quizzes.practise(session, alice.id, BAYES, "Practice: Probability", now, Random(1))

    found = [item_at(session, attempt, row.position).fields.skills[0] for row in attempt.responses]
    assert attempt.title == "Practice: Probability"
    assert len(found) == 4
    assert all(skill.startswith("math.probability") for skill in found)


def test_practice_goes_on_where_one_is_running(
    session: Session, alice: models.User, now: datetime
) -> None:
    running = quizzes.practise(session, alice.id, BAYES, "First", now, Random(1))

    again = quizzes.practise(session, alice.id, BAYES, "Second", now, Random(2))

    assert (again.id, again.title) == (running.id, "First")


def test_practice_cannot_start_without_a_choice(
    session: Session, alice: models.User, now: datetime
) -> None:
    practice = quizzes.find(session, quizzes.PRACTICE)

    with pytest.raises(QuizError, match="Choose what to practise"):
        quizzes.start(session, alice.id, practice, now, Random(1))


def test_a_mock_interview_goes_round_by_round(session: Session, alice: models.User) -> None:
    attempt = start_attempt(session, alice, "mock-interview")

    banks = [
        item_at(session, attempt, row.position).fields.skills[0].partition(".")[0]
        for row in attempt.responses
    ]
    assert list(dict.fromkeys(banks)) == ["ml", "coding", "system-design", "math"]
    assert banks == sorted(banks, key=["ml", "coding", "system-design", "math"].index)


def test_todays_set_starts_for_someone_who_is_new(session: Session, alice: models.User) -> None:
    for number, skill in enumerate(taxonomies.current(session).skills):
        make_bank(session, make_items(4, skills=[skill]), slug=f"more-{number}")

    attempt = start_attempt(session, alice, "todays-set")

    assert (attempt.title, attempt.ends_at) == ("Today’s set", None)
    assert len(attempt.responses) == 12
