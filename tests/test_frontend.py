"""The build: from sources and packages to files that browsers keep."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from quizapp.config import ROOT

WEB = ROOT / "quizapp" / "web"
PACKAGES = WEB / "frontend" / "node_modules"

pytestmark = pytest.mark.skipif(not PACKAGES.exists(), reason="run make assets first")


@pytest.fixture
def web(tmp_path: Path) -> Path:
    """A copy of all that the build reads, with the same packages; nothing is built yet."""
    for folder in ("frontend", "templates", "static"):
        ignored = shutil.ignore_patterns("node_modules", "vendor", "__pycache__")
        shutil.copytree(WEB / folder, tmp_path / folder, ignore=ignored)
    (tmp_path / "frontend" / "node_modules").symlink_to(PACKAGES)
    return tmp_path


def build(web: Path) -> dict[str, str]:
    """Which file became which, as the build of ``web`` says."""
    subprocess.run([sys.executable, web / "frontend" / "build.py"], check=True)
    names: dict[str, str] = json.loads((web / "static/vendor/manifest.json").read_text("utf-8"))
    return names


def change(path: Path) -> None:
    with path.open("a") as file:
        file.write("\n/* changed */ globalThis.later = 1;\n")


def test_what_templates_name_is_bundled_and_compressed(web: Path) -> None:
    built = build(web)

    assert {"app.css", "icon.svg", "js/quiz.js", "vendor/fonts/inter.woff2"} <= built.keys()
    for name in ("app.css", "js/quiz.js"):
        file = web / "static" / built[name]
        sizes = [Path(f"{file}{suffix}").stat().st_size for suffix in ("", ".gz", ".br")]
        assert sizes == sorted(sizes, reverse=True)
    assert b"import" not in (web / "static" / built["js/quiz.js"]).read_bytes()
    assert Path(built["vendor/fonts/inter.woff2"]).name in (
        (web / "static" / built["app.css"]).read_text()
    )


def test_a_changed_module_changes_the_name_of_what_imports_it(web: Path) -> None:
    first = build(web)
    change(web / "static" / "js" / "order.js")

    second = build(web)

    assert {name for name in first if second[name] != first[name]} == {"js/quiz.js"}


def test_the_build_before_is_kept_for_servers_that_run_on(web: Path) -> None:
    builds = [build(web)]
    for _ in range(2):
        change(web / "static" / "js" / "theme.js")
        builds.append(build(web))

    there = [(web / "static" / each["js/theme.js"]).exists() for each in builds]
    assert there == [False, True, True]


def test_nothing_is_built_while_nothing_has_changed(web: Path) -> None:
    manifest = web / "static" / "vendor" / "manifest.json"
    build(web)
    os.utime(manifest, (0, 0))

    build(web)

    assert manifest.stat().st_mtime == 0


def test_a_mistake_in_a_script_fails_the_build_and_leaves_the_last_one(web: Path) -> None:
    before = build(web)
    (web / "static" / "js" / "theme.js").write_text("const = 1;")

    with pytest.raises(subprocess.CalledProcessError):
        build(web)

    assert json.loads((web / "static/vendor/manifest.json").read_text("utf-8")) == before
    assert (web / "static" / before["js/theme.js"]).exists()
