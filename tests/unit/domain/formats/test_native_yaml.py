"""The native format: samples, and anything that an author may write."""

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.domain.formats import native_yaml
from quizapp.domain.items import FieldProblem
from quizapp.domain.question_types import question_types
from quizapp.domain.reading import Problem
from tests.unit.domain.formats.samples import expected_problems

SAMPLES = Path(__file__).parents[3] / "fixtures" / "native_yaml"
GOOD = sorted((SAMPLES / "good").glob("*.yaml"))
BAD = sorted((SAMPLES / "bad").glob("*.yaml"))
EVERY_TYPE = (SAMPLES / "good" / "every-type.yaml").read_text("utf-8")


def name(path: Path) -> str:
    return path.stem


@pytest.mark.parametrize("path", GOOD, ids=name)
def test_a_good_file_is_read_without_problems(path: Path) -> None:
    reading = native_yaml.read(path.read_bytes().decode())

    assert reading.problems == ()
    assert len(reading.items) == len(reading.entries)


@pytest.mark.parametrize("path", BAD, ids=name)
def test_a_bad_file_has_exactly_the_problems_that_stand_beside_it(path: Path) -> None:
    problems = native_yaml.read(path.read_bytes().decode()).problems

    found = [f"{each.line}:{each.column} {each.message}" for each in problems]
    assert found == expected_problems(path)


def test_every_type_is_read() -> None:
    reading = native_yaml.read(EVERY_TYPE)

    assert {item.question.kind for item in reading.items} == set(question_types())
    assert reading.header is not None
    assert reading.header.quizzes[0].levels == ("entry", "mid")


def test_numbers_in_texts_stay_as_they_were_written() -> None:
    exports = {item.slug: item.export() for item in native_yaml.read(EVERY_TYPE).items}

    assert exports["an-output"]["accepted"] == ["1.10"]
    assert exports["an-order"]["lines"] == ["0.10", "007", "1e3"]
    assert exports["an-eighth"]["tolerance"] == 0.001


def test_an_entry_finds_a_place_within_its_texts() -> None:
    entry = native_yaml.read(EVERY_TYPE).entries[0]

    assert entry.line == 8
    assert (entry.locate(("stem",), 5, 5).line, entry.locate(("stem",), 5, 5).column) == (20, 11)
    assert entry.locate(("options", 2, "why"), 1, 9).line == 28


def test_a_file_of_more_questions_than_one_may_hold_is_read_no_further() -> None:
    item = "  - {{id: i-{0}, type: true-false, skills: [a.b], stem: S., answer: true}}\n"
    reading = native_yaml.read("items:\n" + "".join(map(item.format, range(1_500))))

    (problem,) = reading.problems
    assert (problem.line, problem.column) == (1002, 5)
    assert problem.message == "More than 1,000 questions. Split the file."


def test_a_reading_finds_the_fields_of_its_header() -> None:
    text = "id: a\ntitle: A\nquizzes:\n  - {id: q, title: Q, questions: 1, skills: [a.b, c.d]}\n"
    reading = native_yaml.read(text)

    problem = reading.header_problem(FieldProblem(("quizzes", 0, "skills", 1), "No."))

    assert problem == Problem(4, 51, "No.", field="quizzes.1.skills.2")


@pytest.mark.parametrize("head", ["items:\n", "# a comment\nid: a\n", "title: A\n"])
def test_looks_like_it(head: str) -> None:
    assert native_yaml.sniff(head)


@pytest.mark.parametrize("head", ["", "banks:\n", "What is 1?\nA. 1\n", "  items:\n"])
def test_does_not_look_like_it(head: str) -> None:
    assert not native_yaml.sniff(head)


@given(st.text(": -\n\t'\"|>[]{}#&*!?%@\x00\x85\u2028\ud800\ufeffaé0", max_size=100))
def test_any_text_is_read_to_problems(text: str) -> None:
    reading = native_yaml.read(text)

    assert reading.problems or reading.items or reading.header


@given(st.randoms(use_true_random=False))
def test_a_damaged_file_is_read_to_places_within_it(rng: random.Random) -> None:
    lines = EVERY_TYPE.splitlines()
    for _ in range(rng.randint(1, 3)):
        place = rng.randrange(len(lines))
        lines[place] = rng.choice(
            ["", "  " + lines[place], lines[place][1:], lines[place] + ":", lines[place - 1],
             lines[place].replace(": ", ":"), lines[place].partition(":")[0] + ": [", "\t- x"]
        )  # fmt: skip
    reading = native_yaml.read("\n".join(lines))

    assert all(1 <= problem.line <= len(lines) + 1 for problem in reading.problems)
    assert all(problem.message.endswith((".", "?")) for problem in reading.problems)
