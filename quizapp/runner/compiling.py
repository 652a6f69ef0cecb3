"""Compiles the interpreter and makes the images, once a machine: ``python -m … FOLDER BUILD``.

In a process of its own, which ends: it takes more memory than all workers together.
"""

import ctypes
import hashlib
import os
import platform
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import wasmtime
from wasmtime import _ffi as ffi

from quizapp.runner import artefacts, folder, harness, images
from quizapp.runner.builds import BUILDS, Build
from quizapp.runner.engine import in_deep_thread, make_engine
from quizapp.runner.errors import OffError
from quizapp.runner.guests import Host
from quizapp.runner.harness import Flavour
from quizapp.runner.trimming import trimmed

READY_SECONDS = 120
POLITENESS = 5
"""People are being served meanwhile."""


@dataclass(frozen=True)
class Compiled:
    """The files that workers run. Their names say what they were made of."""

    build: Build
    module: Path
    images: dict[Flavour, Path]

    @property
    def is_complete(self) -> bool:
        return self.module.exists() and all(path.exists() for path in self.images.values())


def compiled_in(cache: Path, build: Build) -> Compiled:
    """Where the files are, or will be."""
    source = artefacts.TRIMMED if build.kept else artefacts.SNAPSHOT
    made_of = f"{artefacts.RUNTIME}-{artefacts.DIGESTS[source][:12]}"
    machine = f"{sys.platform}-{platform.machine()}"
    return Compiled(
        build,
        cache / f"python-{made_of}-{machine}.module",
        {name: cache / f"{name}-{made_of}-{_digest(name)}.image" for name in build.flavours},
    )


def compile_into(cache: Path, build: Build) -> None:
    """All files exist. Raises OffError."""
    found = artefacts.find()
    wanted = compiled_in(cache, build)
    with folder.locked(cache):
        if wanted.is_complete:
            return
        artefacts.verify(found)
        if not wanted.module.exists():
            folder.replace(wanted.module, _written(_module(found.snapshot, build)))
        host = Host(wanted.module, found.library)
        for flavour, path in wanted.images.items():
            if not path.exists():
                _make_image(host, flavour, path)
        _tidy(cache)


def _module(snapshot: Path, build: Build) -> wasmtime.Module:
    """What ``build`` keeps of it, compiled. Raises OffError unless that is what was tested."""
    if build.kept is None:
        return wasmtime.Module.from_file(make_engine(), str(snapshot))
    part = trimmed(snapshot.read_bytes(), build.kept)
    if hashlib.sha256(part).hexdigest() != artefacts.DIGESTS[artefacts.TRIMMED]:
        raise OffError("The light engine's part of Python is not the one that was tested.")
    return wasmtime.Module(make_engine(), part)


def _written(module: wasmtime.Module) -> Iterator[bytes]:
    """``module`` as machine code, from where it stands: a copy would be 280 MB."""
    raw = ffi.wasm_byte_vec_t()
    error = ffi.wasmtime_module_serialize(module.ptr(), ctypes.byref(raw))
    if bool(error):
        raise OffError("The compiled interpreter cannot be written down.")
    yield memoryview((ctypes.c_char * raw.size).from_address(ctypes.addressof(raw.data.contents)))  # type: ignore[misc]
    ffi.wasm_byte_vec_delete(ctypes.byref(raw))


def _make_image(host: Host, flavour: Flavour, path: Path) -> None:
    guest = host.guest()
    turn = guest.turn(harness.ready(flavour), READY_SECONDS)
    if turn.ending != "end" or turn.muttered or host.functions.files.places:
        raise OffError(
            f"A guest cannot get ready ({flavour}): {turn.why or turn.muttered.decode()}"
        )
    folder.replace(path, images.pieces(guest.memory, guest.store))
    guest.close()


def _digest(flavour: Flavour) -> str:
    return hashlib.sha256(harness.ready(flavour).encode()).hexdigest()[:12]


def _tidy(cache: Path) -> None:
    """What older versions of the program left behind is gone."""
    current = [compiled_in(cache, build) for build in BUILDS]
    kept = {path for each in current for path in (each.module, *each.images.values())}
    for path in [*cache.glob("*.module"), *cache.glob("*.image"), *cache.glob("*.new")]:
        if path not in kept:
            path.unlink(missing_ok=True)


def main() -> None:
    """Ends with 1 and the reason on stderr when it cannot be done."""
    os.nice(POLITENESS)
    try:
        build = next(each for each in BUILDS if each.name == sys.argv[2])
        in_deep_thread(lambda: compile_into(Path(sys.argv[1]), build))
    except (OffError, wasmtime.WasmtimeError, OSError) as error:
        sys.exit(str(error)[:1_000])


if __name__ == "__main__":
    main()
