"""A WebAssembly module without most of its functions, so that compiling it takes less memory.

What is left is byte for byte what it was, but for the numbers of the functions that it calls. All
removed functions of one type become one function that traps: to call what is missing ends a guest,
and does nothing else. Data, imports and exports stay.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

NAMES, IMPORTS, FUNCTIONS, EXPORTS, ELEMENTS, CODE = 0, 2, 3, 7, 9, 10
HEADER_BYTES = 8
FUNCTION = 0
TRAP = b"\x03\x00\x00\x0b"
"""A body: its length, no variables, `unreachable`, `end`."""

_NUMBER = rb"(?:[\x80-\xff]*[\x00-\x7f])"
_PLACE = rb"[\x00-\x3f]" + _NUMBER
_VECTOR = (
    rb"\xfd(?:[\x00-\x0b\x5c\x5d]%(place)s|[\x0c\x0d].{16}|[\x15-\x22].|[\x54-\x5b]%(place)s."
    rb"|[\x0e-\x14\x23-\x53\x5e-\x7f]|[\x80-\xff]+[\x00-\x7f])"
)
_UNTOUCHED = re.compile(
    (
        rb"(?:[\x00\x01\x05\x0a\x0b\x0f\x19-\x1b\x45-\xc4\xd1]"
        rb"|[\x02-\x04\x06-\x09\x0c\x0d\x18\x20-\x26\x3f-\x42\xd0]%(number)s"
        rb"|[\x11\x13]%(number)s%(number)s|[\x28-\x3e]%(place)s|\x43.{4}|\x44.{8}"
        rb"|\xfc(?:[\x00-\x07]|[\x09\x0b\x0d\x0f-\x11]%(number)s|[\x08\x0a\x0c\x0e]%(number)s%(number)s)"
        rb"|" + _VECTOR + rb")*+"
    )
    % {b"number": _NUMBER, b"place": _PLACE},
    re.DOTALL,
)
"""Instructions that name no function, as many as there are, each with what belongs to it."""
_NAMES_A_FUNCTION = (0x10, 0x12, 0xD2)
_BRANCH_TABLE, _SELECT, _TRY_TABLE = 0x0E, 0x1C, 0x1F


class _Reader:
    """Reads numbers one after the other."""

    def __init__(self, data: bytes, place: int = 0) -> None:
        self.data, self.place = data, place

    def number(self) -> int:
        found = shift = 0
        while True:
            byte = self.data[self.place]
            self.place += 1
            found |= (byte & 0x7F) << shift
            if byte < 0x80:
                return found
            shift += 7

    def take(self, length: int) -> bytes:
        self.place += length
        return self.data[self.place - length : self.place]


@dataclass(frozen=True)
class _Numbering:
    """What functions are called now. ``types`` and ``is_kept`` are by their old numbers, from 0 for
    the first that is not imported."""

    imported: int
    types: list[int]
    is_kept: list[bool]

    def new(self) -> tuple[list[int], list[int]]:
        """The new number of each function, and the type of each trap, which come last."""
        numbers = list(range(self.imported))
        count = self.imported + sum(self.is_kept)
        traps: dict[int, int] = {}
        following = self.imported
        for kind, is_kept in zip(self.types, self.is_kept, strict=True):
            if is_kept:
                numbers.append(following)
                following += 1
            else:
                numbers.append(traps.setdefault(kind, count + len(traps)))
        return numbers, list(traps)


def trimmed(module: bytes, kept: Sequence[range]) -> bytes:
    """``module`` with those of its functions whose numbers are in ``kept``. Raises ValueError for
    a module that is not written as those of LLVM are."""
    sections = dict(_sections(module))
    reader = _Reader(sections[FUNCTIONS])
    types = [reader.number() for _ in range(reader.number())]
    imported = _count_imported(sections[IMPORTS])
    places = range(imported, imported + len(types))
    is_kept = [any(place in each for each in kept) for place in places]
    numbers, traps = _Numbering(imported, types, is_kept).new()
    remaining = [kind for kind, stays in zip(types, is_kept, strict=True) if stays]
    sections[FUNCTIONS] = _vector([encoded(kind) for kind in [*remaining, *traps]])
    sections[EXPORTS] = _exports(sections[EXPORTS], numbers)
    sections[ELEMENTS] = _elements(sections[ELEMENTS], numbers)
    bodies = [*_bodies(sections[CODE], is_kept, numbers), *(TRAP for _ in traps)]
    sections[CODE] = _vector(bodies)
    return module[:HEADER_BYTES] + b"".join(
        bytes([kind]) + encoded(len(data)) + data for kind, data in sections.items()
    )


def encoded(number: int, length: int = 1) -> bytes:
    """``number`` in LEB128, in at least ``length`` bytes."""
    groups = [number & 0x7F]
    while (number := number >> 7) or len(groups) < length:
        groups.append(number & 0x7F)
    return bytes([*(group | 0x80 for group in groups[:-1]), groups[-1]])


def _sections(module: bytes) -> Iterator[tuple[int, bytes]]:
    """All but names and notes, which nothing needs that runs it."""
    reader = _Reader(module, HEADER_BYTES)
    while reader.place < len(module):
        kind = reader.number()
        data = reader.take(reader.number())
        if kind != NAMES:
            yield kind, data


def _vector(items: list[bytes]) -> bytes:
    return encoded(len(items)) + b"".join(items)


def _count_imported(section: bytes) -> int:
    reader = _Reader(section)
    count = reader.number()
    for _ in range(count):
        reader.take(reader.number())
        reader.take(reader.number())
        if reader.number() != FUNCTION:
            raise ValueError("It imports what is no function.")
        reader.number()
    return count


def _exports(section: bytes, numbers: list[int]) -> bytes:
    reader = _Reader(section)
    items = []
    for _ in range(reader.number()):
        name = reader.take(reader.number())
        kind, number = reader.number(), reader.number()
        new = numbers[number] if kind == FUNCTION else number
        items.append(encoded(len(name)) + name + encoded(kind) + encoded(new))
    return _vector(items)


def _elements(section: bytes, numbers: list[int]) -> bytes:
    """One table of functions, from a constant place on."""
    reader = _Reader(section)
    if reader.number() != 1 or reader.number() != 0 or reader.number() != 0x41:
        raise ValueError("It has other tables than one of functions.")
    reader.number()
    if reader.number() != 0x0B:
        raise ValueError("Its table begins nowhere in particular.")
    head = section[: reader.place]
    return head + _vector([encoded(numbers[reader.number()]) for _ in range(reader.number())])


def _bodies(section: bytes, is_kept: list[bool], numbers: list[int]) -> Iterator[bytes]:
    reader = _Reader(section)
    if reader.number() != len(is_kept):
        raise ValueError("It has more or fewer bodies than functions.")
    for stays in is_kept:
        begins = reader.place
        length = reader.number()
        head, body = section[begins : reader.place], reader.take(length)
        if stays:
            yield head + _renumbered(body, numbers)


def _renumbered(body: bytes, numbers: list[int]) -> bytes:
    """``body``, as long as it was, calling the same functions by their new numbers, which are never
    longer than the old ones."""
    new = bytearray(body)
    reader = _Reader(body)
    for _ in range(reader.number()):  # variables: how many, of which type
        reader.number()
        reader.number()
    while True:
        match = _UNTOUCHED.match(body, reader.place)
        reader.place = match.end() if match else reader.place
        if reader.place == len(body):
            return bytes(new)
        instruction = reader.take(1)[0]
        begins = reader.place
        if instruction in _NAMES_A_FUNCTION:
            number = numbers[reader.number()]
            new[begins : reader.place] = encoded(number, reader.place - begins)
        else:
            _skip(instruction, reader)


def _skip(instruction: int, reader: _Reader) -> None:
    """Reads what belongs to an instruction that is followed by a list."""
    if instruction == _BRANCH_TABLE:
        for _ in range(reader.number() + 1):
            reader.number()
    elif instruction == _SELECT:
        reader.take(reader.number())
    elif instruction == _TRY_TABLE:
        reader.number()
        for _ in range(reader.number()):
            has_tag = reader.number() in (0, 1)
            for _ in range(1 + has_tag):
                reader.number()
    else:
        raise ValueError(f"It holds an unknown instruction, {instruction:#x}.")
