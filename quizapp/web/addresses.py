"""What numbers and names in addresses can be: an address that no row can have does not exist."""

from flask import Flask
from werkzeug.routing import IntegerConverter, Map, UnicodeConverter

LARGEST_ID = 2**31 - 1
"""The largest integer of a PostgreSQL column; SQLite's reach further."""


class RowNumber(IntegerConverter):
    """A number that an id or a position may have."""

    def __init__(self, map: Map) -> None:
        super().__init__(map, max=LARGEST_ID)


class RowName(UnicodeConverter):
    """A name without a NUL, which no database takes."""

    def __init__(self, map: Map) -> None:
        super().__init__(map)
        self.regex = r"[^/\x00]+"


def init_app(app: Flask) -> None:
    """The addresses of ``app`` hold such numbers and names; routes are added afterwards."""
    app.url_map.converters.update(int=RowNumber, default=RowName, string=RowName)
