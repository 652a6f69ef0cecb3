"""What was sent, what was acknowledged, and whether the database still has it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import Flask

from quizapp.db import models
from tests import factories

Place = tuple[int, int]
"""Attempt and position."""


@dataclass
class Save:
    """One save of an answer; ``text`` occurs in no other save but its own repetitions."""

    attempt_id: int
    position: int
    sequence: int
    text: str
    is_acknowledged: bool = False
    is_superseded: bool = False

    @property
    def place(self) -> Place:
        return self.attempt_id, self.position


@dataclass
class Ledger:
    """The saves of one client, in the order in which they were sent."""

    saves: list[Save] = field(default_factory=list)

    def send(self, attempt_id: int, position: int, sequence: int, text: str) -> Save:
        """A new line for a save that is about to be sent."""
        save = Save(attempt_id, position, sequence, text)
        self.saves.append(save)
        return save


@dataclass(frozen=True)
class Findings:
    """What the database has lost, or has twice, of so many acknowledged saves."""

    acknowledged: int
    lost: Sequence[str]
    duplicated: Sequence[str]


def compare(app: Flask, ledgers: Iterable[Ledger]) -> Findings:
    """What the database of ``app`` holds, beside what clients were told that it holds.

    Lost is an answer that is neither the last acknowledged one nor a later one that was sent, and
    an acknowledged change that is missing in the record. Duplicated is a change that the record has
    twice, or that the counter of changes does not count.
    """
    saves = [save for ledger in ledgers for save in ledger.saves]
    by_place: dict[Place, list[Save]] = defaultdict(list)
    for save in saves:
        by_place[save.place].append(save)
    rows = {(row.attempt_id, row.position): row for row in factories.rows(app, models.Response)}
    records: dict[Place, list[Any]] = defaultdict(list)
    for change in factories.rows(app, models.ResponseChange):
        records[change.attempt_id, change.position].append(change.value)
    lost = [text for place in by_place for text in _lost(by_place[place], rows[place].value)]
    missing = [text for place in by_place for text in _missing(by_place[place], records[place])]
    twice = [text for place, row in rows.items() for text in _duplicated(row, records[place])]
    return Findings(sum(save.is_acknowledged for save in saves), [*lost, *missing], twice)


def _lost(saves: Sequence[Save], stored: object) -> list[str]:
    """What is wrong with the answer that is stored at the place of ``saves``."""
    heard = [number for number, save in enumerate(saves) if save.is_acknowledged]
    if not heard:
        return []
    possible = {save.text for save in saves[heard[-1] :]}
    if stored in possible:
        return []
    return [f"{saves[0].place} holds {stored!r}, not {saves[heard[-1]].text!r} or later"]


def _missing(saves: Sequence[Save], record: Sequence[object]) -> list[str]:
    """Acknowledged changes that the record of their place does not have."""
    expected = {save.text for save in saves if save.is_acknowledged and not save.is_superseded}
    return [f"{saves[0].place} has no record of {text!r}" for text in expected - set(record)]


def _duplicated(row: models.Response, record: Sequence[object]) -> list[str]:
    place = (row.attempt_id, row.position)
    if len(record) != len(set(record)):
        return [f"{place} has a change twice in its record"]
    if len(record) != row.save_count:
        return [f"{place} counts {row.save_count} changes, and has {len(record)} in its record"]
    if record and record[-1] != row.value:
        return [f"{place} holds {row.value!r}, its record ends with {record[-1]!r}"]
    return []
