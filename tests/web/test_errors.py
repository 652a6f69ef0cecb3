"""From an error to a status and a page, or to JSON for scripts."""

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.exc import OperationalError

from quizapp.db import models
from tests.databases import on_every_kind
from tests.web.pages import JSON, Page, post

HUGE = "9" * 30
IMPOSSIBLE_PAGES = (
    f"/attempts/{HUGE}",
    f"/attempts/{HUGE}/questions/1",
    f"/attempts/{HUGE}/submission",
    "/attempts/2147483648",
    "/attempts/-1",
    "/attempts/1e3",
    f"/history?quiz={HUGE}",
    f"/question-sets/{HUGE}",
    "/quizzes/a%00b",
    "/skills/a%00b",
    "/invitations/a%00b",
    "/%ff%fe",
)
IMPOSSIBLE_ACTIONS = (
    f"/attempts/{HUGE}/submission",
    f"/attempts/{HUGE}/practice",
    f"/attempts/{HUGE}/responses/{HUGE}",
    f"/question-sets/{HUGE}/publication",
    f"/people/{HUGE}/role",
    "/quizzes/a%00b/attempts",
)


def test_an_unknown_page_says_so_and_leads_back(client: FlaskClient) -> None:
    answer = client.get("/unknown")

    page = Page(answer)
    assert (answer.status_code, page.heading) == (404, "Nothing here")
    assert page.links[-1] == "/"


def test_a_wrong_method_names_the_right_ones(as_alice: FlaskClient) -> None:
    answer = as_alice.get("/theme")

    assert answer.status_code == 405
    assert set(answer.headers["Allow"].split(", ")) == {"POST", "OPTIONS"}


def test_a_form_without_its_token_is_asked_to_be_loaded_again(client: FlaskClient) -> None:
    answer = client.post("/sign-in", data={"email": "alice@example.org"})

    assert answer.status_code == 400
    assert "The page was too old or came from elsewhere." in Page(answer).text


def test_a_failure_of_ours_shows_no_trace(app: Flask, client: FlaskClient) -> None:
    app.add_url_rule("/broken", view_func=lambda: str(1 // 0))

    answer = client.get("/broken")

    assert (answer.status_code, Page(answer).heading) == (500, "Something broke on our side")
    assert "ZeroDivisionError" not in answer.text
    assert "Traceback" not in answer.text


def test_a_busy_database_asks_to_wait(app: Flask, client: FlaskClient) -> None:
    def refuse() -> str:
        raise OperationalError("SELECT secret", {}, Exception("database is locked"))

    app.add_url_rule("/busy", view_func=refuse)

    answer = client.get("/busy")

    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert Page(answer).heading == "Busy right now"
    assert "secret" not in answer.text


def test_scripts_get_every_error_as_a_sentence_in_json(
    app: Flask, client: FlaskClient, as_alice: FlaskClient, attempt: models.Attempt
) -> None:
    app.add_url_rule("/broken", view_func=lambda: str(1 // 0))
    path = f"/attempts/{attempt.id}"

    answers = [
        client.post(f"{path}/responses/1", headers=JSON),
        post(client, f"{path}/responses/1", headers=JSON),
        as_alice.get("/unknown", headers=JSON),
        as_alice.get("/theme", headers=JSON),
        post(as_alice, f"{path}/responses/9", headers=JSON),
        client.get("/broken", headers=JSON),
    ]

    assert [each.status_code for each in answers] == [400, 401, 404, 405, 404, 500]
    assert [list(each.get_json()) for each in answers] == [["message"]] * 6


@on_every_kind
def test_an_address_that_no_row_can_have_is_not_there(as_bob: FlaskClient) -> None:
    found = {path: as_bob.get(path).status_code for path in IMPOSSIBLE_PAGES}

    assert found == dict.fromkeys(IMPOSSIBLE_PAGES, 404)


@on_every_kind
def test_nothing_can_be_done_to_what_no_row_can_be(as_admin: FlaskClient) -> None:
    form = {"role": "admin"}
    found = {path: post(as_admin, path, form).status_code for path in IMPOSSIBLE_ACTIONS}

    assert {path: status for path, status in found.items() if status not in (404, 405)} == {}
