"""Real databases for tests: each test has its own, copied from a template and gone afterwards."""

import os
import shutil
from itertools import count
from pathlib import Path
from typing import Protocol

import psycopg
import pytest
from sqlalchemy import make_url

KINDS = ("sqlite", pytest.param("postgres", marks=pytest.mark.postgres))

on_every_kind = pytest.mark.parametrize("database_kind", KINDS)
"""Where tests run on SQLite alone, those that carry this run on PostgreSQL too."""

_numbers = count(1)


class Databases(Protocol):
    """Databases of one kind; all are named by their URL."""

    def make(self, template: str | None = None) -> str:
        """A new database: a copy of ``template``, to which nobody may be connected, or empty."""
        ...

    def drop(self, url: str) -> None:
        """The database is gone; whoever is still connected to it is not any more."""
        ...


class SqliteDatabases:
    """Files in ``folder``."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def make(self, template: str | None = None) -> str:
        path = self._folder / f"{next(_numbers)}.sqlite"
        if template is not None:
            shutil.copyfile(_path_of(template), path)
        return f"sqlite:///{path}"

    def drop(self, url: str) -> None:
        for path in _path_of(url).parent.glob(f"{_path_of(url).name}*"):  # with -wal and -shm
            path.unlink()


class PostgresDatabases:
    """Databases on the server of ``url``, whose names tell apart processes that test at once."""

    def __init__(self, url: str) -> None:
        self._url = make_url(url)
        plain = self._url.set(drivername="postgresql").render_as_string(hide_password=False)
        self._connection = psycopg.connect(plain, autocommit=True)

    def make(self, template: str | None = None) -> str:
        name = f"quizapp_test_{os.getpid()}_{next(_numbers)}"
        source = "template1" if template is None else make_url(template).database
        self._connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{source}"'.encode())
        return self._url.set(database=name).render_as_string(hide_password=False)

    def drop(self, url: str) -> None:
        name = make_url(url).database
        self._connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)'.encode())

    def close(self) -> None:
        """Nothing can be made any more."""
        self._connection.close()


def _path_of(url: str) -> Path:
    return Path(make_url(url).database or "")
