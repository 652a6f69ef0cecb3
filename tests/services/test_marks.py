"""Answers that people mark: what awaits, who marks, what counts."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from quizapp.db import models
from quizapp.domain.errors import ConflictError, InvalidMarkError, NotFoundError
from quizapp.services import (
    answers_to_mark,
    history,
    invariants,
    marks,
    missed,
    records,
    results,
    skill_history,
    skills,
)
from tests.conftest import CountQueries
from tests.essays import (
    ALL,
    HALF,
    NONE,
    SKILL,
    essay_and_choice,
    mark_as,
    mark_own,
    take_essay,
    totals,
)
from tests.factories import (
    GRACE,
    MINUTE,
    NOW,
    in_parallel,
    make_bank,
    make_person,
    row_at,
    rows,
    stored,
)

LATER = NOW + 20 * MINUTE


@pytest.fixture
def essay(session: Session, alice: models.User, bob: models.User) -> models.Attempt:
    """Alice's finished attempt at Bob's set: an open answer for 3 points, and a right choice."""
    return take_essay(session, alice, bob)


def breaches(session: Session) -> list[str]:
    session.flush()
    return invariants.breaches(session, LATER, GRACE)


def believed(session: Session, user_id: int) -> Mapping[str, Any]:
    return skills.beliefs(session, user_id)


def test_a_given_answer_awaits_a_mark(session: Session, essay: models.Attempt) -> None:
    assert row_at(session, essay, 1).score is None
    assert totals(essay) == (1.0, 4.0, 1, 3.0)
    assert essay.answered_count == 2
    assert breaches(session) == []


def test_a_blank_one_does_not(session: Session, alice: models.User, bob: models.User) -> None:
    attempt = take_essay(session, alice, bob, text=None)

    assert row_at(session, attempt, 1).score == 0
    assert totals(attempt) == (1.0, 4.0, 0, 0.0)
    with pytest.raises(NotFoundError):
        mark_own(session, attempt, ALL)


def test_the_result_says_what_is_not_final(session: Session, essay: models.Attempt) -> None:
    found = results.result(session, essay, LATER)

    score = found.score
    assert (score.points, score.marked_points, score.awaiting_points) == (1.0, 1.0, 3.0)
    assert (score.right, score.missed, score.unmarked, score.percent) == (1, 0, 1, 100)
    assert [each.position for each in found.selections["unmarked"]] == [1]
    assert found.selections["missed"] == []


def test_the_history_says_so_too(session: Session, essay: models.Attempt) -> None:
    (listed,) = history.latest(session, essay.user_id, 1)
    sums = history.totals(session, essay.user_id, history.Filter())

    assert (listed.percent, listed.awaiting_count, listed.marked_points) == (100, 1, 1.0)
    assert (sums.points, sums.max_points) == (1.0, 1.0)


def test_what_awaits_a_mark_is_neither_missed_nor_evidence(
    session: Session, essay: models.Attempt
) -> None:
    assert SKILL not in believed(session, essay.user_id)
    assert skill_history.answers_on(session, essay.user_id, SKILL) == []
    with pytest.raises(Exception, match="Nothing was missed"):
        missed.practise(session, essay.user_id, essay.id, LATER, None)  # type: ignore[arg-type]


def test_the_own_mark_is_the_score(session: Session, essay: models.Attempt) -> None:
    mark = mark_own(session, essay, HALF)

    assert (mark.points, mark.score, mark.number) == ([1.0, 0.5], 0.5, 1)
    assert row_at(session, essay, 1).score == 0.5
    assert totals(essay) == (2.5, 4.0, 0, 0.0)
    assert breaches(session) == []


def test_the_first_mark_is_evidence_once(session: Session, essay: models.Attempt) -> None:
    mark_own(session, essay, ALL)
    before = believed(session, essay.user_id)

    mark_own(session, essay, NONE)

    assert before[SKILL].answers == 1
    assert believed(session, essay.user_id) == before
    assert [each.score for each in skill_history.answers_on(session, essay.user_id, SKILL)] == [0.0]
    assert totals(essay) == (1.0, 4.0, 0, 0.0)


def test_the_readiness_after_the_mark_replaces_that_at_the_end(
    session: Session, essay: models.Attempt
) -> None:
    mark_own(session, essay, ALL, LATER)

    (record,) = skills.readiness_trend(session, essay.user_id)
    assert record.recorded_at == LATER


def test_an_attempt_of_which_nothing_is_graded_has_readiness_only_once_it_is_marked(
    session: Session, alice: models.User, bob: models.User
) -> None:
    attempt = take_essay(session, alice, bob, with_choice=False)
    assert skills.readiness_trend(session, alice.id) == []
    assert breaches(session) == []

    mark_own(session, attempt, ALL)

    assert len(skills.readiness_trend(session, alice.id)) == 1
    assert breaches(session) == []


@pytest.mark.parametrize(
    "points",
    [
        {},
        {0: "1"},
        {0: "", 1: "1"},
        {0: "2.5", 1: "0"},
        {0: "-1", 1: "0"},
        {0: "0.25", 1: "0"},
        {0: "nan", 1: "0"},
        {0: "9" * 400, 1: "0"},
        {0: "1", 1: "0.75"},
    ],
)
def test_points_that_cannot_be_given_change_nothing(
    session: Session, essay: models.Attempt, points: dict[int, str]
) -> None:
    with pytest.raises(InvalidMarkError, match="in halves"):
        mark_own(session, essay, points)

    assert session.scalar(select(func.count()).select_from(models.Mark)) == 0
    assert row_at(session, essay, 1).score is None


def test_nobody_marks_before_the_end(
    session: Session, alice: models.User, bob: models.User
) -> None:
    attempt = take_essay(session, alice, bob, is_finished=False)

    with pytest.raises(ConflictError, match="Finish the attempt first"):
        mark_own(session, attempt, ALL)
    with pytest.raises(NotFoundError):
        mark_as(session, bob, attempt, ALL)


@pytest.mark.parametrize("position", [2, 3])
def test_what_people_do_not_mark_cannot_be_marked(
    session: Session, essay: models.Attempt, position: int
) -> None:
    with pytest.raises(NotFoundError):
        marks.give_own(session, essay.user_id, essay.id, position, ALL, LATER)


def test_nobody_else_gives_the_own_mark(
    session: Session, essay: models.Attempt, charlie: models.User
) -> None:
    with pytest.raises(NotFoundError):
        marks.give_own(session, charlie.id, essay.id, 1, ALL, LATER)


# --- Instructors ----------------------------------------------------------------------------------


def test_the_instructors_mark_overrides_the_own_one(
    session: Session, essay: models.Attempt, bob: models.User
) -> None:
    mark_own(session, essay, ALL)
    mark_as(session, bob, essay, HALF, comment="Say how fast.\r\nAnd why.")

    (reviewed,) = [q for q in results.result(session, essay, LATER).questions if q.marking]
    assert reviewed.marking is not None
    assert reviewed.marking.own is not None
    assert reviewed.marking.instructors is not None
    assert reviewed.marking.own.score == 1.0
    assert reviewed.marking.instructors.comment == "Say how fast.\nAnd why."
    assert (reviewed.points, totals(essay)) == (1.5, (2.5, 4.0, 0, 0.0))
    assert breaches(session) == []


def test_after_the_instructors_the_own_mark_cannot_change(
    session: Session, essay: models.Attempt, bob: models.User
) -> None:
    mark_as(session, bob, essay, HALF)

    with pytest.raises(ConflictError, match="their mark counts"):
        mark_own(session, essay, ALL)
    assert totals(essay)[0] == 2.5


def test_an_instructor_may_revise_and_each_change_is_kept(
    session: Session, essay: models.Attempt, bob: models.User
) -> None:
    mark_as(session, bob, essay, HALF)
    mark_as(session, bob, essay, ALL, comment="On second thoughts.", seen=1)
    mark_as(session, bob, essay, ALL, comment="On second thoughts.", seen=2)

    told = [each for each in records.events(session, essay) if each.kind == "marked"]
    assert [each.lines for each in told] == [
        ("Points: 1, 0.5",),
        ("Points: 2, 1", "On second thoughts."),
    ]
    assert {each.by for each in told} == {"Bob"}
    assert totals(essay)[0] == 4.0
    assert breaches(session) == []


def test_a_mark_given_meanwhile_is_not_overwritten_unseen(
    session: Session, essay: models.Attempt, bob: models.User
) -> None:
    mark_as(session, bob, essay, HALF)

    with pytest.raises(ConflictError, match="meanwhile"):
        mark_as(session, bob, essay, ALL)
    assert totals(essay)[0] == 2.5


def test_changes_of_marks_cannot_be_rewritten(session: Session, essay: models.Attempt) -> None:
    mark_own(session, essay, HALF)

    with pytest.raises(IntegrityError):
        session.execute(update(models.MarkChange).values(score=1.0))


def test_only_who_answers_for_the_question_finds_the_answer(
    session: Session, essay: models.Attempt, bob: models.User, admin: models.User
) -> None:
    dora = make_person(session, "dora", "instructor")

    assert answers_to_mark.find(session, bob, essay.id, 1).learner.name == "Alice"
    for user in (admin, dora):
        assert answers_to_mark.counts(session, user).awaiting == 0
        with pytest.raises(NotFoundError):
            mark_as(session, user, essay, ALL)


def test_administrators_mark_answers_to_banks_without_an_owner(
    session: Session, alice: models.User, admin: models.User, bob: models.User
) -> None:
    attempt = take_essay(session, alice, None)

    assert answers_to_mark.counts(session, bob).awaiting == 0
    mark_as(session, admin, attempt, ALL)
    assert totals(attempt)[0] == 4.0


def test_nobody_is_their_own_instructor(session: Session, bob: models.User) -> None:
    attempt = take_essay(session, bob, bob)

    assert answers_to_mark.counts(session, bob).awaiting == 0
    with pytest.raises(NotFoundError):
        mark_as(session, bob, attempt, ALL)


def test_the_oldest_answers_come_first_by_page(
    session: Session, alice: models.User, charlie: models.User, bob: models.User
) -> None:
    make_bank(session, essay_and_choice(), "essays", bob.id)
    later = take_essay(session, alice, bob, NOW + 60 * MINUTE)
    first = take_essay(session, charlie, bob, NOW)

    pages = [answers_to_mark.awaiting(session, bob, page, page_size=1) for page in (1, 2, 3)]

    assert [[each.attempt_id for each in page] for page in pages] == [[first.id], [later.id], []]


def test_marked_answers_move_to_the_other_list(
    session: Session, essay: models.Attempt, bob: models.User
) -> None:
    mark_own(session, essay, ALL)
    assert answers_to_mark.counts(session, bob) == answers_to_mark.Counts(1, 0)
    mark_as(session, bob, essay, ALL)

    assert answers_to_mark.counts(session, bob) == answers_to_mark.Counts(0, 1)
    assert answers_to_mark.awaiting(session, bob) == []
    assert [each.learner for each in answers_to_mark.marked(session, bob)] == ["Alice"]


def test_the_own_mark_is_not_shown_before_the_instructors(
    session: Session, essay: models.Attempt, bob: models.User
) -> None:
    mark_own(session, essay, ALL)
    assert answers_to_mark.find(session, bob, essay.id, 1).own_mark is None

    mark_as(session, bob, essay, HALF)

    own = answers_to_mark.find(session, bob, essay.id, 1).own_mark
    assert own is not None
    assert own.points == [2.0, 1.0]


# --- At once --------------------------------------------------------------------------------------


@pytest.fixture
def raced(app: Flask, alice: models.User, bob: models.User) -> models.Attempt:
    """The same attempt, stored."""
    with stored(app) as session:
        return take_essay(session, alice, bob)


def own_mark(attempt: models.Attempt) -> Callable[[Session], models.Mark]:
    return lambda session: mark_own(session, attempt, ALL)


def bobs_mark(
    attempt: models.Attempt, bob: models.User, points: Mapping[int, str]
) -> Callable[[Session], models.Mark]:
    return lambda session: mark_as(session, bob, attempt, points)


def test_an_instructors_mark_counts_whoever_was_faster(
    app: Flask, raced: models.Attempt, bob: models.User
) -> None:
    done = in_parallel(app, [own_mark(raced), bobs_mark(raced, bob, HALF)])

    assert not isinstance(done[1], BaseException)
    assert isinstance(done[0], models.Mark | ConflictError)
    assert totals(rows(app, models.Attempt)[0]) == (2.5, 4.0, 0, 0.0)
    believed = [each for each in rows(app, models.SkillBelief) if each.node == SKILL]
    assert [each.wins + each.fails for each in believed] == [1.0]
    with stored(app) as session:
        assert breaches(session) == []


def test_of_two_instructors_at_once_one_is_told(
    app: Flask, raced: models.Attempt, bob: models.User
) -> None:
    done = in_parallel(app, [bobs_mark(raced, bob, points) for points in (ALL, NONE)])

    assert sorted(type(each).__name__ for each in done) == ["ConflictError", "Mark"]
    assert len(rows(app, models.MarkChange)) == 1
    with stored(app) as session:
        assert breaches(session) == []


def test_two_own_marks_at_once_leave_one(app: Flask, raced: models.Attempt) -> None:
    done = in_parallel(app, [own_mark(raced)] * 2)

    assert [type(each).__name__ for each in done] == ["Mark", "Mark"]
    assert len(rows(app, models.MarkChange)) == 1


def test_marking_asks_as_often_as_it_has_reasons(
    session: Session, essay: models.Attempt, bob: models.User, count_queries: CountQueries
) -> None:
    session.flush()
    with count_queries() as statements:
        answers_to_mark.counts(session, bob)
        answers_to_mark.awaiting(session, bob)

    assert len(statements) == 2
