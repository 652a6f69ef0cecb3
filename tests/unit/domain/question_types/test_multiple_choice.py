"""Multiple choice: exactly one key."""

import pytest

from quizapp.domain.errors import InvalidContentError
from quizapp.domain.question_types.multiple_choice import MultipleChoice


@pytest.mark.parametrize("right", [(), ("a", "b")])
def test_needs_exactly_one_right_option(right: tuple[str, ...]) -> None:
    options = [{"text": text, "correct": text in right} for text in "abc"]

    with pytest.raises(InvalidContentError, match=f"{len(right)} have it"):
        MultipleChoice.parse({"stem": "Which?", "options": options})


def test_options_that_differ_only_in_spaces_are_refused() -> None:
    options = [{"text": "a b", "correct": True}, {"text": "a  b"}]

    with pytest.raises(InvalidContentError, match="Two options are the same: a b"):
        MultipleChoice.parse({"stem": "Which?", "options": options})


@pytest.mark.parametrize("count", [1, 13])
def test_has_2_to_12_options(count: int) -> None:
    options = [{"text": str(number), "correct": number == 0} for number in range(count)]

    with pytest.raises(InvalidContentError, match="options: This list"):
        MultipleChoice.parse({"stem": "Which?", "options": options})
