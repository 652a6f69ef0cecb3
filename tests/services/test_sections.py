"""Sections with times of their own: one after the other, whoever notices that one is over."""

from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from quizapp.db import models
from quizapp.services import (
    attempts,
    clocks,
    invariants,
    moving_on,
    question_pages,
    quizzes,
    records,
    stages,
)
from quizapp.services.responses import TooLate
from quizapp.services.stages import StageClosedError
from quizapp.services.storing import Saved
from tests.databases import on_every_kind
from tests.factories import (
    GRACE,
    MINUTE,
    NOW,
    answer,
    grant,
    in_parallel,
    make_bank,
    make_items,
    rows,
    start_attempt,
    stored,
)

pytestmark = on_every_kind
SECOND = timedelta(seconds=1)
FIRST_OVER = NOW + 5 * MINUTE
SECTIONS = [
    {"title": "Warm-up", "questions": 2, "minutes": 5},
    {"title": "Depth", "questions": 2, "minutes": 10, "points": 3},
]


@pytest.fixture
def attempt(session: Session, alice: models.User) -> models.Attempt:
    """Alice's attempt at two questions in 5 minutes, then two in 10."""
    return start_sections(session, alice)


def start_sections(session: Session, user: models.User, items: int = 4) -> models.Attempt:
    quiz = {"id": "rounds", "title": "Rounds", "sections": SECTIONS}
    make_bank(session, make_items(items), "rounds", quizzes=[quiz])
    return start_attempt(session, user, "rounds")


def stage(attempt: models.Attempt) -> tuple[int | None, int | None, object, object]:
    """What is stored of the stage, and the deadline."""
    return attempt.stage_first, attempt.stage_last, attempt.stage_ends_at, attempt.ends_at


def move_on(session: Session, attempt: models.Attempt, now: datetime) -> models.Attempt:
    return moving_on.move_on(session, attempt.user_id, attempt.id, 1, now)


def test_the_quiz_lasts_as_long_as_its_sections(attempt: models.Attempt) -> None:
    assert stage(attempt) == (1, 2, FIRST_OVER, NOW + 15 * MINUTE)
    assert [each.max_points for each in attempt.responses] == [1, 1, 3, 3]


def test_a_section_that_is_finished_early_gives_its_time_up(
    session: Session, attempt: models.Attempt
) -> None:
    move_on(session, attempt, NOW + 2 * MINUTE)

    assert stage(attempt) == (3, 4, NOW + 12 * MINUTE, NOW + 12 * MINUTE)


def test_pages_follow_the_time_although_nobody_has_stored_it(
    session: Session, attempt: models.Attempt
) -> None:
    own = (session, attempt.user_id, attempt.id)

    page = question_pages.question_page(*own, 3, FIRST_OVER)

    assert page.opening is not None
    assert page.opening.name == "Section 2 of 2: Depth"
    assert attempt.stage_first == 1
    with pytest.raises(StageClosedError):
        question_pages.question_page(*own, 1, FIRST_OVER)


@pytest.mark.parametrize("late", [timedelta(0), 3 * MINUTE])
def test_the_first_save_of_the_next_section_stores_when_it_began(
    session: Session, attempt: models.Attempt, late: timedelta
) -> None:
    saved = answer(session, attempt, 3, FIRST_OVER + late)

    session.refresh(attempt)
    assert isinstance(saved, Saved)
    assert stage(attempt) == (3, 4, NOW + 15 * MINUTE, NOW + 15 * MINUTE)
    (lapse,) = [each for each in records.events(session, attempt) if each.kind == "lapse"]
    assert (lapse.at, lapse.position, lapse.by) == (FIRST_OVER, 3, "")


def test_a_save_that_was_under_way_still_counts_in_the_grace(
    session: Session, attempt: models.Attempt
) -> None:
    assert isinstance(answer(session, attempt, 1, FIRST_OVER + SECOND), Saved)
    assert isinstance(answer(session, attempt, 3, FIRST_OVER + 2 * SECOND), Saved)
    assert isinstance(answer(session, attempt, 2, FIRST_OVER + 3 * SECOND), Saved)

    late = answer(session, attempt, 2, FIRST_OVER + GRACE, is_right=False)

    assert late == TooLate(is_recovered=True, closed="stage")


