"""What every test may ask for: databases, an app over one, people, the time.

A test that reaches a database runs on SQLite and on PostgreSQL. The database holds the questions
of ``tests/fixtures/questions`` and the people below; the test may change it as it likes.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event
from sqlalchemy.orm import Session

from quizapp.db import db, models
from quizapp.runner.client import Runner
from tests import factories, runners
from tests.databases import KINDS, Databases, PostgresDatabases, SqliteDatabases

POSTGRES_URL = "QUIZAPP_TEST_POSTGRES_URL"

CountQueries = Callable[[], AbstractContextManager[list[str]]]


@pytest.fixture
def now() -> datetime:
    """When tests take place: a Wednesday morning."""
    return factories.NOW


@pytest.fixture(scope="session")
def sqlite_databases(tmp_path_factory: pytest.TempPathFactory) -> SqliteDatabases:
    """Databases of this test process in files."""
    return SqliteDatabases(tmp_path_factory.mktemp("databases"))


@pytest.fixture(scope="session")
def postgres_databases() -> Iterator[PostgresDatabases]:
    """Databases of this test process on the PostgreSQL server."""
    url = os.environ.get(POSTGRES_URL)
    if not url:
        pytest.skip(f"{POSTGRES_URL} is not set: run by tests/environment/postgres.py")
    databases = PostgresDatabases(url)
    yield databases
    databases.close()


@pytest.fixture(scope="session")
def sqlite_template(
    sqlite_databases: SqliteDatabases, tmp_path_factory: pytest.TempPathFactory
) -> str:
    """URL of the SQLite database that tests start from."""
    return factories.fill_database(sqlite_databases.make(), tmp_path_factory.mktemp("instance"))


@pytest.fixture(scope="session")
def postgres_template(
    postgres_databases: PostgresDatabases, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """URL of the PostgreSQL database that tests start from."""
    url = postgres_databases.make()
    yield factories.fill_database(url, tmp_path_factory.mktemp("instance"))
    postgres_databases.drop(url)


@pytest.fixture(scope="session")
def full_runner(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Runner]:
    """A code runner that is ready, for all tests of this process. The first ever takes a minute."""
    with runners.ready(tmp_path_factory.mktemp("runner") / "runner.sock") as runner:
        yield runner


@pytest.fixture
def runner(full_runner: Runner) -> Runner:
    """A code runner that is ready."""
    return full_runner


@pytest.fixture(scope="session")
def light_runner(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Runner]:
    """The same with the light engine. The first ever takes ten seconds."""
    socket = tmp_path_factory.mktemp("light-runner") / "runner.sock"
    with runners.ready(socket, "--engine", "light") as runner:
        yield runner


@pytest.fixture(params=KINDS)
def database_kind(request: pytest.FixtureRequest) -> str:
    """Both kinds, one after the other."""
    kind: str = request.param
    return kind


@pytest.fixture
def databases(request: pytest.FixtureRequest, database_kind: str) -> Databases:
    """Where the databases of this test are made."""
    found: Databases = request.getfixturevalue(f"{database_kind}_databases")
    return found


@pytest.fixture
def database_url(
    request: pytest.FixtureRequest, databases: Databases, database_kind: str
) -> Iterator[str]:
    """A migrated database with the small banks and the people."""
    url = databases.make(request.getfixturevalue(f"{database_kind}_template"))
    yield url
    databases.drop(url)


@pytest.fixture
def blank_database_url(databases: Databases) -> Iterator[str]:
    """A database without a table."""
    url = databases.make()
    yield url
    databases.drop(url)


@pytest.fixture
def app(database_url: str, tmp_path: Path) -> Iterator[Flask]:
    """The app over a filled database."""
    with factories.running_app(database_url, tmp_path) as app:
        yield app


@pytest.fixture
def blank_app(blank_database_url: str, tmp_path: Path) -> Iterator[Flask]:
    """The app over a database without a table."""
    with factories.running_app(blank_database_url, tmp_path) as app:
        yield app


@pytest.fixture
def session(app: Flask) -> Iterator[Session]:
    """A session whose work nobody else sees, and which ends with the test.

    What others are to see (the client, threads) is stored with ``factories.stored(app)``.
    """
    with app.app_context():
        make_session = db.sessionmaker
    with make_session() as session:
        yield session


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser that is not signed in."""
    return app.test_client()


@pytest.fixture
def alice(app: Flask) -> models.User:
    """A learner: the one whose attempts a test is about."""
    return factories.find_person(app, "alice")


@pytest.fixture
def bob(app: Flask) -> models.User:
    """An instructor."""
    return factories.find_person(app, "bob")


@pytest.fixture
def charlie(app: Flask) -> models.User:
    """Another learner, to whom nothing of Alice's exists."""
    return factories.find_person(app, "charlie")


@pytest.fixture
def admin(app: Flask) -> models.User:
    """The only administrator."""
    return factories.find_person(app, "admin")


@pytest.fixture
def count_queries(app: Flask) -> CountQueries:
    """``with count_queries() as statements:`` lists the SQL that the app sends meanwhile."""
    with app.app_context():
        engine = db.engine

    @contextmanager
    def listen() -> Iterator[list[str]]:
        statements: list[str] = []

        def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
            if not statement.startswith(("BEGIN", "SAVEPOINT", "RELEASE")):
                statements.append(statement)

        event.listen(engine, "before_cursor_execute", note)
        try:
            yield statements
        finally:
            event.remove(engine, "before_cursor_execute", note)

    return listen
