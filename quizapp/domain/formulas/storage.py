"""Values as JSON, from which they come back exactly as they were."""

import re
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from quizapp.domain.formulas.errors import FormulaError
from quizapp.domain.formulas.values import Value, bounded, listed, to_float

_FRACTION = re.compile(r"-?[0-9]{1,1300}(/[1-9][0-9]{0,1299})?")  # 4096 bits are 1234 digits


def stored(values: Mapping[str, Value]) -> dict[str, Any]:
    """``values`` as JSON; ``restored`` gives back the very same."""
    return {name: _as_json(value) for name, value in values.items()}


def restored(content: Mapping[str, Any]) -> dict[str, Value]:
    """The values that were ``stored`` so. Raises FormulaError for anything else."""
    return {name: _from_json(value) for name, value in content.items()}


def _as_json(value: Value) -> Any:
    match value:
        case Fraction():
            return str(value)  # a fraction is more than JSON's numbers hold
        case tuple():
            return [_as_json(entry) for entry in value]
        case str():
            return {"text": value}
        case _:
            return value


def _from_json(content: Any) -> Value:
    if isinstance(content, list) and content:
        return listed(
            [_row(entry) if isinstance(entry, list) else _single(entry) for entry in content]
        )
    return _single(content)


def _row(content: list[Any]) -> Value:
    return listed([_single(entry) for entry in content])


def _single(content: Any) -> Value:
    match content:
        case {"text": str(text)} if len(content) == 1:
            return text
        case bool():
            return content
        case int() | float():
            return bounded(to_float(content))  # a database may write 1e16 as 10000000000000000
        case str() if _FRACTION.fullmatch(content):
            return bounded(Fraction(content))
        case _:
            raise FormulaError("This is not the stored value of a parameter.")