def test_who_finishes_a_section_has_no_grace(session: Session, attempt: models.Attempt) -> None:
    move_on(session, attempt, FIRST_OVER - SECOND)

    late = answer(session, attempt, 1, FIRST_OVER)

    assert late == TooLate(is_recovered=True, closed="stage")


def test_a_click_after_the_time_skips_no_section(session: Session, attempt: models.Attempt) -> None:
    move_on(session, attempt, FIRST_OVER + SECOND)

    assert stage(attempt) == (3, 4, NOW + 15 * MINUTE, NOW + 15 * MINUTE)


def test_who_never_comes_back_is_closed_at_the_end_with_all_lapses(
    session: Session, attempt: models.Attempt
) -> None:
    later = NOW + 60 * MINUTE
    assert list(attempts.overdue(session, later, GRACE)) == [attempt.id]

    attempts.close_overdue(session, attempt.id, later, GRACE)

    assert (attempt.finished_at, attempt.stage_first) == (NOW + 15 * MINUTE, 3)
    assert invariants.breaches(session, later, GRACE) == []


def test_a_time_factor_lengthens_every_section(session: Session, alice: models.User) -> None:
    grant(session, alice, time_factor=1.5)

    attempt = start_sections(session, alice)

    assert stage(attempt) == (1, 2, NOW + 7.5 * MINUTE, NOW + 22.5 * MINUTE)


def test_added_time_is_for_the_section_that_runs(
    session: Session, attempt: models.Attempt, bob: models.User
) -> None:
    clocks.add_time(session, attempt.id, 4, bob.id, "a fire alarm", NOW + MINUTE)

    assert stage(attempt) == (1, 2, FIRST_OVER + 4 * MINUTE, NOW + 19 * MINUTE)
    clocks.add_time(session, attempt.id, 1, bob.id, "another", FIRST_OVER + 5 * MINUTE)
    assert stage(attempt) == (3, 4, NOW + 20 * MINUTE, NOW + 20 * MINUTE)
    assert invariants.breaches(session, FIRST_OVER + 5 * MINUTE, GRACE) == []


def test_a_pause_moves_the_section_and_the_end(session: Session, alice: models.User) -> None:
    grant(session, alice, pause_minutes=10)
    attempt = start_sections(session, alice)
    own = (session, alice.id, attempt.id)

    clocks.pause(*own, NOW + MINUTE)
    assert stage(attempt) == (1, 2, FIRST_OVER + 10 * MINUTE, NOW + 25 * MINUTE)
    clocks.resume(*own, NOW + 3 * MINUTE)

    assert stage(attempt) == (1, 2, FIRST_OVER + 2 * MINUTE, NOW + 17 * MINUTE)


def test_a_closing_time_cuts_what_comes_last(
    session: Session, alice: models.User, charlie: models.User
) -> None:
    start_sections(session, alice)
    quiz = quizzes.find(session, "rounds")
    quiz.closes_at = NOW + 8 * MINUTE
    session.flush()

    attempt = start_attempt(session, charlie, "rounds")

    assert stage(attempt) == (1, 2, FIRST_OVER, NOW + 8 * MINUTE)
    move_on(session, attempt, NOW + 4 * MINUTE)
    assert stage(attempt) == (3, 4, NOW + 8 * MINUTE, NOW + 8 * MINUTE)


def test_a_section_that_found_no_question_takes_no_time(
    session: Session, alice: models.User
) -> None:
    attempt = start_sections(session, alice, items=2)

    assert stage(attempt) == (1, 2, FIRST_OVER, FIRST_OVER)
    current = stages.opening(attempt, NOW)
    assert current is not None
    assert current.is_last


def test_many_who_notice_at_once_store_it_once(app: Flask, alice: models.User) -> None:
    with stored(app) as session:
        attempt = start_sections(session, alice)

    outcomes = in_parallel(
        app,
        [
            lambda session: answer(session, attempt, 3, FIRST_OVER + SECOND),
            lambda session: move_on(session, attempt, FIRST_OVER + SECOND),
            lambda session: answer(session, attempt, 1, FIRST_OVER + SECOND),
        ]
        * 6,
    )

    assert not [each for each in outcomes if isinstance(each, BaseException)]
    assert [(each.kind, each.stage_first) for each in rows(app, models.TimeChange)] == [
        ("lapse", 3)
    ]
    assert [row.save_count for row in rows(app, models.Response)] == [1, 0, 1, 0]
