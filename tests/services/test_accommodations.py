"""Granting accommodations, and taking them back."""

from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from quizapp.db import models
from quizapp.domain.errors import ConflictError, NotFoundError
from quizapp.domain.timing import Accommodation
from quizapp.services import accommodations, clocks
from tests.factories import MINUTE, in_parallel, rows, start_attempt

HALF_MORE = Accommodation(1.5, 10 * MINUTE)


def test_what_is_granted_holds_until_it_is_withdrawn(
    session: Session, alice: models.User, admin: models.User, now: datetime
) -> None:
    accommodations.grant(session, admin.id, alice.id, HALF_MORE, now)
    assert clocks.accommodation(session, alice.id) == HALF_MORE

    accommodations.withdraw(session, alice.id)
    assert clocks.accommodation(session, alice.id) == Accommodation()


def test_who_granted_it_and_when_is_known(
    session: Session, alice: models.User, admin: models.User, now: datetime
) -> None:
    accommodations.grant(session, admin.id, alice.id, HALF_MORE, now)

    found = accommodations.find(session, alice.id)

    assert found is not None
    assert (found.set_by.name, found.set_at) == ("Admin", now)


def test_a_later_grant_replaces_the_whole_of_the_former(
    session: Session, alice: models.User, admin: models.User, now: datetime
) -> None:
    accommodations.grant(session, admin.id, alice.id, HALF_MORE, now)
    only_practice = Accommodation(is_untimed_in_practice=True)

    accommodations.grant(session, admin.id, alice.id, only_practice, now + MINUTE)

    assert clocks.accommodation(session, alice.id) == only_practice
    assert list(accommodations.of_everybody(session)) == [alice.id]


def test_a_running_attempt_keeps_its_time(
    session: Session, alice: models.User, admin: models.User, now: datetime
) -> None:
    running = start_attempt(session, alice)

    accommodations.grant(session, admin.id, alice.id, HALF_MORE, now)

    later = start_attempt(session, alice, "math-whole")
    assert running.ends_at == now + 10 * MINUTE
    assert later.ends_at == now + 1.5 * timedelta(minutes=later.plan["minutes"])
    assert (running.pause_left_seconds, later.pause_left_seconds) == (0, 600)


def test_granting_nothing_is_refused(
    session: Session, alice: models.User, admin: models.User, now: datetime
) -> None:
    with pytest.raises(ConflictError, match="grants nothing"):
        accommodations.grant(session, admin.id, alice.id, Accommodation(), now)


def test_a_person_who_is_not_there_is_granted_nothing(
    session: Session, admin: models.User, now: datetime
) -> None:
    with pytest.raises(NotFoundError):
        accommodations.grant(session, admin.id, 999, HALF_MORE, now)
    with pytest.raises(NotFoundError):
        accommodations.withdraw(session, 999)


def test_grants_at_once_leave_one(
    app: Flask, alice: models.User, admin: models.User, now: datetime
) -> None:
    def grant(session: Session) -> int:
        return accommodations.grant(session, admin.id, alice.id, HALF_MORE, now).id

    found = in_parallel(app, [grant] * 4)

    assert found == [alice.id] * 4
    assert len(rows(app, models.Accommodation)) == 1
