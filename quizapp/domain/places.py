"""Places in an author's nested fields, such as ``("options", 2, "why")``, and what stands there."""

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any, TypeAlias

Place: TypeAlias = tuple[str | int, ...]
"""Where in an item's fields something stands: ``("options", 2, "why")``."""


def leaves(fields: Any, place: Place = ()) -> Iterator[tuple[Place, Any]]:
    """Every text, number and verdict in nested fields, by its place."""
    for name, child in _children(fields):
        if isinstance(child, Mapping | list | tuple):
            yield from leaves(child, (*place, name))
        else:
            yield (*place, name), child


def with_texts(fields: Any, change: Callable[[Place, str], str], place: Place = ()) -> Any:
    """``fields`` with each text at a place as ``change`` gives it back."""
    if isinstance(fields, str):
        return change(place, fields)
    if isinstance(fields, Mapping):
        return {name: with_texts(each, change, (*place, name)) for name, each in fields.items()}
    if isinstance(fields, list | tuple):
        return [with_texts(each, change, (*place, at)) for at, each in enumerate(fields)]
    return fields


def is_among(patterns: Collection[str], place: Place) -> bool:
    """Whether one of ``patterns``, such as ``options.*.text``, is of that place."""
    return any(_fits(pattern.split("."), place) for pattern in patterns)


def _fits(parts: list[str], place: Place) -> bool:
    return len(parts) == len(place) and all(
        each in ("*", part) for each, part in zip(parts, place, strict=True)
    )


def _children(fields: Any) -> Iterator[tuple[str | int, Any]]:
    if isinstance(fields, Mapping):
        yield from fields.items()
    elif isinstance(fields, list | tuple):
        yield from enumerate(fields)
