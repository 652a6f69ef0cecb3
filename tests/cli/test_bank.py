"""Commands over the banks that come as files: what is wrong is told in sentences."""

import shutil
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from quizapp.cli import program_tries
from quizapp.runner.client import Runner
from tests.factories import SMALL_QUESTIONS

EVERY_TYPE = Path(__file__).parents[1] / "fixtures/native_yaml/good/every-type.yaml"


@pytest.fixture
def database_kind() -> str:
    """One kind: the commands ask no more of a database than their services."""
    return "sqlite"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The small questions, to be changed."""
    copied: Path = shutil.copytree(SMALL_QUESTIONS, tmp_path / "questions")
    return copied


def run(app: Flask, *command: str) -> Result:
    return app.test_cli_runner().invoke(args=command)


def test_loading_says_what_has_changed_in_each_bank(app: Flask, folder: Path) -> None:
    shutil.rmtree(folder / "coding")

    loaded = run(app, "bank", "load", "--folder", str(folder))

    assert loaded.output.splitlines() == [
        "math: 6 unchanged",
        "ml: 3 unchanged",
        "system-design: 2 unchanged",
        "coding: 2 withdrawn",
    ]


@pytest.mark.parametrize("command", [("prepare",), ("bank", "load"), ("bank", "check")])
def test_a_questions_folder_that_is_not_there_is_told(
    app: Flask, tmp_path: Path, command: tuple[str, ...]
) -> None:
    missing = tmp_path / "none"
    config = replace(app.extensions["quizapp"], questions_folder=missing)
    app.extensions["quizapp"] = config

    told = run(app, *command)

    assert told.exit_code == 1
    assert "The file cannot be read: No such file or directory." in told.output
    assert f"Error: {missing / 'taxonomy.yaml'}" in told.output


@pytest.mark.parametrize("command", ["check", "load"])
@pytest.mark.parametrize("name", ["taxonomy.yaml", "ml/bank.yaml", "ml/questions.yaml"])
def test_a_file_in_another_encoding_is_told_by_name_and_line(
    app: Flask, folder: Path, command: str, name: str
) -> None:
    text = (folder / name).read_text("utf-8")
    (folder / name).write_bytes(f"# Größe\n{text}".encode("latin-1"))

    told = run(app, "bank", command, "--folder", str(folder))

    assert told.exit_code == 1
    assert str(folder / name) in told.output
    assert "Not UTF-8: line 1 holds the byte 0xf6." in told.output


def test_a_folder_in_place_of_a_file_is_told(app: Flask, folder: Path) -> None:
    (folder / "ml" / "more.yaml").mkdir()

    told = run(app, "bank", "check", "--folder", str(folder))

    assert told.exit_code == 1
    assert "more.yaml:1:1: error: The file cannot be read: Is a directory." in told.output


def test_without_a_code_runner_programs_are_not_run_and_that_is_told(
    app: Flask, folder: Path
) -> None:
    programs = _only_programs(EVERY_TYPE.read_text("utf-8"))
    (folder / "coding" / "programs.yaml").write_text(programs, "utf-8")
    app.extensions["quizapp"] = replace(app.extensions["quizapp"], runner="off")

    told = run(app, "bank", "check", "--folder", str(folder))
    silent = run(app, "bank", "check", "--folder", str(folder), "--no-run")

    assert told.output.count("Programs were not run. QUIZAPP_RUNNER is off") == 1
    assert "were not run" not in silent.output
    assert told.exit_code == silent.exit_code


def test_what_a_light_code_runner_lacks_is_told_and_the_rest_is_tried(
    app: Flask, folder: Path, light_runner: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    programs = _only_programs(EVERY_TYPE.read_text("utf-8"))
    (folder / "coding" / "programs.yaml").write_text(programs, "utf-8")
    (folder / "coding" / "arrays.yaml").write_text(
        programs.replace("  - id: ", "  - id: numpy-").replace(
            "    function:", "    library: numpy\n    function:", 1
        ),
        "utf-8",
    )
    monkeypatch.setattr(program_tries, "_ready_runner", lambda _config: nullcontext(light_runner))

    told = run(app, "bank", "check", "--folder", str(folder))

    assert told.output.count("was not tried. The program needs numpy") == 1
    assert "Trying the programs of a-program-to-write" in told.output


def _only_programs(text: str) -> str:
    """The code questions of the sample that holds every type."""
    return "items:\n" + text[text.index("  - id: a-program-to-write") :]
