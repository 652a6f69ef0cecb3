"""People in front of their browsers, at the real time: views read the clock.

Pages are tested on SQLite; what writes, or asks much of the database, on PostgreSQL too.
"""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from quizapp.db import models
from quizapp.images import reencode
from quizapp.runner.states import RunnerState
from quizapp.services import accounts, code_runs, images, study_settings, uploads
from tests.essays import take_essay
from tests.factories import (
    MINUTE,
    make_bank,
    make_items,
    row_at,
    sign_in,
    start_attempt,
    stored,
    take_attempt,
)
from tests.pictures import picture
from tests.trial_runs import make_code, use_runner
from tests.web.question_sets import BOBS_SET


@pytest.fixture
def database_kind() -> str:
    """One kind, but for tests that say ``on_every_kind``."""
    return "sqlite"


@pytest.fixture
def now() -> datetime:
    """The real time."""
    return datetime.now(UTC)


def browser_of(app: Flask, user: models.User) -> FlaskClient:
    client = app.test_client()
    sign_in(client, user)
    return client


@pytest.fixture
def as_alice(app: Flask, alice: models.User) -> FlaskClient:
    """Alice's browser."""
    return browser_of(app, alice)


@pytest.fixture
def as_bob(app: Flask, bob: models.User) -> FlaskClient:
    """Bob's browser."""
    return browser_of(app, bob)


@pytest.fixture
def as_charlie(app: Flask, charlie: models.User) -> FlaskClient:
    """Charlie's browser."""
    return browser_of(app, charlie)


@pytest.fixture
def as_admin(app: Flask, admin: models.User) -> FlaskClient:
    """The administrator's browser."""
    return browser_of(app, admin)


@pytest.fixture
def attempt(app: Flask, alice: models.User, now: datetime) -> models.Attempt:
    """Alice's open attempt: 4 questions, begun a minute ago, 9 minutes left."""
    with stored(app) as session:
        return start_attempt(session, alice, now=now - MINUTE)


@pytest.fixture
def finished(app: Flask, alice: models.User, now: datetime) -> models.Attempt:
    """Alice's finished attempt at all of mathematics: 3 right, 2 wrong, 1 left out; 20 minutes."""
    with stored(app) as session:
        return take_attempt(
            session, alice, "math-whole", now - 40 * MINUTE, right=(1, 2, 3), wrong=(4, 5)
        )


@pytest.fixture
def missed(app: Flask, alice: models.User, now: datetime) -> int:
    """The item that Alice missed two days ago; it is due."""
    with stored(app) as session:
        make_bank(session, make_items(1), "once-missed")
        attempt = take_attempt(session, alice, "once-missed", now - timedelta(days=2), wrong=(1,))
        return row_at(session, attempt, 1).item_revision.item_id


@pytest.fixture
def invitation(app: Flask, now: datetime) -> str:
    """The token of an open link that makes an administrator."""
    token = "a token that was printed at the first start"
    with stored(app) as session:
        session.add(
            models.Invitation(
                token_hash=accounts.token_hash(token),
                role="admin",
                created_at=now,
                expires_at=now + accounts.INVITATION_LIFETIME,
            )
        )
    return token


@pytest.fixture
def upload(app: Flask, bob: models.User, now: datetime) -> models.Upload:
    """Bob's file with two good questions, not published."""
    with stored(app) as session:
        return uploads.receive(session, bob.id, "bobs.yaml", BOBS_SET.encode(), now)


@pytest.fixture
def image(app: Flask) -> str:
    """The digest of a stored picture."""
    drawn = reencode(picture())
    with stored(app) as session:
        images.store(session, [drawn])
    return drawn.reference.digest


@pytest.fixture
def written(app: Flask, alice: models.User, bob: models.User, now: datetime) -> models.Attempt:
    """Alice's finished attempt at Bob's set: her open answer, question 1, awaits a mark."""
    with stored(app) as session:
        return take_essay(session, alice, bob, now - 90 * MINUTE)


@pytest.fixture
def coded(app: Flask, alice: models.User, now: datetime) -> models.Attempt:
    """Alice's open attempt at a question for code. It was run, and then the runner switched off."""
    runner = use_runner(app)
    with stored(app) as session:
        make_bank(session, [make_code()], "code-only")
        attempt = start_attempt(session, alice, "code-only", now - MINUTE)
        run = code_runs.begin(session, alice.id, attempt.id, 1, 10, now)
        code_runs.finish(session, run, code_runs.report(runner, run), now)
    use_runner(app, RunnerState("off", reason="It was switched off."))
    return attempt


@pytest.fixture
def calendar(app: Flask, alice: models.User) -> str:
    """The token of Alice's calendar."""
    with stored(app) as session:
        return study_settings.make_calendar_token(session, alice.id)


@pytest.fixture
def objects(
    attempt: models.Attempt,
    finished: models.Attempt,
    written: models.Attempt,
    coded: models.Attempt,
    missed: int,
    upload: models.Upload,
    charlie: models.User,
    invitation: str,
    image: str,
    calendar: str,
) -> dict[str, Any]:
    """What the addresses in ``access.py`` name."""
    return {
        "open": attempt.id,
        "finished": finished.id,
        "written": written.id,
        "coded": coded.id,
        "missed": missed,
        "upload": upload.id,
        "charlie": charlie.id,
        "invitation": invitation,
        "image": image,
        "calendar": calendar,
        "unknown": 999,
    }
