"""The banks that come as files beside the program: checked, and loaded into the database."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TypeAlias

from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.db import models
from quizapp.domain.advice import bank_advice
from quizapp.domain.errors import InvalidContentError
from quizapp.domain.items import FieldProblem, Item
from quizapp.domain.reading import Problem, Reading, SetHeader
from quizapp.domain.taxonomy import Taxonomy
from quizapp.domain.yaml_document import YamlFaultError, read_yaml
from quizapp.images import EncodedImage
from quizapp.services import bank_pictures, banks, checking, images, quizzes, taxonomies

Look: TypeAlias = Callable[[Item], Iterable[FieldProblem]]
"""Finds what can be said against an item."""
HEADER_FILE = "bank.yaml"
TAXONOMY_FILE = "taxonomy.yaml"


def of_nothing(item: Item) -> Iterable[FieldProblem]:  # noqa: ARG001 - a Look
    """Nothing more is to be said."""
    return ()


@dataclass(frozen=True)
class Finding:
    """One fault of a file."""

    path: Path
    problem: Problem

    def __str__(self) -> str:
        kind = "error" if self.problem.is_error else "warning"
        where = f"{self.path}:{self.problem.line}:{self.problem.column}"
        return f"{where}: {kind}: {self.problem.message}"


@dataclass(frozen=True)
class BankFolder:
    """One bank as its files describe it; ``header`` is None when bank.yaml is missing or wrong."""

    path: Path
    header: SetHeader | None
    items: tuple[Item, ...]
    pictures: tuple[EncodedImage, ...]
    findings: tuple[Finding, ...]
    advice: tuple[str, ...]

    @property
    def has_errors(self) -> bool:
        return self.header is None or any(each.problem.is_error for each in self.findings)


def read_taxonomy(folder: Path) -> Taxonomy:
    """The taxonomy in ``folder``. Raises InvalidContentError with every fault."""
    path = folder / TAXONOMY_FILE
    try:
        return Taxonomy.parse(read_yaml(_text(path)).data)
    except (YamlFaultError, InvalidContentError) as error:
        raise InvalidContentError(f"{path}: {error}") from error


def read_banks(
    folder: Path, taxonomy: Taxonomy, draws: int | None = None, look: Look = of_nothing
) -> tuple[BankFolder, ...]:
    """Every folder with a bank.yaml, and all that is found in its files.

    Of each question with parameters so many ``draws`` are looked at; None: as many as are quick.
    ``look`` finds more to say against an item.
    """
    paths = sorted(path.parent for path in folder.glob(f"*/{HEADER_FILE}"))
    order = [bank.id for bank in taxonomy.banks]
    paths.sort(key=lambda path: order.index(path.name) if path.name in order else len(order))
    return tuple(_read_bank(path, taxonomy, draws, look) for path in paths)


def load(session: Session, folder: Path, now: datetime) -> tuple[banks.Published, ...]:
    """Taxonomy, banks and quizzes are as the files say. InvalidContentError changes nothing.

    A bank of ours whose folder is gone is withdrawn.
    """
    taxonomy = read_taxonomy(folder)
    found = read_banks(folder, taxonomy)
    if faults := [str(each) for bank in found for each in bank.findings if each.problem.is_error]:
        raise InvalidContentError("\n".join(faults))
    taxonomies.load(session, taxonomy, now)
    session.flush()
    quizzes.ensure_standing(session, now)
    images.store(session, (each for bank in found for each in bank.pictures))
    published = [
        banks.publish(session, bank.header, bank.items, None, now) for bank in found if bank.header
    ]
    present = [each.bank.slug for each in published]
    return (*published, *banks.withdraw_others(session, present, now))


def is_loaded(session: Session, digest: str) -> bool:
    """True when the files with this digest were the last ones loaded."""
    last = session.scalar(
        select(models.QuestionLoad).order_by(models.QuestionLoad.id.desc()).limit(1)
    )
    return last is not None and last.digest == digest


def note_loaded(session: Session, digest: str, now: datetime) -> None:
    """The files with this digest are the last ones loaded."""
    session.add(models.QuestionLoad(digest=digest, loaded_at=now))


def _read_bank(path: Path, taxonomy: Taxonomy, draws: int | None, look: Look) -> BankFolder:
    files = sorted(path.glob("*.yaml"))
    pictures = bank_pictures.read(path)
    written = [(file, _looked_at(_read(file, taxonomy, draws), look)) for file in files]
    readings = [(file, images.attach(each, pictures.shelf)) for file, each in written]
    head = next(reading for file, reading in readings if file.name == HEADER_FILE)
    findings = [Finding(file, fault) for file, each in readings for fault in each.problems]
    findings.extend(_repeated_ids(readings))
    of_head = _head_problems(head, [reading for _, reading in readings], taxonomy)
    findings.extend(Finding(path / HEADER_FILE, fault) for fault in of_head)
    findings.extend(Finding(*each) for each in pictures.problems)
    unused = images.unused([reading for _, reading in written], pictures.pictures)
    findings.extend(Finding(*bank_pictures.not_shown(path, name)) for name in unused)
    return BankFolder(
        path,
        head.header,
        items=tuple(item for _, reading in readings for item in reading.items),
        pictures=tuple(each for name, each in pictures.pictures.items() if name not in unused),
        findings=tuple(findings),
        advice=bank_advice([item for _, reading in written for item in reading.items]),
    )


def _head_problems(
    head: Reading, readings: Sequence[Reading], taxonomy: Taxonomy
) -> Iterator[Problem]:
    if head.header is None and not head.problems:
        yield Problem(1, 1, "The head of the bank (`id` and `title`) is missing.")
    if not any(reading.entries for reading in readings):
        yield Problem(1, 1, "The bank holds no question. Delete its folder to withdraw it.")
    yield from checking.quiz_problems(head, readings, taxonomy)


def _read(path: Path, taxonomy: Taxonomy, draws: int | None) -> Reading:
    try:
        return checking.read_file(path.name, _text(path), taxonomy, draws)
    except InvalidContentError as error:
        return Reading(problems=(Problem(1, 1, str(error)),))


def _looked_at(reading: Reading, look: Look) -> Reading:
    found = [
        entry.problem(fault)
        for entry in reading.entries
        if entry.item is not None
        for fault in look(entry.item)
    ]
    return reading.with_problems(tuple(found)) if found else reading


def _text(path: Path) -> str:
    """What the file says. Raises InvalidContentError when it cannot be read."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InvalidContentError(f"The file cannot be read: {error.strerror}.") from error
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = f"Not UTF-8: line {line} holds the byte 0x{data[error.start]:02x}. Save it so."
        raise InvalidContentError(message) from error


def _repeated_ids(readings: Sequence[tuple[Path, Reading]]) -> list[Finding]:
    seen: dict[str, Path] = {}
    found = []
    for path, reading in readings:
        for entry in reading.entries:
            first = seen.setdefault(entry.label, path)
            if first != path:
                message = f"The id {entry.label} is already used in {first.name}."
                found.append(Finding(path, Problem(entry.line, 1, message, entry=entry.number)))
    return found
