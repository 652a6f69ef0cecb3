"""CSV: samples, and anything that a spreadsheet may save."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.domain.formats import comma_separated
from quizapp.domain.items import Item
from quizapp.domain.question_types import question_types
from tests.unit.domain.formats.samples import expected_problems

SAMPLES = Path(__file__).parents[3] / "fixtures" / "comma_separated"
GOOD = sorted((SAMPLES / "good").glob("*.csv"))
BAD = sorted((SAMPLES / "bad").glob("*.csv"))
EVERY_TYPE = (SAMPLES / "good" / "every-type.csv").read_text("utf-8")
HEAD = "stem,option_1,option_2,option_3,answer,skills\n"


def name(path: Path) -> str:
    return path.stem


@pytest.fixture
def read_row() -> Callable[[str], Item]:
    """The one item in a row of stem, three options and answer."""

    def read(row: str) -> Item:
        reading = comma_separated.read(f"{HEAD}{row},maths.numbers\n")
        assert reading.problems == ()
        return reading.items[0]

    return read


@pytest.mark.parametrize("path", GOOD, ids=name)
def test_a_good_file_is_read_without_problems(path: Path) -> None:
    reading = comma_separated.read(path.read_bytes().decode())

    assert reading.problems == ()
    assert reading.items
    assert len(reading.items) == len(reading.entries)


@pytest.mark.parametrize("path", BAD, ids=name)
def test_a_bad_file_has_exactly_the_problems_that_stand_beside_it(path: Path) -> None:
    problems = comma_separated.read(path.read_bytes().decode()).problems

    found = [f"{each.line}:{each.column} {each.message}" for each in problems]
    assert found == expected_problems(path)


def test_every_type_is_read() -> None:
    reading = comma_separated.read(EVERY_TYPE)

    assert {item.question.kind for item in reading.items} == comma_separated.KINDS


@pytest.mark.parametrize("kind", sorted(set(question_types()) - comma_separated.KINDS))
def test_a_kind_that_no_row_can_hold_is_refused_in_one_sentence(kind: str) -> None:
    reading = comma_separated.read(f"type,stem,answer,skills\n{kind},?,a,maths.numbers\n")

    (problem,) = reading.problems
    assert problem.message == f"CSV cannot hold the type {kind!r}. Write it in YAML."
    assert problem.line == 2


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        ("?,a,b,c,B", "multiple-choice"),
        ("?,a,b,c,b", "multiple-choice"),
        ("?,a,b,c,A;C", "multiple-response"),
        ("?,,,,FALSE", "true-false"),
        ("?,,,,1/2", "numeric"),
        ("?,,,,word", "short-text"),
        ("?,,,,1;one", "short-text"),
    ],
)
def test_the_type_is_seen_from_options_and_answer(
    read_row: Callable[[str], Item], row: str, kind: str
) -> None:
    assert read_row(row).question.kind == kind


def test_a_gap_between_options_never_makes_another_option_right() -> None:
    reading = comma_separated.read(f"{HEAD}Which?,a,,c,C,maths.numbers\n")

    assert reading.items == ()
    assert [(each.line, each.column) for each in reading.problems] == [(2, 3)]


def test_a_row_without_an_id_is_called_by_its_place() -> None:
    text = f"{HEAD}So.,,,,true,maths.numbers\n\nOr.,,,,true,maths.numbers\n"

    assert [item.slug for item in comma_separated.read(text).items] == ["row-1", "row-3"]


def test_rows_of_several_lines_are_found_at_their_first() -> None:
    text = f'{HEAD}"So\nit\nis.",,,,true,maths.numbers\nOr.,,,,true,maths.numbers\n'

    assert [entry.line for entry in comma_separated.read(text).entries] == [2, 5]


def test_a_file_of_more_questions_than_one_may_hold_is_read_no_further() -> None:
    row = "So.,,,,true,maths.numbers\n\n"

    assert not comma_separated.read(HEAD + 1_000 * row).has_errors
    reading = comma_separated.read(HEAD + 20_000 * row)

    (problem,) = reading.problems
    assert (problem.line, problem.column) == (2002, 1)
    assert problem.message == "More than 1,000 questions. Split the file."
    assert len(reading.entries) == 1_000


def test_looks_like_it() -> None:
    assert comma_separated.sniff("\ufeffID;Stem;Answer\n1;2;3")
    assert not comma_separated.sniff("id,question\nstem,answer")


@given(st.text(',;\t"\n\r\x00\x85\u2028\ud800\ufeff aé0=stem', max_size=100))
def test_any_text_is_read_to_problems(text: str) -> None:
    assert comma_separated.read(text).has_errors
    assert comma_separated.read(HEAD + text) is not None


@given(st.randoms(use_true_random=False), st.text(",;\t\"\n\r\x00 a1AB'", max_size=8))
def test_a_damaged_file_is_read_to_places_within_it(rng: random.Random, text: str) -> None:
    place = rng.randrange(len(EVERY_TYPE))
    damaged = EVERY_TYPE[:place] + text + EVERY_TYPE[place + rng.randrange(20) :]
    reading = comma_separated.read(damaged)

    lines = len(damaged.splitlines())
    assert all(1 <= problem.line <= lines for problem in reading.problems)
    assert all(problem.column >= 1 for problem in reading.problems)
