"""What authors are told of each kind of question: its own words, fields and examples."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from inspect import getdoc
from typing import Any

from quizapp.domain.items import Item
from quizapp.domain.question import QuestionType, Review
from quizapp.domain.question_types import question_types


@dataclass(frozen=True)
class GuideField:
    """One field of a kind; ``help`` is its author's sentence, with code between backticks."""

    name: str
    help: str
    is_required: bool


@dataclass(frozen=True)
class GuideExample:
    """A question as an author writes it, and its right answers."""

    fields: Mapping[str, Any]
    question: QuestionType
    review: Review


@dataclass(frozen=True)
class GuideEntry:
    """One kind: its paragraphs, its own fields, and its examples."""

    kind: str
    label: str
    paragraphs: tuple[str, ...]
    fields: tuple[GuideField, ...]
    examples: tuple[GuideExample, ...]


def guide(skill: str) -> tuple[GuideEntry, ...]:
    """Every kind in the order of labels; the examples measure ``skill``."""
    entries = (_entry(each, skill) for each in question_types().values())
    return tuple(sorted(entries, key=lambda entry: entry.label))


def _entry(question_type: type[QuestionType], skill: str) -> GuideEntry:
    return GuideEntry(
        kind=question_type.kind,
        label=question_type.label,
        paragraphs=_paragraphs(getdoc(question_type) or ""),
        fields=tuple(_fields(question_type)),
        examples=tuple(_examples(question_type, skill)),
    )


def _fields(question_type: type[QuestionType]) -> Iterator[GuideField]:
    for name, field in question_type.model_fields.items():
        yield GuideField(name, _plain(field.description or ""), field.is_required())


def _examples(question_type: type[QuestionType], skill: str) -> Iterator[GuideExample]:
    for number, example in enumerate(question_type.examples, start=1):
        slug = f"{question_type.kind}-{number}"
        common = {"id": slug, "type": question_type.kind, "skills": [skill]}
        item = Item.parse({**common, **example.fields})
        review = item.question.review(None, item.question.render())
        yield GuideExample(item.export(), item.question, review.of_key())


def _paragraphs(text: str) -> tuple[str, ...]:
    return tuple(_plain(" ".join(each.split())) for each in text.split("\n\n"))


def _plain(text: str) -> str:
    """Markdown in place of the marks of docstrings."""
    return text.replace("``", "`")
