"""Options: their review, and responses that do not fit them."""

from random import Random

import pytest

from quizapp.domain.interactions import TextEntry
from quizapp.domain.options import OptionsQuestion, chosen_places
from quizapp.domain.question_types.multiple_choice import MultipleChoice

QUESTION: OptionsQuestion = MultipleChoice.parse(
    {
        "stem": "Which?",
        "options": [
            {"text": "a", "correct": True},
            {"text": "b", "why": "It comes later."},
            {"text": "c"},
        ],
    }
)


def test_the_review_keeps_the_order_of_the_screen() -> None:
    interaction = QUESTION.choice(multiple=False).shuffled(Random(3))
    review = QUESTION.review([1], interaction)

    assert [row.text for row in review.rows] == [option.text for option in interaction.options]
    assert [row.label for row in review.rows] == ["A", "B", "C"]


def test_the_review_marks_what_was_given_and_what_is_right() -> None:
    rows = {row.text: row for row in QUESTION.review([1], QUESTION.render()).rows}

    assert [name for name, row in rows.items() if row.is_given] == ["b"]
    assert [name for name, row in rows.items() if row.is_key] == ["a"]
    assert rows["b"].why == "It comes later."


def test_the_review_needs_the_interaction_of_a_choice() -> None:
    with pytest.raises(TypeError):
        QUESTION.review([1], TextEntry())


def test_places_that_do_not_exist_are_not_chosen() -> None:
    assert chosen_places([0, 2, 3, -1], 3) == {0, 2}
    assert chosen_places("0", 3) == chosen_places(None, 3) == frozenset()
