"""All of a person's data, to take away."""

import csv
import io

from flask import Flask
from flask.testing import FlaskClient

from quizapp.db import models
from tests.databases import on_every_kind
from tests.factories import row_at, stored
from tests.web.pages import post

TRIGGERS = "=+-@\t\r＝＋－＠"


def table(client: FlaskClient) -> list[list[str]]:
    """The cells of the CSV export, its names first."""
    text = client.get("/history/export.csv").get_data().decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline="")))


@on_every_kind
def test_json_holds_the_account_the_attempts_and_the_skills(
    as_alice: FlaskClient, finished: models.Attempt, attempt: models.Attempt
) -> None:
    answer = as_alice.get("/history/export.json")

    data = answer.get_json()
    assert answer.headers["Content-Disposition"] == "attachment; filename=history.json"
    assert data["account"]["email"] == "alice@example.org"
    assert [len(each["responses"]) for each in data["attempts"]] == [6, 4]
    assert {each["node"] for each in data["skills"]} >= {"", "math", "math.probability.bayes"}


def test_json_holds_no_secret(as_alice: FlaskClient, alice: models.User) -> None:
    text = as_alice.get("/history/export.json").text

    assert alice.password_hash not in text
    assert "argon2" not in text
    assert "token" not in text


@on_every_kind
def test_csv_has_a_row_for_each_response(as_alice: FlaskClient, finished: models.Attempt) -> None:
    names, *lines = table(as_alice)

    assert len(lines) == 6
    assert [line[names.index("score")] for line in lines] == ["1.0"] * 3 + ["0.0"] * 3
    assert {line[names.index("title")] for line in lines} == {"All of mathematics"}


def test_csv_of_nobody_is_an_empty_table(as_alice: FlaskClient) -> None:
    answer = as_alice.get("/history/export.csv")

    assert answer.status_code == 200
    assert answer.content_type == "text/csv; charset=utf-8"
    assert answer.headers["Content-Disposition"] == "attachment; filename=history.csv"
    assert [line for line in table(as_alice)[1:] if line] == []


def test_no_cell_begins_like_a_formula(
    app: Flask, as_alice: FlaskClient, finished: models.Attempt
) -> None:
    typed = [f"{trigger}cmd|' /C calc'!A0,\"x\"\n=1+1" for trigger in TRIGGERS]

    cells = []
    for text in typed:
        with stored(app) as session:
            row_at(session, finished, 1).value = text
        cells += [cell for line in table(as_alice) for cell in line]

    assert {f"'{text}" for text in typed} <= set(cells)
    assert not [cell for cell in cells if cell.startswith(tuple(TRIGGERS))]


def test_a_title_that_an_instructor_wrote_is_no_formula_either(
    app: Flask, as_alice: FlaskClient, attempt: models.Attempt
) -> None:
    with stored(app) as session:
        session.get_one(models.Attempt, attempt.id).title = "=HYPERLINK(1)"

    assert {line[1] for line in table(as_alice)[1:]} == {"'=HYPERLINK(1)"}


def test_nobody_takes_the_data_of_others_away(
    as_charlie: FlaskClient, finished: models.Attempt
) -> None:
    assert as_charlie.get("/history/export.json").get_json()["attempts"] == []
    assert "All of mathematics" not in as_charlie.get("/history/export.csv").text


def test_changing_the_goal_shows_in_the_export(as_alice: FlaskClient) -> None:
    fields = {"name": "=Alice", "target_role": "data-scientist", "interview_on": "2026-12-24"}
    post(as_alice, "/profile", fields)

    account = as_alice.get("/history/export.json").get_json()["account"]

    assert (account["name"], account["interview_on"]) == ("=Alice", "2026-12-24")
