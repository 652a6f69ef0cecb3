"""Seconds between two stored times, in SQL that both databases understand."""

from typing import Any

from sqlalchemy import Float
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement


class SecondsBetween(FunctionElement[float]):
    """How much later the second time is; NULL when one is. SQLite is exact to 0.1 milliseconds."""

    type = Float()
    inherit_cache = True


@compiles(SecondsBetween, "postgresql")
def _in_postgres(element: SecondsBetween, compiler: SQLCompiler, **more: Any) -> str:
    first, second = (compiler.process(each, **more) for each in element.clauses)
    return f"CAST(EXTRACT(EPOCH FROM {second} - {first}) AS DOUBLE PRECISION)"


@compiles(SecondsBetween, "sqlite")
def _in_sqlite(element: SecondsBetween, compiler: SQLCompiler, **more: Any) -> str:
    first, second = (compiler.process(each, **more) for each in element.clauses)
    return f"((julianday({second}) - julianday({first})) * 86400.0)"
