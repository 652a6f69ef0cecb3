"""The record of an attempt: every accepted change, once, and never rewritten."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from quizapp.db import models
from quizapp.services import attempts, clocks, records, responses
from quizapp.services.storing import Input, Stamp
from tests.factories import (
    GRACE,
    MINUTE,
    NOW,
    answer,
    grant,
    position_of,
    row_at,
    save,
    start_attempt,
    take_attempt,
)

SCREEN = timedelta(minutes=10)


def changes(session: Session) -> list[models.ResponseChange]:
    return list(session.scalars(select(models.ResponseChange).order_by("at", "position")))


def kinds(session: Session, attempt: models.Attempt) -> list[str]:
    return [event.kind for event in records.events(session, attempt)]


# --- What is noted --------------------------------------------------------------------------------


def test_every_accepted_change_has_one_row(
    session: Session, alice: models.User, now: datetime
) -> None:
    attempt = start_attempt(session, alice, "math-whole")
    position = position_of(session, attempt, "bell-curve")
    for minute, text in enumerate(("nor", "normal", None), start=1):
        save(session, attempt, position, text, now + minute * MINUTE)

    found = [(row.position, row.number, row.at, row.value) for row in changes(session)]

    assert found == [
        (position, 1, now + MINUTE, "nor"),
        (position, 2, now + 2 * MINUTE, "normal"),
        (position, 3, now + 3 * MINUTE, None),
    ]


def test_a_row_says_who_made_the_change_and_on_which_page(
    session: Session, alice: models.User, now: datetime
) -> None:
    attempt = start_attempt(session, alice)
    given = Input({}, is_flagged=True, stamp=Stamp(seen=0, client="tab-1", sequence=1))

    responses.save(session, alice.id, attempt.id, 2, given, now + MINUTE, GRACE)

    (change,) = changes(session)
    assert (change.made_by_id, change.client) == (alice.id, "tab-1")
    assert (change.value, change.is_flagged, change.is_late) == (None, True, False)


def test_a_save_that_changes_nothing_has_no_row(
    session: Session, alice: models.User, now: datetime
) -> None:
    attempt = start_attempt(session, alice)
    save(session, attempt, 1, None)
    for minute in (1, 2, 3):
        answer(session, attempt, 2, now + minute * MINUTE, seconds_spent=10 * minute)

    assert [(row.position, row.number) for row in changes(session)] == [(2, 1)]
    assert row_at(session, attempt, 2).saved_at == now + 3 * MINUTE


def test_the_last_row_is_what_the_response_holds(
    session: Session, alice: models.User, now: datetime
) -> None:
    attempt = take_attempt(session, alice, "math-whole", now, right=(1, 2, 3), wrong=(4, 5))

    held = [(row.position, row.save_count, row.value) for row in attempt.responses]

    noted = {row.position: (row.position, row.number, row.value) for row in changes(session)}
    assert sorted(noted.values()) == held[:5]
    assert held[5] == (6, 0, None)


def test_a_change_in_the_grace_is_marked_as_late(
    session: Session, alice: models.User, now: datetime
) -> None:
    attempt = start_attempt(session, alice)
    answer(session, attempt, 1, now + SCREEN - timedelta(milliseconds=1))
    answer(session, attempt, 2, now + SCREEN)
    answer(session, attempt, 3, now + SCREEN + GRACE / 2)

    assert [row.is_late for row in changes(session)] == [False, True, True]


def test_what_is_refused_is_not_noted(session: Session, alice: models.User, now: datetime) -> None:
    attempt = start_attempt(session, alice)

    answer(session, attempt, 1, now + SCREEN + GRACE)

    assert changes(session) == []


# --- What the database holds on to ----------------------------------------------------------------


@pytest.mark.parametrize(
    "values", [{"value": ["other"]}, {"is_late": False}, {"at": NOW}, {"number": 9}]
)
def test_no_row_can_be_rewritten(
    session: Session, alice: models.User, values: dict[str, object]
) -> None:
    attempt = start_attempt(session, alice)
    answer(session, attempt, 1)

    with pytest.raises(IntegrityError, match="append-only"):
        session.execute(update(models.ResponseChange).values(**values))


def test_the_record_goes_with_its_attempt_and_no_other(
    session: Session, alice: models.User, charlie: models.User
) -> None:
    gone, kept = (start_attempt(session, who) for who in (alice, charlie))
    for attempt in (gone, kept):
        answer(session, attempt, 1)
        clocks.add_time(session, attempt.id, 5, alice.id, "", attempt.started_at)

    for model, column in (
        (models.Response, models.Response.attempt_id),
        (models.Attempt, models.Attempt.id),
    ):
        session.execute(delete(model).where(column == gone.id))

    assert {row.attempt_id for row in changes(session)} == {kept.id}
    assert set(session.scalars(select(models.TimeChange.attempt_id))) == {kept.id}


# --- How it is told -------------------------------------------------------------------------------


def test_an_attempt_is_told_from_its_start_to_its_end(
    session: Session, alice: models.User, now: datetime
) -> None:
    attempt = start_attempt(session, alice, "math-whole")
    position = position_of(session, attempt, "bell-curve")
    save(session, attempt, position, "normal", now + MINUTE)
    attempts.close(session, attempt.id, now + 2 * MINUTE)

    first, second, third = records.events(session, attempt)

    assert (first.kind, first.at, first.by, first.new_ends_at) == (
        ("started", now, "Alice", attempt.ends_at)
    )
    assert (second.kind, second.position, second.lines) == ("answered", position, ("normal",))
    assert (third.kind, third.at, third.by) == ("finished", now + 2 * MINUTE, "Alice")


def test_every_change_has_a_word_of_its_own(
    session: Session, alice: models.User, now: datetime
) -> None:
    attempt = start_attempt(session, alice, "math-whole")
    position = position_of(session, attempt, "bell-curve")
    steps: list[tuple[dict[str, list[str]], bool | None]] = [
        ({}, True),
        ({"text": ["a"]}, None),
        ({"text": ["a"]}, False),
        ({"text": []}, None),
    ]
    for minute, (fields, flag) in enumerate(steps, start=1):
        given = Input(fields, is_flagged=flag)
        responses.save(session, alice.id, attempt.id, position, given, now + minute * MINUTE, GRACE)

    assert kinds(session, attempt) == ["started", "flagged", "answered", "unflagged", "cleared"]


def test_one_question_is_not_compared_with_another(
    session: Session, alice: models.User, now: datetime
) -> None:
    attempt = start_attempt(session, alice)
    for position in (1, 2):
        given = Input({}, is_flagged=True)
        responses.save(session, alice.id, attempt.id, position, given, now + MINUTE, GRACE)

    assert kinds(session, attempt) == ["started", "flagged", "flagged"]


def test_options_are_told_as_the_learner_saw_them(
    session: Session, alice: models.User, now: datetime
) -> None:
    attempt = start_attempt(session, alice, "math-whole")
    position = position_of(session, attempt, "two-urns")
    save(session, attempt, position, [0], now + MINUTE)

    event = records.events(session, attempt)[1]

    letters = {f"{letter}. Bayes" for letter in "ABC"}
    assert len(event.lines) == 1
    assert event.lines[0] in letters


def test_time_added_and_pauses_are_told_with_both_ends(
    session: Session, alice: models.User, bob: models.User, now: datetime
) -> None:
    grant(session, alice, pause_minutes=15)
    attempt = start_attempt(session, alice)
    clocks.add_time(session, attempt.id, 5, bob.id, "a fire alarm", now + MINUTE)
    clocks.pause(session, alice.id, attempt.id, now + 2 * MINUTE)
    clocks.resume(session, alice.id, attempt.id, now + 3 * MINUTE)
    ends = [now + each * MINUTE for each in (10, 15, 30, 16)]

    told = records.events(session, attempt)[1:]

    assert [(each.kind, each.by, each.reason) for each in told] == [
        ("added", "Bob", "a fire alarm"),
        ("pause", "Alice", ""),
        ("resumption", "Alice", ""),
    ]
    assert [each.old_ends_at for each in told] == ends[:3]
    assert [each.new_ends_at for each in told] == ends[1:]


def test_an_attempt_that_the_clock_ended_was_ended_by_nobody(
    session: Session, alice: models.User, now: datetime
) -> None:
    attempt = start_attempt(session, alice)
    answer(session, attempt, 1, now + SCREEN + GRACE / 2)
    attempts.close_overdue(session, attempt.id, now + 2 * SCREEN, GRACE)

    told = {event.kind: event for event in records.events(session, attempt)}

    assert (told["finished"].by, told["finished"].at) == ("", now + SCREEN)
    assert told["answered"].is_late
