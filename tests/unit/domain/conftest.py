"""Items made from the few fields that a test cares about, and how Hypothesis searches."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import settings

from quizapp.domain.items import Item

# The same few examples on every run: quick, and no failure that comes and goes
settings.register_profile("unit", max_examples=50, deadline=None, derandomize=True)
settings.load_profile("unit")

_FIELDS = {"id": "a-statement", "type": "true-false", "skills": ["maths.numbers"]}
_STATEMENT = {"stem": "Two is even.", "answer": True}


@pytest.fixture
def make_item() -> Callable[..., Item]:
    """An item with these fields; by itself a true-false statement."""

    def make(**fields: Any) -> Item:
        own = {} if "type" in fields else _STATEMENT
        return Item.parse({**_FIELDS, **own, **fields})

    return make
