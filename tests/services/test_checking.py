"""Everything that can be said against a file of questions."""

import pytest
from sqlalchemy.orm import Session

from quizapp.domain.errors import UploadError
from quizapp.domain.reading import Problem, Reading
from quizapp.services import checking, taxonomies

HEAD = """\
id: a-set
title: A set
quizzes:
  - {id: first, title: First, questions: 1, skills: [math, math.probability.conditional]}
  - {id: second, title: Second, questions: 1, levels: [mid]}
"""
GOOD = """\
items:
  - id: bayes
    type: true-false
    skills: [math.probability.bayes]
    stem: Bayes has a rule.
    answer: true
    explanation: He has.
    references: ["Any course"]
"""


def read(session: Session, text: str, filename: str = "questions.yaml") -> Reading:
    return checking.read_file(filename, text, taxonomies.current(session))


def only_problem(session: Session, text: str) -> Problem:
    (problem,) = read(session, text).problems
    return problem


def test_a_good_file_has_no_problem(session: Session) -> None:
    reading = read(session, GOOD)

    assert reading.problems == ()
    assert [item.slug for item in reading.items] == ["bayes"]


def test_an_unknown_skill_is_named_with_the_one_that_was_meant(session: Session) -> None:
    problem = only_problem(session, GOOD.replace("math.probability.bayes", "math.stats.bayes"))

    assert problem.message == (
        "There is no skill math.stats.bayes. Did you mean math.probability.bayes?"
    )
    assert (problem.line, problem.column, problem.is_error) == (4, 14, True)
    assert (problem.entry, problem.field) == (1, "skills.1")


def test_without_a_near_skill_one_is_told_where_they_are(session: Session) -> None:
    problem = only_problem(session, GOOD.replace("math.probability.bayes", "art.painting"))

    assert problem.message == "There is no skill art.painting. See the skills page for the ids."


def test_a_former_id_of_a_skill_is_known(session: Session) -> None:
    renamed = GOOD.replace("math.probability.bayes", "math.probability.conditional")

    assert not read(session, renamed).problems


@pytest.mark.parametrize(
    ("stem", "line", "column"),
    [
        (r"stem: Is $\frac{1}{2$ half?", 5, 25),
        ("stem: |\n      Is this so?\n\n      $\\nosuch$ is it.", 8, 8),
    ],
)
def test_a_formula_that_does_not_parse_is_found_where_it_stands(
    session: Session, stem: str, line: int, column: int
) -> None:
    problem = only_problem(session, GOOD.replace("stem: Bayes has a rule.", stem))

    assert (problem.line, problem.column) == (line, column)
    assert (problem.field, problem.is_error) == ("stem", True)


def test_advice_is_a_warning_that_hinders_nothing(session: Session) -> None:
    problem = only_problem(session, GOOD.replace("    explanation: He has.\n", ""))

    assert not problem.is_error
    assert problem.message.startswith("No explanation.")


def test_all_problems_come_in_the_order_of_the_file(session: Session) -> None:
    text = GOOD.replace("math.probability.bayes", "art.painting").replace(
        "Bayes has a rule.", "Is $\\nosuch$ so?"
    )

    assert [problem.line for problem in read(session, text).problems] == [4, 5]


def test_a_table_is_read_as_well(session: Session) -> None:
    table = "stem,answer,skills\nIs it so?,true,art.painting\n"

    problems = [each for each in read(session, table, "questions.csv").problems if each.is_error]

    assert [(each.line, each.column) for each in problems] == [(2, 3)]


def test_a_file_of_an_unknown_kind_is_refused(session: Session) -> None:
    with pytest.raises(UploadError, match=r"Known endings: \.csv"):
        read(session, GOOD, "questions.docx")


# --- Quizzes of a set -----------------------------------------------------------------------------


def found_in_set(session: Session, text: str) -> list[tuple[int, int, str, bool]]:
    problems = checking.read_set("set.yaml", text, taxonomies.current(session)).problems
    return [(each.line, each.column, each.message, each.is_error) for each in problems]


def test_good_quizzes_have_no_problem(session: Session) -> None:
    assert found_in_set(session, HEAD + GOOD) == []


@pytest.mark.parametrize(
    ("old", "new", "line", "column", "message", "is_error"),
    [
        ("skills: [math,", "skills: [maths,", 4, 54, "There is no bank, area or skill maths", True),
        ("skills: [math,", "types: [x], skills: [math,", 4, 53, "There is no type x", True),
        ("id: second", "id: first", 5, 6, "The quiz id first is already used.", True),
        ("[mid]", "[senior]", 5, 5, "No question of this set has such skills and levels.", True),
        ("questions: 1, l", "questions: 7, l", 5, 33, "Only 1 question fits", False),
    ],
)
def test_a_quiz_that_cannot_be_as_its_author_meant_is_found(
    session: Session, old: str, new: str, line: int, column: int, message: str, is_error: bool
) -> None:
    ((*place, sentence, kind),) = found_in_set(session, HEAD.replace(old, new) + GOOD)

    assert place == [line, column]
    assert sentence.startswith(message)
    assert kind is is_error


def test_questions_are_not_counted_while_one_has_errors(session: Session) -> None:
    text = HEAD.replace("[mid]", "[senior]") + GOOD.replace("answer: true", "answer: perhaps")

    assert [problem[2] for problem in found_in_set(session, text)] == ["Expected true or false."]
