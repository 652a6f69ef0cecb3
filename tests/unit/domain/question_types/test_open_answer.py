"""Open answer: the text stays as it was written, and nobody but a person scores it."""

from quizapp.domain.interactions import ExtendedText
from quizapp.domain.question_types.open_answer import OpenAnswer

FIELDS = {
    "stem": "Why?",
    "rubric": [{"text": "A reason", "points": 1}],
    "model_answer": "First.\n\nSecond.",
}
TEXT = "\n  - because\n\n\tof it"


def test_line_breaks_and_indentation_are_kept() -> None:
    interaction = ExtendedText()

    assert interaction.read({"lines": [TEXT.replace("\n", "\r\n") + " \r\n"]}) == TEXT
    assert interaction.lines(TEXT) == TEXT.split("\n")


def test_the_review_puts_the_answer_before_the_model() -> None:
    question = OpenAnswer.parse(FIELDS)

    given, model = question.review(TEXT, question.render()).rows

    assert (given.lines, given.is_given) == (tuple(TEXT.split("\n")), True)
    assert (model.text, model.is_key, model.is_block) == ("First.\n\nSecond.", True, True)


def test_a_text_that_is_too_long_is_cut() -> None:
    interaction = ExtendedText()

    assert interaction.read({"lines": ["x" * 20_000]}) == "x" * interaction.max_length


def test_what_helps_to_write_is_shown() -> None:
    question = OpenAnswer.parse(
        {**FIELDS, "word_limit": 90, "lines": 5, "template": "One\n  two\n"}
    )

    assert question.render() == ExtendedText(rows=5, word_limit=90, outline="One\n  two\n")
