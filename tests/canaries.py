"""Questions that carry a mark wherever a learner may not look yet."""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from itertools import count
from typing import Any

from quizapp.domain.errors import InvalidContentError
from quizapp.domain.items import FIELDS_OF_SCORED
from quizapp.domain.places import Place, is_among, leaves
from quizapp.domain.question import Example, QuestionType
from quizapp.domain.question_types import question_types

WORD, NUMBER, SHARE = "canary-73159", "73159.73159", 0.73159
"""All hold ``73159``, which no token or time holds by chance. A text takes the first of the two
that it may hold, a number the last.
"""


def each_example() -> Iterator[tuple[type[QuestionType], int, Example]]:
    """Every example of every question type with its number."""
    for question_type in question_types().values():
        for number, example in enumerate(question_type.examples, start=1):
            yield question_type, number, example


def those_of(question_type: type[QuestionType], fields: Mapping[str, Any]) -> dict[str, Any]:
    """Of ``fields`` that most items may have, those that one of this type may have."""
    unfit = frozenset() if question_type.is_scored else FIELDS_OF_SCORED
    return {name: value for name, value in fields.items() if name not in unfit}


def with_canaries(question_type: type[QuestionType], fields: Mapping[str, Any]) -> dict[str, Any]:
    """``fields`` with a canary in every text and number that is not ``shown``."""
    marked = deepcopy(dict(fields))
    numbers = count(1)
    for path, value in leaves(fields):
        owner, own_path = question_type.owner(path, fields)
        if is_among(owner.shown, own_path) or isinstance(value, bool):
            continue
        is_secret = is_among(owner.never_shown, own_path)
        word = f"{WORD}-{'never-' if is_secret else ''}{next(numbers)}"
        for canary in _canaries(value, word):
            changed = _with(marked, path, canary)
            if _is_accepted(question_type, changed):
                marked = changed
                break
    return marked


def _canaries(value: object, word: str) -> tuple[str | float, ...]:
    """A program may only hold it in a comment."""
    return (word, NUMBER, f"{value.rstrip()}  # {word}") if isinstance(value, str) else (SHARE,)


def _with(fields: Mapping[str, Any], path: Place, value: object) -> dict[str, Any]:
    changed = deepcopy(dict(fields))
    place: Any = changed
    for part in path[:-1]:
        if isinstance(place[part], tuple):
            place[part] = list(place[part])
        place = place[part]
    place[path[-1]] = value
    return changed


def _is_accepted(question_type: type[QuestionType], fields: Mapping[str, Any]) -> bool:
    try:
        question_type.parse(fields)
    except InvalidContentError:
        return False
    return True
