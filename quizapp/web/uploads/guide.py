"""The authors' guide: what the kinds say of themselves, the examples as they are written."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from quizapp.domain.formats import native_yaml
from quizapp.domain.guide import GuideEntry, GuideExample, guide

SKILL = "math.probability.bayes"


@dataclass(frozen=True)
class WrittenExample:
    """An example, and its text in a file."""

    example: GuideExample
    text: str


@dataclass(frozen=True)
class WrittenEntry:
    """One kind with its examples as written."""

    entry: GuideEntry
    examples: Sequence[WrittenExample]


@cache
def entries() -> tuple[WrittenEntry, ...]:
    """Every kind; the same for everybody for as long as the program runs."""
    return tuple(WrittenEntry(each, _written(each.examples)) for each in guide(SKILL))


def _written(examples: Sequence[GuideExample]) -> Sequence[WrittenExample]:
    return [WrittenExample(each, native_yaml.write([each.fields])) for each in examples]
