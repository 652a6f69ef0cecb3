"""All-day events as an iCalendar file, by RFC 5545: what calendar programs subscribe to."""

import unicodedata
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

LINE_OCTETS = 75
"""Longer lines are folded (section 3.1)."""

REFRESH = "PT6H"
"""How often a program may ask again (RFC 7986, section 5.7)."""

_ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None})


class Event(NamedTuple):
    """A day with something on it; the same day of the same calendar always has the same ``uid``."""

    uid: str
    on: date
    summary: str
    description: str


def feed(name: str, address: str, events: Iterable[Event], made_at: datetime) -> str:
    """The calendar of that name; every event leads to ``address``.

    Days float: they are the reader's own, in whatever zone. They leave the reader free, as
    practice has no hour.
    """
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//quizapp//plan//EN",
        f"NAME:{_text(name)}",
        f"X-WR-CALNAME:{_text(name)}",
        f"REFRESH-INTERVAL;VALUE=DURATION:{REFRESH}",
        f"X-PUBLISHED-TTL:{REFRESH}",
    ]
    for event in events:
        lines += _event(event, address, made_at)
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line))


def _event(event: Event, address: str, made_at: datetime) -> list[str]:
    return [
        "BEGIN:VEVENT",
        f"UID:{_text(event.uid)}",
        f"DTSTAMP:{made_at.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{event.on:%Y%m%d}",
        f"DTEND;VALUE=DATE:{event.on + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_text(event.summary)}",
        f"DESCRIPTION:{_text(event.description)}",
        f"URL:{address}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def _text(value: str) -> str:
    """A value of type TEXT (section 3.3.11); control characters, which none may hold, are left
    out, and spaces of all kinds are spaces.
    """
    escaped = value.translate(_ESCAPES)
    return "".join(
        " " if unicodedata.category(sign) == "Zs" else sign
        for sign in escaped
        if sign.isprintable() or unicodedata.category(sign) == "Zs"
    )


def _folded(line: str) -> Iterator[str]:
    """``line`` in pieces of at most 75 octets, the later ones begun by a space; no sign is cut."""
    piece, length = "", 0
    for sign in line:
        octets = len(sign.encode())
        if length + octets > LINE_OCTETS:
            yield piece
            piece, length = " ", 1
        piece, length = piece + sign, length + octets
    yield piece
