"""The functions that a guest imports, called with numbers that no honest guest has.

A guest's memory is its program's: a program may overwrite the pointers of the interpreter and call
any import with any number. The host answers with an error code, and soon.
"""

import random
import struct
import time
from collections.abc import Iterator
from itertools import starmap
from pathlib import Path

import pytest
import wasmtime

from quizapp.runner.engine import make_engine
from quizapp.runner.meter import Meter
from quizapp.runner.wasi import DENIED, MODULE, SERVED, Functions

CALLS = 3_000
LATEST = 0.05
"""Seconds until a call's time is over; a wait may not outlast it."""
SOON = 2.0
"""Seconds; far more than any call takes, for a busy machine."""
PAGES = 4
MEMORY_BYTES = PAGES << 16
LIBRARY_BYTES = 300_000
NAME, NAME_AT, ODD_AT = b"python315.zip", 1_000, 2_000

EDGES = (0, 1, 2, 3, 4, 5, 35, 36, 64, 65, 100, 1_023, 1_024, 1_025, NAME_AT, ODD_AT, 4_096)
FAR = (MEMORY_BYTES - 1, MEMORY_BYTES, MEMORY_BYTES + 1, -1, -2, -8, -48, 2**31 - 1, -(2**31))
FARTHER = (2**32 - 1, 2**32, 2**62 - 1, 2**62, 2**63 - 1, -(2**62), -(2**63), LIBRARY_BYTES)


class Guest:
    """A module that hands on whatever it imports, with a library of zeros to read."""

    def __init__(self, library: Path) -> None:
        engine = make_engine()
        self.meter = Meter(engine.increment_epoch)
        module = wasmtime.Module(engine, _text({**SERVED, **DENIED}))
        self.functions = Functions(engine, module, self.meter)
        self.functions.files.serve(library)
        self.store = wasmtime.Store(engine)
        self.store.set_epoch_deadline(10**9)
        self.store.set_wasi(wasmtime.WasiConfig())
        imports = self.functions.imports(self.store)
        self.exports = wasmtime.Instance(self.store, module, imports).exports(self.store)

    def write(self, place: int, data: bytes) -> None:
        memory = self.exports["memory"]
        assert isinstance(memory, wasmtime.Memory)
        memory.write(self.store, data[: MEMORY_BYTES - place], place)

    def call(self, name: str, *numbers: int) -> int:
        function = self.exports[name]
        assert isinstance(function, wasmtime.Func)
        self.meter.forget()
        self.meter.start(LATEST)
        try:
            answer = function(self.store, *numbers)
        finally:
            self.meter.finish()
        assert isinstance(answer, int)
        return answer


def _text(functions: dict[str, str]) -> str:
    """Each function, called from inside: the host looks for the memory of its caller."""
    imports = (
        f'(import "{MODULE}" "{name}" (func ${name} (param {kinds}) (result i32)))'
        for name, kinds in functions.items()
    )
    memory = f'(memory (export "memory") {PAGES})'
    return f"(module {' '.join(imports)} {memory} {' '.join(starmap(_call, functions.items()))})"


def _call(name: str, kinds: str) -> str:
    given = " ".join(f"(local.get {place})" for place in range(len(kinds.split())))
    return f'(func (export "{name}") (param {kinds}) (result i32) (call ${name} {given}))'


@pytest.fixture
def guest(tmp_path: Path) -> Iterator[Guest]:
    library = tmp_path / "library.zip"
    library.write_bytes(bytes(LIBRARY_BYTES))
    guest = Guest(library)
    yield guest
    guest.store.close()


def _opened(guest: Guest) -> int:
    guest.write(NAME_AT, NAME)
    assert guest.call("path_open", 3, 0, NAME_AT, len(NAME), 0, 0, 0, 0, 500) == 0
    return 4


def _odd_numbers(rng: random.Random, kinds: str) -> list[int]:
    wide = (*EDGES, *FAR, *FARTHER)
    odd = [rng.choice(wide if kind == "i64" else (*EDGES, *FAR)) for kind in kinds.split()]
    return [rng.choice((odd[0], *range(6))), *odd[1:]]


def _odd_buffers(rng: random.Random) -> bytes:
    ends = (0, 1, 8, 100, 5_000, 60_000, MEMORY_BYTES - 1, MEMORY_BYTES, 2**32 - 1)
    return b"".join(struct.pack("<II", rng.choice(ends), rng.choice(ends)) for _ in range(40))


def _odd_waits(rng: random.Random) -> bytes:
    return b"".join(
        struct.pack(
            "<QB7xI4xQQH6x",
            rng.getrandbits(64),
            rng.choice((0, 0, 0, 1, 2, 255)),
            rng.choice((0, 1, 2, 3, 999)),
            rng.choice((0, 1, 10**9, 2**64 - 1)),
            rng.choice((0, 2**64 - 1)),
            rng.choice((0, 1, 2, 65_535)),
        )
        for _ in range(8)
    )


@pytest.mark.parametrize("seed", range(4))
def test_no_number_breaks_the_host_or_holds_it_up(guest: Guest, seed: int) -> None:
    rng = random.Random(seed)
    functions = [*SERVED.items(), *DENIED.items()]
    for _ in range(CALLS):
        name, kinds = rng.choice(functions)
        if not guest.functions.files.places:
            _opened(guest)
        guest.write(ODD_AT, rng.choice((_odd_buffers, _odd_waits))(rng))
        numbers = _odd_numbers(rng, kinds)
        began = time.monotonic()

        guest.call(name, *numbers)

        assert time.monotonic() - began < SOON, (name, numbers)


def test_what_is_denied_is_not_supported_whatever_is_asked(guest: Guest) -> None:
    for name, kinds in DENIED.items():
        assert guest.call(name, *(0 for _ in kinds.split())) == 58


@pytest.mark.parametrize("path", [b"../python315.zip", b"/etc/passwd", b"python315.zip/", b"\0"])
def test_one_name_is_a_file_and_no_other(guest: Guest, path: bytes) -> None:
    guest.write(ODD_AT, path)

    assert guest.call("path_open", 3, 0, ODD_AT, len(path), 0, 0, 0, 0, 500) == 44


def test_reading_ends_where_the_library_does(guest: Guest) -> None:
    descriptor = _opened(guest)
    guest.write(ODD_AT, struct.pack("<II", 8_192, 64))

    def read_at(place: int) -> int:
        assert guest.call("fd_pread", descriptor, ODD_AT, 1, place, 600) == 0
        memory = guest.exports["memory"]
        assert isinstance(memory, wasmtime.Memory)
        return int.from_bytes(memory.read(guest.store, 600, 604), "little")

    assert [read_at(place) for place in (0, LIBRARY_BYTES - 5, LIBRARY_BYTES, -1)] == [64, 5, 0, 0]


def test_as_many_files_are_open_as_may_be(guest: Guest) -> None:
    guest.write(NAME_AT, NAME)
    opened = [guest.call("path_open", 3, 0, NAME_AT, len(NAME), 0, 0, 0, 0, 500) for _ in range(40)]

    assert opened == [0] * 32 + [33] * 8
