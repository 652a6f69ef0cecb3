"""Samples of files with mistakes, and what should be said of them."""

from pathlib import Path

from quizapp.domain.question_types import question_types


def expected_problems(path: Path) -> list[str]:
    """What stands beside the file; ``{types}`` in it are all types that there are."""
    text = path.with_suffix(".expected").read_text("utf-8")
    return text.replace("{types}", ", ".join(question_types())).splitlines()
