"""Giving and taking roles."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from quizapp.db import models
from tests.factories import PASSWORD, find_person, sign_in
from tests.web.pages import Page, post


@pytest.mark.parametrize("role", ["instructor", "admin", "learner"])
def test_an_administrator_gives_a_role(
    app: Flask, as_admin: FlaskClient, charlie: models.User, role: str
) -> None:
    answer = post(as_admin, f"/people/{charlie.id}/role", {"role": role})

    assert f"Charlie is now {role}." in Page(as_admin.get(answer.location)).text
    assert find_person(app, "charlie").role == role


def test_a_new_role_begins_with_the_next_sign_in(
    as_admin: FlaskClient, as_charlie: FlaskClient, charlie: models.User
) -> None:
    assert as_charlie.get("/question-sets").status_code == 404

    post(as_admin, f"/people/{charlie.id}/role", {"role": "instructor"})

    assert as_charlie.get("/question-sets").location == "/sign-in?next=/question-sets"
    sign_in(as_charlie, charlie)
    assert as_charlie.get("/question-sets").status_code == 200


def test_the_only_administrator_stays_one(
    app: Flask, as_admin: FlaskClient, admin: models.User
) -> None:
    answer = post(as_admin, f"/people/{admin.id}/role", {"role": "learner"})

    assert "This is the only administrator." in Page(as_admin.get(answer.location)).text
    assert find_person(app, "admin").role == "admin"


@pytest.mark.parametrize("role", ["", "queen", "Admin", "admin "])
def test_there_are_no_other_roles(
    app: Flask, as_admin: FlaskClient, charlie: models.User, role: str
) -> None:
    assert post(as_admin, f"/people/{charlie.id}/role", {"role": role}).status_code == 404
    assert find_person(app, "charlie").role == "learner"


def test_an_unknown_person_is_not_there(as_admin: FlaskClient) -> None:
    assert post(as_admin, "/people/999/role", {"role": "admin"}).status_code == 404


@pytest.mark.parametrize("name", ["alice", "bob"])
def test_nobody_else_gives_roles(app: Flask, client: FlaskClient, name: str) -> None:
    post(client, "/sign-in", {"email": f"{name}@example.org", "password": PASSWORD})
    user = find_person(app, name)

    assert post(client, f"/people/{user.id}/role", {"role": "admin"}).status_code == 404
    assert find_person(app, name).role == user.role
