"""All that is stored about a person, to take away."""

import json
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from quizapp.db import models
from quizapp.services import export
from tests.factories import MINUTE, NOW, answer, start_attempt, take_attempt
from tests.programs import HALF, settle_all, take_programs

DAY = timedelta(days=1)


def test_an_export_holds_the_account_the_attempts_and_the_skills(
    session: Session, alice: models.User, charlie: models.User, now: datetime
) -> None:
    take_attempt(session, alice, "ml", now, right=[1])
    start_attempt(session, alice, "coding", now + DAY)
    take_attempt(session, charlie, "ml", now, right=[1])

    found = json.loads(json.dumps(export.export(session, alice)))

    assert found["account"]["email"] == "alice@example.org"
    assert [attempt["title"] for attempt in found["attempts"]] == ["ML fundamentals", "Coding"]
    assert found["attempts"][1]["finished_at"] is None
    assert "" in [row["node"] for row in found["skills"]]


def test_an_export_tells_no_secret(session: Session, alice: models.User) -> None:
    text = json.dumps(export.export(session, alice))

    assert "password" not in text
    assert alice.password_hash not in text


def test_a_table_has_one_row_for_each_response(
    session: Session, alice: models.User, now: datetime
) -> None:
    take_attempt(session, alice, "ml", now, right=[1])
    running = start_attempt(session, alice, "coding", now + DAY)
    answer(session, running, 1, now + DAY + MINUTE)

    rows = list(export.export_rows(session, alice.id))

    assert [row["position"] for row in rows] == [1, 2, 3, 1, 2]
    assert [row["score"] for row in rows] == [1.0, 0.0, 0.0, None, None]
    assert {row["finished_at"] == "" for row in rows[3:]} == {True}
    assert len({tuple(row) for row in rows}) == 1


def test_an_export_holds_the_verdicts_on_programs(session: Session, alice: models.User) -> None:
    take_programs(session, alice)
    settle_all(session, NOW + 5 * MINUTE, HALF)

    found = export.export(session, alice)["attempts"][0]["responses"]

    assert found[0]["verdict"]["score"] == 0.5
    assert found[0]["verdict"]["groups"] == []
    assert found[1]["verdict"] is None


def test_while_an_attempt_is_open_nothing_in_an_export_helps_to_answer_it(
    session: Session, alice: models.User, now: datetime
) -> None:
    running = start_attempt(session, alice, "coding", now)
    answer(session, running, 1, now + MINUTE)

    found = export.export(session, alice)["attempts"][0]["responses"][0]

    assert (found["item"], found["response"]) == (None, None)
    assert found["saved_at"] is not None
