"""The worked example of CONTRIBUTING: a kind of question is one file, and nothing else."""

import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from quizapp.config import ROOT
from quizapp.db import models
from quizapp.domain import question_types as folder
from quizapp.domain.question import QuestionType
from quizapp.services import uploads
from quizapp.web.uploads import guide
from tests.factories import start_attempt, stored
from tests.unit.domain.question_types import test_contract as contract
from tests.web.pages import Page, post

CODE = re.findall(
    r"^```python\n(.*?)^```$", (ROOT / "CONTRIBUTING.md").read_text("utf-8"), re.M | re.S
)
SET = b"""\
id: estimates
title: Estimates
items:
  - id: seconds
    type: estimate
    skills: [math.probability.bayes]
    stem: How many seconds are in a year?
    answer: 31536000
    explanation: It is about pi times ten to the seventh.
"""


@pytest.fixture(autouse=True)
def kind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[type[QuestionType]]:
    """The kind of the example, as if its file lay beside the others."""
    (tmp_path / "estimate.py").write_text(CODE[0], "utf-8")
    monkeypatch.setattr(folder, "__path__", [*folder.__path__, str(tmp_path)])
    for remembered in (folder.question_types, guide.entries):
        remembered.cache_clear()
    yield folder.question_types()["estimate"]
    monkeypatch.undo()
    sys.modules.pop(f"{folder.__name__}.estimate")
    for remembered in (folder.question_types, guide.entries):
        remembered.cache_clear()


def test_there_is_one_example_and_it_follows_the_style(tmp_path: Path) -> None:
    (code,) = CODE

    for command in (["check"], ["format", "--check"]):
        ruff = [sys.executable, "-m", "ruff", *command, "--config", str(ROOT / "pyproject.toml")]
        subprocess.run([*ruff, str(tmp_path / "estimate.py")], check=True, timeout=60)
    assert len(code.splitlines()) < 70


def test_it_keeps_the_contract_of_all_kinds(kind: type[QuestionType]) -> None:
    for example in kind.examples:
        contract.test_parse_and_export_are_inverses(kind, example)
        contract.test_a_field_that_is_not_known_is_refused(kind, example)
        contract.test_examples_are_graded_as_stated(kind, example)
        contract.test_the_interaction_holds_no_key(kind, example)
        question = kind.parse(example.fields)
        contract.test_scores_lie_between_0_and_1(question)
        contract.test_every_response_can_be_reviewed_and_shown(question)
        contract.test_no_response_is_reviewed_as_not_answered(question)
        contract.test_what_is_posted_is_read_as_the_same_response(question)
        contract.test_a_guess_scores_what_is_said_of_it(question)
        contract.test_nonsense_is_read_as_nothing_or_as_something_harmless(question)


def test_it_is_uploaded_answered_and_reviewed_like_any_other(
    app: Flask, alice: models.User, bob: models.User, as_alice: FlaskClient, now: datetime
) -> None:
    with stored(app) as session:
        upload = uploads.receive(session, bob.id, "estimates.yaml", SET, now)
        uploads.publish(session, uploads.checked(session, bob.id, upload.id), now)
        attempt = start_attempt(session, alice, "estimates", now)

    post(as_alice, f"/attempts/{attempt.id}/responses/1", {"text": "1e7"})
    post(as_alice, f"/attempts/{attempt.id}/submission")

    page = Page(as_alice.get(f"/attempts/{attempt.id}"))
    assert "0.5 of 1 point" in page.text
    assert "about 3.1536e+07" in page.text


def test_the_guide_shows_it(as_bob: FlaskClient) -> None:
    page = Page(as_bob.get("/question-sets/guide"))

    assert page.one("h2", id="estimate").text == "Estimate"
    assert "What a good estimate is near to." in page.text
