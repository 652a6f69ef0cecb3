"""Calendars by RFC 5545, read back by a library that others keep."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from quizapp.domain.calendar_feed import LINE_OCTETS, Event, feed

AT = datetime(2026, 11, 4, 9, 30, tzinfo=UTC)
DAY = date(2026, 12, 31)


def event(summary: str = "Practise", description: str = "") -> Event:
    return Event("2026-12-31.1@quizapp", DAY, summary, description)


def read(*events: Event) -> list[dict[str, object]]:
    """What the library finds."""
    text = feed("Plan", "https://example.org/plan", events, AT)
    calendar = Calendar.from_ical(text)
    assert not calendar.errors
    return [dict(each) for each in calendar.walk("VEVENT")]


def test_an_event_lasts_its_whole_day_in_any_zone() -> None:
    (found,) = read(event())

    assert (found["DTSTART"].dt, found["DTEND"].dt) == (DAY, date(2027, 1, 1))  # type: ignore[attr-defined]
    assert found["DTSTAMP"].dt == AT.replace(microsecond=0)  # type: ignore[attr-defined]
    assert (found["UID"], found["TRANSP"]) == ("2026-12-31.1@quizapp", "TRANSPARENT")


@pytest.mark.parametrize(
    "text", ["a, b; c\\d", "two\nlines", "BEGIN:VEVENT\nEND:VEVENT", "ü × 🎓" * 40]
)
def test_text_is_read_back_as_it_was(text: str) -> None:
    (found,) = read(event(summary=text, description=text))

    assert (found["SUMMARY"], found["DESCRIPTION"]) == (text, text)


def test_what_nobody_sees_is_left_out() -> None:
    (found,) = read(event(summary="a\x00b\rc\x7f"))

    assert found["SUMMARY"] == "abc"


@given(st.text(max_size=300))
def test_lines_are_folded_and_end_as_they_must(text: str) -> None:
    lines = feed("Plan", "https://example.org/plan", [event(text)], AT).encode().split(b"\r\n")

    assert lines[-1] == b""
    assert all(len(line) <= LINE_OCTETS for line in lines)
    assert not any(b"\n" in line or b"\r" in line for line in lines)
    assert lines.count(b"BEGIN:VEVENT") == 1


def test_spaces_that_do_not_break_lines_keep_words_apart() -> None:
    (found,) = read(event(summary="Bias\u00a0and\u202fvariance"))

    assert found["SUMMARY"] == "Bias and variance"
