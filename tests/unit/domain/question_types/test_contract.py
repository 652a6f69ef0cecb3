"""What every question type promises, shown on its own examples."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, is_dataclass
from random import Random
from statistics import fmean
from typing import Any

import pytest

from quizapp.domain.errors import InvalidContentError
from quizapp.domain.interactions import Interaction, Response
from quizapp.domain.items import COMMON_FIELDS, Item
from quizapp.domain.options import OptionsQuestion
from quizapp.domain.parts import FIELDS_OF_PARTS
from quizapp.domain.question import Example, Grade, QuestionType, Review
from quizapp.domain.question_types import question_types
from tests import canaries

SEEDS = range(1_000)
MARK = "73159"
GUESS_ERROR = 0.05
CHI_SQUARE_1_PERCENT = {1: 6.635, 2: 9.210, 3: 11.345}
"""Upper points by degrees of freedom: NIST/SEMATECH e-Handbook, section 1.3.6.7.4."""

NONSENSE: tuple[list[str], ...] = (
    [],
    [""],
    ["0", "0", "0"],
    ["99", "-1", "1.5", "²", "٣", " 1", "0x0"],
    ["9" * 5_000],
    ["9" * 5_000 + ":up"],
    ["-1:down"],
    ["١:up"],
    [" \x00 "],
    ["<script>alert(1)</script>"],
    ["9" * 100_000] * 1_000,
)
RESPONSES: tuple[Response | None, ...] = (
    None, [], [0], [1], [99], [-1], [0, 0], [0, 1, 2, 3], [3, 2, 1, 0], list(range(500)),
    [None], ["0"], [[0]], [[0, 1], [1, 0]], [{}], [True], [0.5], [[[[]]]], [""], ["x" * 10_000],
    "", "x" * 10_000, "\x00", "1e999", "-1e-999/1e999", "1/0", "nan", "٣",
)  # fmt: skip


def _examples() -> Iterator[Any]:
    for question_type, number, example in canaries.each_example():
        yield pytest.param(question_type, example, id=f"{question_type.kind}-{number}")


def _questions() -> Iterator[Any]:
    for each in _examples():
        question_type, example = each.values
        yield pytest.param(question_type.parse(example.fields), id=each.id)


each_example = pytest.mark.parametrize(("question_type", "example"), list(_examples()))
each_question = pytest.mark.parametrize("question", list(_questions()))
each_scored_question = pytest.mark.parametrize(
    "question", [each for each in _questions() if each.values[0].is_scored]
)
each_unscored_question = pytest.mark.parametrize(
    "question", [each for each in _questions() if not each.values[0].is_scored]
)
each_options_question = pytest.mark.parametrize(
    "question",
    [each for each in _questions() if isinstance(each.values[0], OptionsQuestion)],
)


def test_each_type_has_a_label_and_examples_that_fail_and_pass() -> None:
    for question_type in question_types().values():
        scores = [score for example in question_type.examples for _, score in example.scores]
        assert question_type.label
        if question_type.is_scored:
            assert {0.0, 1.0} <= set(scores) or {0.0, None} <= set(scores)


def test_no_type_has_a_field_that_every_item_or_part_has() -> None:
    for question_type in question_types().values():
        assert not (COMMON_FIELDS | FIELDS_OF_PARTS) & set(question_type.model_fields)


@each_example
def test_parse_and_export_are_inverses(question_type: type[QuestionType], example: Example) -> None:
    question = question_type.parse(example.fields)

    assert question_type.parse(question.export()) == question
    assert json.loads(json.dumps(question.export())) == question.export()


@each_question
def test_a_question_can_be_remembered(question: QuestionType) -> None:
    assert {question: 1}[type(question).parse(question.export())] == 1


@each_example
def test_a_field_that_is_not_known_is_refused(
    question_type: type[QuestionType], example: Example
) -> None:
    with pytest.raises(InvalidContentError, match="colour"):
        question_type.parse({**example.fields, "colour": "blue"})


@each_example
def test_examples_are_graded_as_stated(question_type: type[QuestionType], example: Example) -> None:
    question = question_type.parse(example.fields)

    for response, score in example.scores:
        assert question.grade(response).score == pytest.approx(score), response


@each_question
def test_texts_stand_where_they_are_said_to(question: QuestionType) -> None:
    for place, text in question.texts().items():
        found: Any = question.export()
        for part in place:
            found = found[part]
        assert found == text


@each_scored_question
def test_scores_lie_between_0_and_1(question: QuestionType) -> None:
    assert 0 <= question.guess_score <= 1
    for response in RESPONSES:
        score = question.grade(response).score
        assert question.graded_by != "us" if score is None else 0 <= score <= 1


@each_scored_question
def test_only_a_given_answer_awaits_a_mark(question: QuestionType) -> None:
    blanks: tuple[Response | None, ...] = (None, [], "", " \n")
    for response in blanks:
        assert question.grade(response).score is not None


@each_unscored_question
def test_what_asks_nothing_reads_scores_and_reviews_nothing(question: QuestionType) -> None:
    interaction = question.render().shuffled(Random(1))

    assert interaction.posted([0]) == interaction.posted(question.right_response()) == {}
    for values in NONSENSE:
        assert interaction.read(dict.fromkeys(("choice", "text", "lines", ""), values)) is None
    for response in RESPONSES:
        assert question.grade(response) == Grade(None)
        assert question.review(response, interaction) == Review(())
        assert interaction.lines(response) == []
        assert interaction.state(response) == {}


@each_unscored_question
def test_what_asks_nothing_is_worth_nothing_and_no_part(question: QuestionType) -> None:
    item = Item.parse({**question.export(), **_common(type(question))})

    assert item.points == 0
    assert not question.can_be_part
    assert question.guess_score == 0


@each_scored_question
def test_every_response_can_be_reviewed_and_shown(question: QuestionType) -> None:
    for seed in range(5):
        interaction = question.render().shuffled(Random(seed))
        for response in RESPONSES:
            review = question.review(response, interaction)
            assert any(row.is_key for row in review.all_rows)
            assert interaction.state(response) is not None


@each_scored_question
def test_no_response_is_reviewed_as_not_answered(question: QuestionType) -> None:
    review = question.review(None, question.render())

    assert review.note == "Not answered."
    assert not any(row.is_given for row in review.all_rows)


@each_scored_question
def test_what_is_posted_is_read_as_the_same_response(question: QuestionType) -> None:
    for seed in range(20):
        interaction = question.render().shuffled(Random(seed))
        for response in (question.right_response(), interaction.guess(Random(seed))):
            read = interaction.read(interaction.posted(response))
            assert read in (response, None)  # None: as it was first shown
    assert question.grade(question.right_response()).score in (1, None)


@each_scored_question
def test_a_guess_scores_what_is_said_of_it(question: QuestionType) -> None:
    interaction = question.render()

    scores = [question.grade(interaction.guess(Random(seed))).score or 0.0 for seed in SEEDS]

    assert fmean(scores) == pytest.approx(question.guess_score, abs=GUESS_ERROR)


@each_question
def test_nonsense_is_read_as_nothing_or_as_something_harmless(question: QuestionType) -> None:
    interaction = question.render().shuffled(Random(1))
    names = interaction.posted(question.right_response())

    assert interaction.read({}) is None
    for values in NONSENSE:
        response = interaction.read(dict.fromkeys(names, values))
        assert 0 <= (question.grade(response).score or 0) <= 1
        assert len(json.dumps(response)) < 70_000


@each_example
def test_the_interaction_holds_no_key(question_type: type[QuestionType], example: Example) -> None:
    fields = canaries.with_canaries(question_type, example.fields)
    beside = canaries.those_of(question_type, {"explanation": canaries.WORD})
    item = Item.parse({**fields, **_common(question_type), **beside})
    interaction = item.question.render().shuffled(Random(1))

    assert (MARK in repr(item)) == question_type.is_scored
    assert MARK not in _everything(interaction)


@each_example
def test_the_interaction_is_the_same_whatever_is_right(
    question_type: type[QuestionType], example: Example
) -> None:
    questions = [
        question_type.parse(fields) for fields in _with_other_keys(question_type, example.fields)
    ]

    for seed in range(20):
        shown = {_everything(each.render().shuffled(Random(seed))) for each in questions}
        assert len(shown) == 1


@each_options_question
def test_options_are_shown_at_every_place_equally_often(question: OptionsQuestion) -> None:
    count = len(question.options)
    orders = [_shown_order(question.render().shuffled(Random(seed))) for seed in SEEDS]

    mean = len(SEEDS) / count
    for option in range(count):
        places = [order.index(option) for order in orders]
        squares = sum((places.count(place) - mean) ** 2 / mean for place in range(count))
        assert squares < CHI_SQUARE_1_PERCENT[count - 1]


def _common(question_type: type[QuestionType]) -> dict[str, Any]:
    return {"id": "a", "type": question_type.kind, "skills": ["maths.numbers"]}


def _with_other_keys(
    question_type: type[QuestionType], fields: Mapping[str, Any]
) -> list[Mapping[str, Any]]:
    """``fields`` as often as there are other keys for the same screen."""
    if "options" in fields and issubclass(question_type, OptionsQuestion):
        options = [option["text"] for option in fields["options"]]
        return [
            {**fields, "options": [{"text": t, "correct": t == right} for t in options]}
            for right in options
        ]
    if isinstance(fields.get("answer"), bool):
        return [{**fields, "answer": True}, {**fields, "answer": False}]
    return [fields, canaries.with_canaries(question_type, fields)]


def _everything(interaction: Interaction) -> str:
    """All that a template can reach."""
    assert is_dataclass(interaction)
    assert not isinstance(interaction, type)
    options = getattr(interaction, "options", ())
    return repr((interaction, asdict(interaction), options, sorted(interaction.state(None))))


def _shown_order(interaction: Interaction) -> tuple[int, ...]:
    order: tuple[int, ...] = interaction.shown_order  # type: ignore[attr-defined]
    return order
