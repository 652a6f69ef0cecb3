"""Attempts at quizzes with scoring rules: what is stored, what counts, what the record says."""

from collections.abc import Mapping
from random import Random
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.db import models
from quizapp.domain.assembly import PlanSection, QuizPlan
from quizapp.domain.scoring_rules import ScoringRules
from quizapp.services import attempts, invariants, missed, quizzes, records, responses, results
from quizapp.services.responses import AnswerChangedError
from quizapp.services.storing import Input, Saved, Stamp
from tests.factories import (
    GRACE,
    MINUTE,
    NOW,
    answer,
    fields_for,
    make_bank,
    make_items,
    row_at,
    save,
    start_attempt,
)

LATER = NOW + 10 * MINUTE


def attempt_at(
    session: Session, alice: models.User, scoring: Mapping[str, Any], points: float = 1
) -> models.Attempt:
    """Alice's attempt at a quiz of three questions with three options each."""
    quiz = {"id": "ruled", "title": "Ruled", "questions": 3, "scoring": scoring}
    make_bank(session, make_items(3, points=points), "ruled", quizzes=[quiz])
    return start_attempt(session, alice, "ruled")


def say(
    session: Session,
    attempt: models.Attempt,
    position: int,
    confidence: int | None,
    stamp: Stamp = Stamp(),  # noqa: B008 - immutable
    *,
    is_right: bool = True,
) -> Saved:
    """Alice has answered that question, and said how sure she is."""
    fields = fields_for(session, attempt, position, is_right=is_right)
    given = Input(fields, stamp=stamp, confidence=confidence)
    saved = responses.save(session, attempt.user_id, attempt.id, position, given, NOW, GRACE)
    assert isinstance(saved, Saved)
    row_at(session, attempt, position)
    return saved


def points(session: Session, attempt: models.Attempt) -> list[float]:
    """What each response of the attempt counts for, once it is closed."""
    attempts.close(session, attempt.id, LATER)
    rows = select(models.Response.points).order_by(models.Response.position)
    return [each or 0.0 for each in session.scalars(rows.filter_by(attempt_id=attempt.id))]


def test_a_wrong_choice_costs_and_a_blank_one_does_not(
    session: Session, alice: models.User
) -> None:
    attempt = attempt_at(session, alice, {"guessing_penalty": True}, points=2)
    answer(session, attempt, 1)
    answer(session, attempt, 2, is_right=False)

    assert points(session, attempt) == pytest.approx([2, -1, 0])
    assert (attempt.points, attempt.max_points) == (1, 6)
    assert row_at(session, attempt, 2).score == 0
    assert invariants.breaches(session, LATER, GRACE) == []


def test_an_attempt_of_wrong_answers_has_no_points(session: Session, alice: models.User) -> None:
    attempt = attempt_at(session, alice, {"guessing_penalty": True})
    for position in (1, 2, 3):
        answer(session, attempt, position, is_right=False)

    assert sum(points(session, attempt)) == pytest.approx(-1.5)
    assert attempt.points == 0
    assert results.result(session, attempt, LATER).points_below_nothing == -1.5
    assert invariants.breaches(session, LATER, GRACE) == []


def test_confidence_counts_where_it_is_scored(session: Session, alice: models.User) -> None:
    attempt = attempt_at(session, alice, {"confidence": "scored"}, points=3)
    say(session, attempt, 1, 3)
    say(session, attempt, 2, 2, is_right=False)
    say(session, attempt, 3, None)

    assert points(session, attempt) == pytest.approx([3, -2, 1])
    assert (attempt.points, attempt.max_points) == (2, 9)


def test_what_came_of_being_sure_is_told(session: Session, alice: models.User) -> None:
    attempt = attempt_at(session, alice, {"confidence": "scored"}, points=3)
    say(session, attempt, 1, 3)
    say(session, attempt, 2, 3, is_right=False)
    say(session, attempt, 3, None)
    attempts.close(session, attempt.id, LATER)

    found = results.result(session, attempt, LATER).by_confidence

    told = [(each.name, each.score.right, each.score.missed, each.points) for each in found]
    assert told == [("Sure", 1, 1, -3), ("Not said", 1, 0, 1)]


def test_confidence_that_is_not_asked_is_not_told(session: Session, alice: models.User) -> None:
    attempt = attempt_at(session, alice, {})
    say(session, attempt, 1, 3, is_right=False)

    assert points(session, attempt) == [0, 0, 0]
    assert results.result(session, attempt, LATER).by_confidence == ()


def test_every_question_may_be_worth_the_same(session: Session, alice: models.User) -> None:
    attempt = attempt_at(session, alice, {"points": "equal"}, points=5)
    answer(session, attempt, 1)

    assert points(session, attempt) == [1, 0, 0]
    assert (attempt.points, attempt.max_points) == (1, 3)
    assert results.result(session, attempt, LATER).score.max_points == 3


