"""Collecting what a file holds, and every fault with its place."""

import pytest

from quizapp.domain.items import FieldProblem
from quizapp.domain.places import Place
from quizapp.domain.reading import EntryReader, Locate, Problem, Reading, SetHeader
from quizapp.domain.yaml_document import Mark

STATEMENT = {"type": "true-false", "skills": ["maths.numbers"], "stem": "So.", "answer": True}
HEADER = SetHeader(id="maths", title="Maths")


def at(number: int) -> Locate:
    def locate(place: Place, line: int, column: int) -> Mark:
        return Mark(number + len(place), column + 1)

    return locate


@pytest.fixture
def reader() -> EntryReader:
    return EntryReader()


def test_a_question_becomes_an_entry_with_its_item(reader: EntryReader) -> None:
    reader.add({**STATEMENT, "id": "first"}, at(3))

    (entry,) = reader.reading().entries
    assert (entry.number, entry.label, entry.line) == (1, "first", 3)
    assert reader.reading().items == (entry.item,)


def test_faults_stand_at_their_place_with_the_number_of_their_entry(reader: EntryReader) -> None:
    reader.add({**STATEMENT, "id": "first"}, at(3))
    reader.add({**STATEMENT, "id": "second", "skills": ["maths"]}, at(7))

    (problem,) = reader.reading().problems
    assert (problem.line, problem.entry, problem.field) == (9, 2, "skills.1")
    assert [item.slug for item in reader.reading().items] == ["first"]


def test_a_fault_found_by_the_format_leaves_no_item(reader: EntryReader) -> None:
    fault = FieldProblem(("answer",), "There is no option D.")
    reader.add({**STATEMENT, "id": "first"}, at(3), (fault,))

    assert reader.reading().items == ()
    assert reader.reading().problems[0].message == "There is no option D."


def test_what_is_no_question_is_an_entry_without_an_item(reader: EntryReader) -> None:
    reader.refuse("Expected the fields of a question.", at(3))

    (entry,) = reader.reading().entries
    assert (entry.label, entry.item) == ("question 1", None)
    assert reader.reading().has_errors


@pytest.mark.parametrize("second_line", [3, 9])
def test_an_id_that_is_used_twice_is_a_fault_of_the_second(
    reader: EntryReader, second_line: int
) -> None:
    reader.add({**STATEMENT, "id": "first"}, at(3))
    reader.add({**STATEMENT, "id": "first"}, at(second_line))

    assert [(each.entry, each.message) for each in reader.reading().problems] == [
        (2, "The id is already used in line 3.")
    ]


def test_an_entry_without_a_usable_id_is_called_by_its_number(reader: EntryReader) -> None:
    for name in (None, "", ["a"] * 1_000, {"a": "b"}):
        reader.add({**STATEMENT, "id": name}, at(1))

    labels = [entry.label for entry in reader.reading().entries]
    assert labels == ["question 1", "question 2", "question 3", "question 4"]


def test_a_file_without_anything_has_that_as_its_problem(reader: EntryReader) -> None:
    assert reader.reading().problems == (Problem(1, 1, "The file holds no questions."),)


def test_a_header_alone_is_a_file_too(reader: EntryReader) -> None:
    assert reader.reading(HEADER) == Reading(header=HEADER)


def test_more_problems_are_sorted_into_the_order_of_the_file() -> None:
    reading = Reading(problems=(Problem(2, 5, "b"), Problem(9, 1, "d")), header=HEADER)
    more = reading.with_problems((Problem(2, 6, "c"), Problem(1, 7, "a")))

    assert [problem.message for problem in more.problems] == ["a", "b", "c", "d"]
    assert more.header == HEADER


def test_warnings_are_no_errors() -> None:
    assert not Reading(problems=(Problem(1, 1, "a", is_error=False),)).has_errors
    assert Reading(problems=(Problem(1, 1, "a"),)).has_errors
