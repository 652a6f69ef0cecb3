"""What a learner can start."""

from datetime import datetime
from random import Random

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from quizapp.db import models
from quizapp.domain.assembly import PlanSection, QuizPlan
from quizapp.domain.errors import ConflictError, NotFoundError, QuizError
from quizapp.services import quizzes, taxonomies
from tests.factories import answer, item_at, make_bank, make_items, start_attempt

BAYES = QuizPlan(sections=(PlanSection(questions=5, skills=("math.probability",)),), minutes=8)
CODING = QuizPlan(sections=(PlanSection(questions=2, skills=("coding",)),))


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


def test_the_list_begins_with_what_spans_all_banks(
    session: Session, alice: models.User, bob: models.User
) -> None:
    make_bank(session, make_items(1), slug="a-set", owner_id=bob.id)

    groups = quizzes.card_groups(session, alice.id)

    assert [card.quiz.slug for card in groups[0].cards] == ["todays-set", "mock-interview"]
    assert groups[0].heading == "Across all banks"
    assert groups[-1].heading == "A-Set, by Bob"


def test_banks_whose_titles_are_alike_are_listed_each_for_itself(
    session: Session, alice: models.User, bob: models.User
) -> None:
    for slug, title in (("one", "SQL set"), ("two", "sql set"), ("three", "SQL set")):
        make_bank(session, make_items(1), slug=slug, owner_id=bob.id, title=title)

    groups = quizzes.card_groups(session, alice.id)[-3:]

    assert [group.heading for group in groups] == [
        "SQL set, by Bob",
        "sql set, by Bob",
        "SQL set, by Bob",
    ]
    assert [[card.quiz.slug for card in group.cards] for group in groups] == [
        ["one"],
        ["two"],
        ["three"],
    ]


def test_a_card_says_what_would_be_drawn_and_how_long_it_takes(
    session: Session, alice: models.User, bob: models.User
) -> None:
    wanted = [
        {"id": "timed", "title": "Timed", "questions": 20, "minutes": 30},
        {"id": "untimed", "title": "Untimed", "questions": 3},
    ]
    make_bank(session, make_items(5, seconds=100), owner_id=bob.id, quizzes=wanted)

    timed, untimed = quizzes.card_groups(session, alice.id)[-1].cards

    assert (timed.questions, timed.minutes, timed.is_timed) == (5, 30, True)
    assert (untimed.questions, untimed.minutes, untimed.is_timed) == (3, 5, False)


def test_the_mock_interview_says_what_its_banks_hold(session: Session, alice: models.User) -> None:
    _, mock = quizzes.card_groups(session, alice.id)[0].cards

    assert mock.questions == 13 < sum(each.questions for each in quizzes.MOCK_SECTIONS)


def test_practice_is_no_card_because_it_has_a_page_of_its_own(
    session: Session, alice: models.User
) -> None:
    groups = quizzes.card_groups(session, alice.id)

    shown = [card.quiz.slug for group in groups for card in group.cards]
    assert "practice" not in shown


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


def test_the_same_practice_twice_is_the_running_one(
    session: Session, alice: models.User, now: datetime
) -> None:
    running = quizzes.practise(session, alice.id, BAYES, "First", now, Random(1))

    again = quizzes.practise(session, alice.id, BAYES, "Second", now, Random(2))

    assert (again.id, again.title) == (running.id, "First")


def test_another_practice_takes_the_place_of_one_without_answers(
    session: Session, alice: models.User, now: datetime
) -> None:
    quizzes.practise(session, alice.id, BAYES, "First", now, Random(1))

    other = quizzes.practise(session, alice.id, CODING, "Second", now, Random(2))

    assert [each.title for each in session.scalars(select(models.Attempt))] == ["Second"]
    assert other.title == "Second"


def test_another_practice_waits_for_one_with_an_answer(
    session: Session, alice: models.User, now: datetime
) -> None:
    running = quizzes.practise(session, alice.id, BAYES, "First", now, Random(1))
    answer(session, running, 1, now)

    with pytest.raises(ConflictError, match="“First” is still open"):
        quizzes.practise(session, alice.id, CODING, "Second", now, Random(2))


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