def test_a_section_may_say_what_its_questions_are_worth(
    session: Session, alice: models.User
) -> None:
    make_bank(session, make_items(3), "ruled")
    section = PlanSection(questions=2, bank="ruled", points=4)
    plan = QuizPlan(sections=(section,), scoring=ScoringRules(points="equal"))

    attempt = quizzes.practise(session, alice.id, plan, "Worth", NOW, Random(1))

    assert attempt.max_points == 8
    assert [row.max_points for row in attempt.responses] == [4, 4]


def test_without_partial_credit_a_partly_right_answer_is_shown_as_that(
    session: Session, alice: models.User
) -> None:
    options = [{"text": "a", "correct": True}, {"text": "b", "correct": True}, {"text": "c"}]
    items = make_items(1, type="multiple-response", stem="Which?", options=options)
    quiz = {"id": "all", "title": "All", "questions": 1, "scoring": {"partial_credit": False}}
    make_bank(session, items, "ruled", quizzes=[quiz])
    attempt = start_attempt(session, alice, "ruled-all")
    save(session, attempt, 1, [0])

    assert points(session, attempt) == [0]
    found = results.result(session, attempt, LATER).questions[0]
    assert (found.outcome, found.points, found.scored.score) == ("partly", 0, 0.5)


def test_an_attempt_from_before_there_were_rules_is_graded_as_ever(
    session: Session, alice: models.User
) -> None:
    attempt = start_attempt(session, alice)
    attempt.plan = {name: value for name, value in attempt.plan.items() if name != "scoring"}
    session.flush()
    answer(session, attempt, 1)
    answer(session, attempt, 2, is_right=False)

    assert points(session, attempt)[:2] == [1, 0]


# --- Saving how sure one is -----------------------------------------------------------------------


def test_a_save_of_the_confidence_alone_is_a_change(session: Session, alice: models.User) -> None:
    attempt = attempt_at(session, alice, {"confidence": "ask"})
    first = say(session, attempt, 1, None)

    assert say(session, attempt, 1, 2).save_count == first.save_count + 1
    assert say(session, attempt, 1, 2).save_count == first.save_count + 1
    assert row_at(session, attempt, 1).confidence == 2


def test_a_save_that_says_nothing_leaves_the_confidence(
    session: Session, alice: models.User
) -> None:
    attempt = attempt_at(session, alice, {"confidence": "ask"})
    say(session, attempt, 1, 3)
    say(session, attempt, 1, None, is_right=False)

    assert row_at(session, attempt, 1).confidence == 3
    changes = session.scalars(select(models.ResponseChange).filter_by(attempt_id=attempt.id))
    assert [each.confidence for each in changes] == [3, 3]


def test_a_confidence_alone_is_no_answer(session: Session, alice: models.User) -> None:
    attempt = attempt_at(session, alice, {"confidence": "scored"})
    given = Input({}, confidence=3)

    saved = responses.save(session, alice.id, attempt.id, 1, given, NOW, GRACE)

    assert isinstance(saved, Saved)
    assert not saved.is_answered
    assert points(session, attempt) == [0, 0, 0]
    assert attempt.answered_count == 0


def test_another_confidence_from_another_page_is_asked_about(
    session: Session, alice: models.User
) -> None:
    attempt = attempt_at(session, alice, {"confidence": "ask"})
    say(session, attempt, 1, 3, Stamp(0, "one", 1))

    with pytest.raises(AnswerChangedError) as refusal:
        say(session, attempt, 1, 1, Stamp(0, "two", 1))

    assert refusal.value.stored[-1] == "How sure: sure"
    assert refusal.value.yours[-1] == "How sure: guessing"


def test_the_record_tells_how_sure_and_when(session: Session, alice: models.User) -> None:
    attempt = attempt_at(session, alice, {"confidence": "ask"})
    say(session, attempt, 1, 1)
    say(session, attempt, 1, 3)

    found = [(each.kind, each.lines[-1:]) for each in records.events(session, attempt)[1:]]

    assert found == [("answered", ("How sure: guessing",)), ("weighed", ("How sure: sure",))]


def test_a_set_that_runs_is_found_again_though_it_knows_no_rules(
    session: Session, alice: models.User
) -> None:
    plan = QuizPlan(sections=(PlanSection(questions=2),))
    running = quizzes.practise(session, alice.id, plan, "Same", NOW, Random(1))
    answer(session, running, 1)
    running.plan = {name: value for name, value in running.plan.items() if name != "scoring"}
    session.flush()

    assert quizzes.practise(session, alice.id, plan, "Same", NOW, Random(1)) is running


def test_what_was_missed_is_practised_by_its_own_points(
    session: Session, alice: models.User
) -> None:
    attempt = attempt_at(session, alice, {"points": "equal", "guessing_penalty": True}, points=5)
    answer(session, attempt, 1, is_right=False)
    attempts.close(session, attempt.id, LATER)

    again = missed.practise(session, alice.id, attempt.id, LATER, Random(1))

    assert again.max_points == 15
