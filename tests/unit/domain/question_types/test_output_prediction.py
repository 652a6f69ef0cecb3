"""Output prediction: what counts in a line, partial credit, and what the review marks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.domain.errors import InvalidContentError
from quizapp.domain.interactions import Lines
from quizapp.domain.question import Review
from quizapp.domain.question_types.output_prediction import OutputPrediction

FENCED = "What does this print?\n\n```python\nrun()\n```"
CODE = {"stem": "What?", "code": "run()"}


def question(output: str, **fields: object) -> OutputPrediction:
    return OutputPrediction.parse({"stem": FENCED, "output": output, **fields})


def reviewed(output: str, response: str) -> Review:
    asked = question(output)
    return asked.review(response, asked.render())


@pytest.mark.parametrize("response", ["a\n b", "a  \n b\t", "a\n b\n\n \n"])
def test_blank_space_at_the_ends_does_not_matter(response: str) -> None:
    assert question("a\n b\n").grade(response).score == 1


@pytest.mark.parametrize("response", ["a\nb", " a\n b", "a\n  b", "\na\n b", "a\n\n b", "A\n b"])
def test_all_else_does(response: str) -> None:
    assert question("a\n b\n").grade(response).score == 0


@pytest.mark.parametrize(
    ("response", "score"),
    [
        ("a\nb\nc\nd", 1),
        ("a\nb\nx\nd", 0.5),
        ("x\nb\nc\nd", 0),
        ("a\nb", 0.5),
        ("a\nb\nc\nd\ne", 0.8),
    ],
)
def test_partial_credit_is_the_share_of_leading_right_lines(response: str, score: float) -> None:
    assert question("a\nb\nc\nd", scoring="partial").grade(response).score == pytest.approx(score)
    assert question("a\nb\nc\nd").grade(response).score == int(score)


@given(st.text("a b\t\n", max_size=12))
def test_a_right_response_is_right_however_it_was_posted(output: str) -> None:
    if not output.strip():
        return
    asked = question(output)
    posted = output.replace("\n", "\r\n")

    assert asked.grade(Lines().read({"lines": [posted]})).score == 1


@pytest.mark.parametrize(
    ("response", "note"),
    [
        ("a\nx", "Line 2 is the first that differs."),
        ("a", "Line 2 is missing; all before it is right."),
        ("a\nb\nc", "Line 3 is one too many."),
    ],
)
def test_the_review_shows_both_and_marks_the_first_difference(response: str, note: str) -> None:
    review = reviewed("a\nb\n", response)

    assert review.note == note
    assert review.is_side_by_side
    assert [(row.lines, row.is_given, row.is_key) for row in review.rows] == [
        (tuple(response.split("\n")), True, False),
        (("a", "b"), False, True),
    ]
    assert {row.marked_line for row in review.rows} == {int(note.split()[1]) - 1}


def test_the_review_shows_a_right_response_once() -> None:
    (row,) = reviewed("a\n b", "a \n b").rows

    assert (row.lines, row.is_given, row.is_key, row.marked_line) == (
        ("a ", " b"),
        True,
        True,
        None,
    )


def test_the_program_is_asked_for_together_with_the_stem() -> None:
    asked = OutputPrediction.parse({**CODE, "language": "python", "output": "1"})

    assert asked.prompt == "What?\n\n```python\nrun()\n```"
    assert question("1").prompt == FENCED


def test_a_program_may_hold_fences() -> None:
    asked = OutputPrediction.parse({"stem": "What?", "code": 's = """\n````\n"""', "output": "1"})

    assert asked.prompt.count("`````") == 2


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"stem": "What?"}, "Show the program"),
        ({"stem": "What?", "code": " \n"}, "Show the program"),
        ({"stem": FENCED, "language": "python"}, "belongs to `code`"),
        ({**CODE, "output": " \n\n"}, "must print something"),
        ({**CODE, "language": "a b"}, "language"),
    ],
)
def test_an_author_is_told_what_is_missing(fields: dict[str, object], message: str) -> None:
    with pytest.raises(InvalidContentError, match=message):
        OutputPrediction.parse({"output": "1", **fields})
