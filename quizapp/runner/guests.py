"""Guests: instances of the interpreter, each with a memory and a life of its own."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TypeAlias, cast

import wasmtime

from quizapp.runner.engine import make_engine
from quizapp.runner.images import Image
from quizapp.runner.meter import Meter
from quizapp.runner.wasi import Functions

GUEST_BYTES = 256 << 20
NEARLY = 0.95
"""A guest that crashes with so much of its memory in use has run out of it."""
MOST_TABLE_ELEMENTS = 200_000
ENVIRONMENT = {"HOME": "/nonexistent", "TMPDIR": "/tmp", "PYTHONTZPATH": ""}  # noqa: S108 - no folder of ours
ADDRESS = 0xFFFF_FFFF

Ending: TypeAlias = Literal["end", "late", "too long", "exit", "trap", "out of memory"]


@dataclass(frozen=True)
class Turn:
    """How one run of a text in a guest ended, and what was written meanwhile."""

    ending: Ending
    said: bytes
    muttered: bytes
    why: str = ""


class Host:
    """Makes guests of a compiled module, one at a time, in one thread."""

    def __init__(self, compiled: Path, library: Path) -> None:
        engine = make_engine()
        self.meter = Meter(engine.increment_epoch)
        self.engine = engine
        self.module = wasmtime.Module.deserialize_file(engine, str(compiled))
        self.functions = Functions(engine, self.module, self.meter)
        self.functions.files.serve(library)

    def guest(self, image: Image | None = None) -> "Guest":
        """A new guest: one that has done nothing yet, or all that ``image`` has."""
        self.meter.forget()
        self.functions.files.forget()
        self.functions.waiting.forget()
        guest = Guest(self)
        if image:
            image.restore(guest.memory, guest.store)
        return guest


class Guest:
    """One instance. Close it: it holds hundreds of megabytes of addresses."""

    def __init__(self, host: Host) -> None:
        self._meter = host.meter
        self.store = wasmtime.Store(host.engine)
        self.store.set_limits(
            memory_size=GUEST_BYTES,
            table_elements=MOST_TABLE_ELEMENTS,
            instances=4,
            tables=8,
            memories=2,
        )
        self.store.set_epoch_deadline(1)
        wasi = wasmtime.WasiConfig()
        wasi.argv = ["python"]
        wasi.env = ENVIRONMENT.items()
        self.store.set_wasi(wasi)
        imports = host.functions.imports(self.store)
        self._exports: Any = wasmtime.Instance(self.store, host.module, imports).exports(self.store)
        self.memory = cast(wasmtime.Memory, self._exports["memory"])

    def turn(self, text: str, seconds: float) -> Turn:
        """Runs Python's ``text`` for at most ``seconds``. Use the guest no more unless it ended."""
        self._meter.forget()
        self.store.set_epoch_deadline(1)
        self._meter.start(seconds)
        try:
            ending: Ending = "end"
            why = ""
            self._run(text.encode())
        except wasmtime.ExitTrap as trap:
            ending, why = "exit", f"exit code {trap.code}"
        except (wasmtime.Trap, wasmtime.WasmtimeError) as trap:
            ending, why = self._ending_of_trap(), str(trap)[-200:]
        finally:
            self._meter.finish()
        return Turn(ending, bytes(self._meter.said), bytes(self._meter.muttered), why)

    def close(self) -> None:
        """Its memory is given back now, not at some collection."""
        self._exports = None
        self.store.close()

    def _run(self, text: bytes) -> None:
        address = self._exports["host_alloc"](self.store, len(text)) & ADDRESS
        self.memory.write(self.store, text, address)
        self._exports["turn"](self.store, address, len(text))

    def _ending_of_trap(self) -> Ending:
        if self._meter.is_late:
            return "late"
        if self._meter.is_too_long:
            return "too long"
        is_full = self.memory.data_len(self.store) > NEARLY * GUEST_BYTES
        return "out of memory" if is_full else "trap"
