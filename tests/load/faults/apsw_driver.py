"""Python's database interface over apsw, as far as SQLAlchemy and the app ask for it.

The app reaches its database by SQLAlchemy and the standard library's ``sqlite3``, which takes no
VFS written in Python. With this driver the app's own statements, pragmas and transactions, made by
its own code, go through such a VFS: by a database URL that begins with ``sqlite+apsw``.
"""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from types import SimpleNamespace
from typing import Any

import apsw
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite

from tests.load.faults import unsafe_disk

CHANGING = ("INSERT", "UPDATE", "DELETE")


class Dialect(SQLiteDialect_pysqlite):
    """SQLite by apsw."""

    driver = "apsw"
    supports_statement_cache = True

    @classmethod
    def import_dbapi(cls) -> Any:
        return SimpleNamespace(
            paramstyle="qmark",
            threadsafety=1,
            sqlite_version_info=tuple(map(int, apsw.sqlite_lib_version().split("."))),
            connect=Connection,
            **{name: getattr(sqlite3, name) for name in ERRORS},
        )


ERRORS = """Warning Error InterfaceError DatabaseError DataError OperationalError IntegrityError
InternalError ProgrammingError NotSupportedError""".split()

SCHEME = "sqlite+apsw"

registry.register("sqlite.apsw", __name__, "Dialect")


class Connection:
    """A connection that has its file for itself: apsw's files share no memory with others."""

    def __init__(self, path: str, **_options: Any) -> None:
        self.isolation_level: str | None = None
        self.apsw = apsw.Connection(path, vfs=unsafe_disk.NAME)
        self.apsw.execute("PRAGMA locking_mode = EXCLUSIVE")

    def cursor(self) -> "Cursor":
        return Cursor(self.apsw)

    def execute(self, statement: str, parameters: Sequence[Any] = ()) -> "Cursor":
        return self.cursor().execute(statement, parameters)

    def commit(self) -> None:
        if self.apsw.in_transaction:
            self.execute("COMMIT")

    def rollback(self) -> None:
        if self.apsw.in_transaction:
            self.execute("ROLLBACK")

    def create_function(
        self, name: str, arguments: int, function: Callable[..., Any], *, deterministic: bool
    ) -> None:
        self.apsw.create_scalar_function(name, function, arguments, deterministic=deterministic)

    def close(self) -> None:
        with suppress(
            unsafe_disk.PowerCutError, apsw.Error
        ):  # a machine without power closes nothing
            self.apsw.close(True)


class Cursor:
    """The rows of one statement, all read at once."""

    arraysize = 1

    def __init__(self, connection: apsw.Connection) -> None:
        self._connection = connection
        self._rows: Iterator[Any] = iter(())
        self.description: Any = None
        self.rowcount = -1
        self.lastrowid: int | None = None

    def execute(self, statement: str, parameters: Sequence[Any] = ()) -> "Cursor":
        cursor = self._connection.cursor()
        cursor.exec_trace = self._note_columns
        with _as_sqlite3():
            self._rows = iter(list(cursor.execute(statement, tuple(parameters))))
        if statement.lstrip().upper().startswith(CHANGING):
            self.rowcount = self._connection.changes()
            self.lastrowid = self._connection.last_insert_rowid()
        return self

    def executemany(self, statement: str, parameters: Sequence[Sequence[Any]]) -> "Cursor":
        counts = [self.execute(statement, each).rowcount for each in parameters]
        self.rowcount = sum(counts)
        return self

    def fetchone(self) -> Any:
        return next(self._rows, None)

    def fetchmany(self, size: int = 1) -> list[Any]:
        return [row for row, _ in zip(self._rows, range(size), strict=False)]

    def fetchall(self) -> list[Any]:
        return list(self._rows)

    def close(self) -> None:
        self._rows = iter(())

    def _note_columns(self, cursor: apsw.Cursor, _statement: str, _bindings: Any) -> bool:
        columns = cursor.get_description()
        self.description = [(name, *[None] * 6) for name, _ in columns] or None
        return True


@contextmanager
def _as_sqlite3() -> Iterator[None]:
    """What apsw raises inside comes out as the standard library would have raised it."""
    try:
        yield
    except apsw.ConstraintError as error:
        raise sqlite3.IntegrityError(str(error)) from error
    except apsw.Error as error:
        raised = sqlite3.OperationalError(str(error))
        raised.sqlite_errorcode = getattr(error, "extendedresult", sqlite3.SQLITE_IOERR)
        raise raised from error
