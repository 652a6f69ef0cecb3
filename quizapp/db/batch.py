"""One statement for many rows."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Dialect, text
from sqlalchemy.types import TypeEngine

Convert = Callable[[Any], Any]


class Batch:
    """An INSERT or UPDATE with named parameters, run once for each row of values.

    SQLAlchemy prepares the parameters of every row anew, which takes longer than storing them. Here
    they reach the driver as they are, but for those whose type is named in ``types``.
    """

    def __init__(self, sql: str, **types: TypeEngine[Any]) -> None:
        self._statement = text(sql)
        self._types = types
        self._prepared = lru_cache(self._prepare)

    def run(self, connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
        """Every row is stored; of none, nothing happens."""
        if rows:
            prepared = self._prepared(connection.dialect)
            connection.exec_driver_sql(prepared.sql, [prepared.values(row) for row in rows])

    def _prepare(self, dialect: Dialect) -> "_Prepared":
        compiled = self._statement.compile(dialect=dialect)
        converters = {
            name: convert
            for name, type_ in self._types.items()
            if (convert := type_.dialect_impl(dialect).bind_processor(dialect)) is not None
        }
        return _Prepared(str(compiled), compiled.positiontup, converters)


@dataclass(frozen=True)
class _Prepared:
    """The statement as one driver takes it; ``names`` in its order, None where it takes names."""

    sql: str
    names: Sequence[str] | None
    converters: Mapping[str, Convert]

    def values(self, row: Mapping[str, Any]) -> Any:
        if self.converters:
            row = {**row, **{name: to(row[name]) for name, to in self.converters.items()}}
        return row if self.names is None else tuple([row[name] for name in self.names])
