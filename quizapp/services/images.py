"""Pictures: read from files, stored once, found by digest, and put into questions by name."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import insert, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session, undefer

from quizapp.db import models
from quizapp.domain.errors import NotFoundError, UploadError
from quizapp.domain.images import ImageReference, is_name
from quizapp.domain.items import FieldProblem, Item, ItemFaultsError
from quizapp.domain.reading import Entry, Problem, Reading
from quizapp.domain.rewriting import authored_texts, rewritten
from quizapp.images import EncodedImage, ImageError, reencode
from quizapp.markup import picture_names, picture_references, with_references

READ_AT_ONCE = 20


@dataclass(frozen=True)
class Shelf:
    """Pictures that questions may name; ``hint`` says where to put one that is missing.

    What is wrong with the ``broken`` ones is said elsewhere.
    """

    references: Mapping[str, ImageReference]
    hint: str
    broken: frozenset[str] = frozenset()


def read_files(files: Sequence[tuple[str, bytes]]) -> dict[str, EncodedImage]:
    """The pictures in ``files`` by name, as they are stored. Raises UploadError: each fault."""
    found, faults = {}, []
    for name, data in files:
        try:
            found[name] = read_file(name, data)
        except ImageError as error:
            faults.append(f"{name}: {error}")
    if faults:
        raise UploadError(" ".join(faults))
    return found


def read_file(name: str, data: bytes) -> EncodedImage:
    """The picture in a file of that name. Raises ImageError."""
    if not is_name(name) and not name.lower().endswith((".svg", ".svgz")):
        raise ImageError(
            "A picture's name has letters, digits, `-`, `_` and dots, and ends with .png, .jpg, "
            ".webp or .gif. Rename it."
        )
    return reencode(data)


def store(session: Session, pictures: Iterable[EncodedImage]) -> None:
    """Each of ``pictures`` is there; one that was is left as it is.

    In the order of digests: of two that store the same ones at once, neither waits in vain.
    """
    rows = {
        each.reference.digest: {
            "digest": each.reference.digest,
            "media_type": each.media_type,
            "width": each.width,
            "height": each.height,
            "data": each.data,
        }
        for each in pictures
    }
    dialect = sqlite if session.connection().dialect.name == "sqlite" else postgresql
    for _, row in sorted(rows.items()):
        session.execute(dialect.insert(models.Image).values(row).on_conflict_do_nothing())


def find(session: Session, digest: str) -> models.Image:
    """The picture with its data. Raises NotFoundError."""
    found = session.get(models.Image, digest, options=[undefer(models.Image.data)])
    if found is None:
        raise NotFoundError("There is no such picture.")
    return found


def note_shown(session: Session, shown: Iterable[tuple[int, Item]]) -> None:
    """The pictures of each new revision, given by its id and its item, are tied to it."""
    rows = [
        {"revision_id": revision_id, "image_digest": digest}
        for revision_id, item in shown
        for digest in sorted({each.digest for each in _references(item)})
    ]
    if rows:
        session.execute(insert(models.ItemImage), rows)


def attach(reading: Reading, shelf: Shelf) -> Reading:
    """``reading`` whose items refer to the pictures they name; one that is missing is an error."""
    attached = [_attached(entry, shelf) for entry in reading.entries]
    problems = [problem for _, found in attached for problem in found]
    entries = tuple(entry for entry, _ in attached)
    return replace(reading, entries=entries).with_problems(tuple(problems))


def unused(readings: Sequence[Reading], names: Iterable[str]) -> list[str]:
    """Those of ``names`` that no question has; none while some question has errors."""
    entries = [entry for reading in readings for entry in reading.entries]
    if not all(entry.item for entry in entries):
        return []
    used = {
        each.name
        for entry in entries
        if entry.item
        for text in authored_texts(entry.item).values()
        for each in picture_names(text)
    }
    return sorted(set(names) - used)


def damaged(session: Session) -> Iterator[str]:
    """A sentence for each picture that is not what its digest says."""
    query = select(models.Image.digest, models.Image.data).execution_options(yield_per=READ_AT_ONCE)
    for digest, data in session.execute(query):
        if hashlib.sha256(data).hexdigest() != digest:
            yield f"A picture that is not what its digest says: {digest}."


def _references(item: Item) -> Iterator[ImageReference]:
    for text in authored_texts(item).values():
        yield from picture_references(text)


def _attached(entry: Entry, shelf: Shelf) -> tuple[Entry, Sequence[Problem]]:
    if entry.item is None:
        return entry, ()
    problems = list(_missing(entry, entry.item, shelf))
    try:
        item = rewritten(entry.item, lambda text: with_references(text, shelf.references))
    except ItemFaultsError as error:
        return entry, [*problems, *map(entry.problem, error.problems)]
    return replace(entry, item=item), [*problems, *_hidden(entry, item, shelf)]


def _missing(entry: Entry, item: Item, shelf: Shelf) -> Iterator[Problem]:
    for place, text in authored_texts(item).items():
        for found in picture_names(text):
            if found.name not in shelf.references and found.name not in shelf.broken:
                message = f"There is no picture `{found.name}`. {shelf.hint}"
                yield entry.problem(
                    FieldProblem(place, message, line=found.line, column=found.column)
                )


def _hidden(entry: Entry, item: Item, shelf: Shelf) -> Iterator[Problem]:
    """Pictures that are one only once numbers are drawn, when no name is looked up any more."""
    for place, text in item.texts().items():
        for found in picture_names(text):
            if found.name in shelf.references:
                message = "A placeholder in what a picture shows cannot hold brackets."
                yield entry.problem(FieldProblem(place, message))
