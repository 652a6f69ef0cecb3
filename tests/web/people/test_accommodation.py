"""Granting accommodations to a person, and taking them back."""

from datetime import datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient

from quizapp.db import models
from quizapp.domain.timing import Accommodation
from quizapp.services import accommodations
from tests.factories import MINUTE, rows, stored
from tests.web.pages import Page, post

FORM = {"time_factor": "1.5", "pause_minutes": "10", "is_untimed_in_practice": "y"}


def address(user: models.User) -> str:
    return f"/people/{user.id}/accommodation"


@pytest.fixture
def granted(app: Flask, charlie: models.User, admin: models.User, now: datetime) -> None:
    """Charlie has half as much time again."""
    with stored(app) as session:
        accommodations.grant(session, admin.id, charlie.id, Accommodation(1.5), now)


def test_what_an_administrator_grants_is_listed(
    app: Flask, as_admin: FlaskClient, admin: models.User, charlie: models.User
) -> None:
    answer = post(as_admin, address(charlie), FORM)

    page = Page(as_admin.get(answer.location))
    assert "It holds for attempts that Charlie starts from now on." in page.text
    assert "time × 1.5, pauses of 10 min in all, no timer in practice Change" in page.text
    (row,) = rows(app, models.Accommodation)
    assert (row.user_id, row.set_by_id) == (charlie.id, admin.id)


def test_the_form_shows_what_is_granted_and_by_whom(
    as_admin: FlaskClient, charlie: models.User, granted: None
) -> None:
    page = Page(as_admin.get(address(charlie)))

    assert "Time × 1.5. Set by Admin today at" in page.text
    assert "selected" in page.one("option", value="1.5")
    assert "checked" not in page.one("input", name="is_untimed_in_practice")


def test_every_time_factor_can_be_chosen(
    app: Flask, as_admin: FlaskClient, charlie: models.User
) -> None:
    options = [each["value"] for each in Page(as_admin.get(address(charlie))).all("option")]

    for factor in options[1:]:
        post(as_admin, address(charlie), {"time_factor": factor, "pause_minutes": "0"})
        assert [each.time_factor for each in rows(app, models.Accommodation)] == [float(factor)]
    assert options == ["1.0", "1.25", "1.5", "1.75", "2.0", "2.5", "3.0", "4.0"]


def test_it_can_be_withdrawn(
    app: Flask, as_admin: FlaskClient, charlie: models.User, granted: None
) -> None:
    answer = post(as_admin, f"{address(charlie)}/withdrawal")

    assert "Charlie has the usual time" in Page(as_admin.get(answer.location)).text
    assert rows(app, models.Accommodation) == []


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"pause_minutes": ""}, "Enter from 0 to 240 minutes."),
        ({"pause_minutes": "-1"}, "Enter from 0 to 240 minutes."),
        ({"pause_minutes": "241"}, "Enter from 0 to 240 minutes."),
        ({"pause_minutes": "a few"}, "Enter a whole number."),
        ({"time_factor": "5"}, "Not a valid choice."),
        ({"time_factor": "much"}, "could not coerce"),
        ({"time_factor": "nan"}, "Not a valid choice."),
    ],
)
def test_a_wrong_entry_is_named_and_changes_nothing(
    app: Flask,
    as_admin: FlaskClient,
    charlie: models.User,
    granted: None,
    wrong: dict[str, str],
    says: str,
) -> None:
    answer = post(as_admin, address(charlie), {**FORM, **wrong})

    assert answer.status_code == 422
    assert says in Page(answer).text
    assert [each.pause_minutes for each in rows(app, models.Accommodation)] == [0]


def test_granting_nothing_is_refused(
    app: Flask, as_admin: FlaskClient, charlie: models.User
) -> None:
    answer = post(as_admin, address(charlie), {"time_factor": "1.0", "pause_minutes": "0"})

    assert answer.status_code == 422
    assert "This grants nothing." in Page(answer).text


def test_nobody_else_sees_or_changes_it(
    app: Flask, as_alice: FlaskClient, as_bob: FlaskClient, alice: models.User, granted: None
) -> None:
    for browser in (as_alice, as_bob):
        assert browser.get(address(alice)).status_code == 404
        assert post(browser, address(alice), FORM).status_code == 404
        assert post(browser, f"{address(alice)}/withdrawal").status_code == 404
    assert len(rows(app, models.Accommodation)) == 1


def test_the_person_sees_it_on_their_profile(
    app: Flask, as_charlie: FlaskClient, charlie: models.User, admin: models.User, now: datetime
) -> None:
    assert "None. An administrator can grant" in Page(as_charlie.get("/profile")).text
    with stored(app) as session:
        wanted = Accommodation(1.5, 10 * MINUTE, is_untimed_in_practice=True)
        accommodations.grant(session, admin.id, charlie.id, wanted, now)

    page = Page(as_charlie.get("/profile"))

    assert "Time in timed quizzes × 1.5 Pauses in a timed quiz 10 min in all" in page.text
    assert "Practice no timer Granted by Admin today at" in page.text
