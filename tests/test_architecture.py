"""The rules of the house that neither the linter nor the layers' contracts can hold."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from quizapp.config import ROOT

PROGRAM = ROOT / "quizapp"
MODULES = sorted(PROGRAM.rglob("*.py"))
TEMPLATES = sorted((PROGRAM / "web" / "templates").rglob("*.html"))
SCRIPTS = sorted((PROGRAM / "web" / "static" / "js").glob("*.js"))
LONGEST_FILE = 300
LONGEST_README = 120

FORBIDDEN_IN_DOMAIN = {"flask", "sqlalchemy", "wtforms", "werkzeug", "flask_login", "flask_wtf"}

INLINE_STYLE = re.compile(r"""<[^>]*\sstyle\s*=""", re.IGNORECASE)
INLINE_HANDLER = re.compile(r"""<[^>]*\son[a-z]+\s*=\s*["'{]""", re.IGNORECASE)
INLINE_SCRIPT = re.compile(r"<script(?![^>]*\ssrc=)", re.IGNORECASE)
COLOUR = re.compile(r"(?<![&\w/])#(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})\b", re.IGNORECASE)


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def imported(path: Path) -> Iterator[str]:
    """The outermost package of everything that a module imports."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.partition(".")[0]


def committing(path: Path) -> bool:
    tree = ast.parse(path.read_text("utf-8"))
    return any(isinstance(node, ast.Attribute) and node.attr == "commit" for node in ast.walk(tree))


def lines_with(pattern: re.Pattern[str], path: Path) -> list[int]:
    text = path.read_text("utf-8")
    return [text.count("\n", 0, found.start()) + 1 for found in pattern.finditer(text)]


# --- Python ---------------------------------------------------------------------------------------


def test_only_a_transaction_commits() -> None:
    found = [name(path) for path in MODULES if committing(path)]

    assert found == ["quizapp/db/transaction.py"], (
        "A writing view or command has one `with transaction() as session:`; services never "
        "commit, so that what belongs together is stored together or not at all."
    )


@pytest.mark.parametrize("path", sorted((PROGRAM / "domain").rglob("*.py")), ids=name)
def test_the_domain_knows_neither_the_web_nor_the_database(path: Path) -> None:
    assert not set(imported(path)) & FORBIDDEN_IN_DOMAIN, (
        "What questions, attempts and skills are must be testable without an app or a database. "
        "Move what needs them to quizapp/services or quizapp/web."
    )


@pytest.mark.parametrize("path", [*MODULES, *SCRIPTS, *TEMPLATES], ids=name)
def test_a_file_answers_one_question(path: Path) -> None:
    count = len(path.read_text("utf-8").splitlines())

    assert count <= LONGEST_FILE, f"{count} lines: split by the nouns it is about."


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_a_module_says_what_it_is_for(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text("utf-8"))) or path.name == "__init__.py"


# --- Templates ------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
@pytest.mark.parametrize(
    ("pattern", "reason"),
    [
        (INLINE_STYLE, "The content security policy ignores style=: use a class of app.css."),
        (INLINE_HANDLER, "The content security policy ignores on…=: listen in a module of js/."),
        (INLINE_SCRIPT, "The content security policy runs no inline script: give it a src."),
        (COLOUR, "Colours stand in app.css, where light and dark are chosen."),
    ],
    ids="style handler script colour".split(),
)
def test_a_template_holds_structure_alone(
    path: Path, pattern: re.Pattern[str], reason: str
) -> None:
    assert lines_with(pattern, path) == [], reason


@pytest.mark.parametrize(
    ("pattern", "markup"),
    [
        (INLINE_STYLE, '<p class="x" style="color: red">'),
        (INLINE_HANDLER, '<button type="button" onclick="go()">'),
        (INLINE_SCRIPT, "<script>go()</script>"),
        (COLOUR, '<path fill="#fff">'),
    ],
)
def test_the_patterns_find_what_they_are_for(pattern: re.Pattern[str], markup: str) -> None:
    assert pattern.search(markup)


@pytest.mark.parametrize(
    ("pattern", "markup"),
    [
        (INLINE_HANDLER, '<input name="condition" value="on=1">'),
        (INLINE_SCRIPT, '<script type="module" src="/js/quiz.js">'),
        (COLOUR, '<a href="#main">&#39; <use href="/icons.svg#add">'),
    ],
)
def test_the_patterns_let_pass_what_is_fine(pattern: re.Pattern[str], markup: str) -> None:
    assert not pattern.search(markup)


# --- Papers ---------------------------------------------------------------------------------------


def test_every_direct_requirement_says_why_it_is_there() -> None:
    direct = (ROOT / "requirements.txt").read_text().partition("# Needed by the above")[0]
    lines = [line for line in direct.splitlines() if line and not line.startswith("#")]

    silent = [line for line in lines if len(line.partition("#")[2].split()) < 4]

    assert lines
    assert silent == [], "Say in a sentence why we do not do without it."


def test_every_requirement_has_one_version() -> None:
    text = (ROOT / "requirements.txt").read_text()
    names = [line.partition("#")[0].strip() for line in text.splitlines()]

    loose = [each for each in names if each and "==" not in each]

    assert loose == [], "Only what was tested is installed."


def test_the_readme_is_read_in_one_go() -> None:
    lines = (ROOT / "README.md").read_text("utf-8").splitlines()

    assert len(lines) < LONGEST_README, "Move details to CONTRIBUTING.md or docs/."
