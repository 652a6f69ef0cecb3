"""The contract of a question type, and what grading and review hand back."""

import re
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Any, ClassVar, Literal, Self, TypeAlias

from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints, ValidationError

from quizapp.domain.errors import InvalidContentError
from quizapp.domain.interactions import Interaction, Response
from quizapp.domain.places import Place

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


def _without_control_characters(text: str) -> str:
    if found := _CONTROL.search(text):
        raise ValueError(f"This holds a control character (code {ord(found[0])}). Delete it.")
    return text


Storable = AfterValidator(_without_control_characters)
"""Refuses what a database or a page cannot hold, such as a NUL that YAML writes as ``\\0``."""

Text: TypeAlias = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=20_000), Storable
]
"""Markdown with formulas between dollar signs; never blank."""

Line: TypeAlias = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2_000), Storable
]
"""Markdown that is shown in one paragraph: an option, a line, a reference."""


@dataclass(frozen=True)
class Grade:
    """How good a response is: ``score`` 0..1, or None while somebody or something has yet to mark
    it (``QuestionType.graded_by``), and for ever where nothing is asked.
    """

    score: float | None
    feedback: str = ""


@dataclass(frozen=True)
class ReviewRow:
    """One answer in the review: an option, or what was given beside what was right.

    ``text`` is Markdown unless ``is_verbatim``: then it is code, or a learner typed it, and it
    is shown as it stands.
    ``part`` names the part of the question that it answers, such as "Gap 2".
    """

    label: str
    text: str
    is_given: bool
    is_key: bool
    why: str = ""
    is_verbatim: bool = False
    part: str = ""
    lines: tuple[str, ...] = ()
    """Shown as typed, one below the other, instead of ``text``."""
    marked_line: int | None = None
    """Which of the ``lines`` stands out, from 0."""
    is_neutral: bool = False
    """Neither right nor wrong by itself: a person marks it."""
    is_block: bool = False
    """``text`` is Markdown of several paragraphs."""


@dataclass(frozen=True)
class Review:
    """What a learner sees of one question once the key may be shown.

    ``text`` is what was to be completed, its gaps by number: ``[[gap:1]]``.
    """

    rows: tuple[ReviewRow, ...]
    note: str = ""
    is_side_by_side: bool = False
    text: str = ""
    parts: tuple["PartReview", ...] = ()

    @property
    def all_rows(self) -> tuple[ReviewRow, ...]:
        """The rows of the question and of its parts."""
        return sum((part.review.all_rows for part in self.parts), self.rows)

    def of_key(self) -> "Review":
        """The same of no answer in particular: with neither a note nor a verdict."""
        parts = tuple(replace(part, review=part.review.of_key(), score=None) for part in self.parts)
        return replace(self, note="", text="", parts=parts)


@dataclass(frozen=True)
class PartReview:
    """What a learner sees of one part of a question: what it asked (Markdown), and its review.

    ``score`` is 0..1, or None where nobody answered; ``share`` is how much of the question's score
    the part is.
    """

    name: str
    prompt: str
    review: Review
    score: float | None
    share: float
    is_answered: bool = False
    explanation: str = ""


@dataclass(frozen=True)
class Example:
    """An authored question, and responses with the scores they deserve: help and test in one.

    A score is None where the response awaits a mark, or nothing is asked.
    """

    fields: Mapping[str, Any]
    scores: Sequence[tuple[Response | None, float | None]]


class Content(BaseModel):
    """Authored content: immutable, and with no field that we do not know.

    The docstring of a field is its help: editors show it through ``questions/schema.json``.
    """

    model_config = ConfigDict(
        frozen=True, extra="forbid", coerce_numbers_to_str=True, use_attribute_docstrings=True
    )


class QuestionType(Content, ABC):
    """A kind of question; its fields are an author's. ``parse`` and ``export`` are inverses."""

    kind: ClassVar[str]
    """The author's ``type:``; equals the file name with ``-`` for ``_``."""
    label: ClassVar[str]
    """What people call this kind."""
    examples: ClassVar[tuple[Example, ...]]
    shown: ClassVar[frozenset[str]] = frozenset(("stem",))
    """The fields that a learner sees while answering, such as ``options.*.text``, where ``*`` is
    any place or name; no other one may reach a browser before the attempt is finished.
    """
    never_shown: ClassVar[frozenset[str]] = frozenset()
    """Fields that no learner sees even then, such as ``patterns.*``."""
    measured: ClassVar[frozenset[str]] = frozenset()
    """Fields with numbers that a response need only be near to, such as ``answer``."""
    is_scored: ClassVar[bool] = True
    """False of what is only to be read: it has no response, no score and no points."""
    graded_by: ClassVar[Literal["us", "a person", "a runner"]] = "us"
    """Who finds the score: we do, at once; a person by a rubric; or a runner, which tries the
    program. While one of the latter has yet to, ``grade`` gives None.
    """
    can_be_drawn: ClassVar[bool] = True
    """Whether numbers in it may be drawn for each attempt."""
    can_be_part: ClassVar[bool] = True
    """Whether another question may have it as a part: not if its score comes later."""

    stem: Text
    """What is asked: Markdown, with formulas between dollar signs."""

    @property
    def prompt(self) -> str:
        """All that is asked, as Markdown: the stem, and what belongs to it."""
        return self.stem

    @classmethod
    def parse(cls, fields: Mapping[str, Any]) -> Self:
        """The question that ``fields`` describe. Raises InvalidContentError with every fault."""
        try:
            return cls.model_validate(dict(fields))
        except ValidationError as error:
            raise InvalidContentError("; ".join(_sentences(error))) from error

    @classmethod
    def owner(
        cls,
        place: Place,
        fields: Mapping[str, Any],  # noqa: ARG003 - says what a nested question is
    ) -> tuple[type["QuestionType"], Place]:
        """The type whose ``shown``, ``never_shown`` and ``measured`` tell what may become of the
        text or number at ``place`` of ``fields``, and its place within that type's own fields.

        It is this type, unless the place lies within a nested question. The place may name what
        kind of entry it lies in (``visible``) where a number would stand.
        """
        return cls, place

    def export(self) -> dict[str, Any]:
        """The author's fields, defaults left out."""
        return self.model_dump(mode="json", exclude_defaults=True)

    def __hash__(self) -> int:
        """By the stem alone: a field may be a mapping, which has no hash."""
        return hash((self.kind, self.stem))

    @property
    @abstractmethod
    def guess_score(self) -> float:
        """Expected score (0..1) of someone who knows nothing and answers at random."""

    @abstractmethod
    def right_response(self) -> Response:
        """A response that deserves full credit, now or once it is marked; empty where nothing is
        asked.
        """

    @abstractmethod
    def render(self) -> Interaction:
        """What the learner can do; holds no key."""

    @abstractmethod
    def grade(self, response: Response | None) -> Grade:
        """The grade of ``response``; None and anything malformed score 0 if something is asked."""

    @abstractmethod
    def review(self, response: Response | None, interaction: Interaction) -> Review:
        """Given and right answers side by side, in the order that ``interaction`` showed."""

    def nested(self) -> Mapping[Place, "QuestionType"]:
        """This question and those within it, by their places in ``export()``."""
        return {(): self}

    def texts(self) -> Mapping[tuple[str | int, ...], str]:
        """Every Markdown text in the question by its place in ``export()``, to be checked."""
        return {("stem",): self.stem}


def _sentences(error: ValidationError) -> list[str]:
    return [f"{'.'.join(map(str, each['loc']))}: {describe(each)}" for each in error.errors()]


_LIST = "Expected a list."
_FIELDS = "Expected fields with values (`name: value`)."
_VERDICT = "Expected true or false."
_WHOLE_NUMBER = "Expected a whole number."
_NUMBER = "Expected a number."
_SENTENCES: Mapping[str, str] = {
    "missing": "The field `{name}` is missing.",
    "extra_forbidden": "The field `{name}` is not known here. Check its spelling.",
    "string_type": "Expected text. Quote it if it is true, false or null.",
    "string_too_short": "This must not be empty.",
    "string_too_long": "This may have at most {max_length} characters.",
    "string_unicode": "This holds characters that cannot be stored.",
    "string_pattern_mismatch": "Use lower-case letters, digits and single hyphens"
    " (and dots between the parts of a skill).",
    "list_type": _LIST,
    "tuple_type": _LIST,
    "too_short": "This list needs at least {min_length}, and has {actual_length}.",
    "too_long": "This list may have at most {max_length}.",
    "model_type": _FIELDS,
    "dict_type": _FIELDS,
    "mapping_type": _FIELDS,
    "bool_type": _VERDICT,
    "bool_parsing": _VERDICT,
    "int_type": _WHOLE_NUMBER,
    "int_parsing": _WHOLE_NUMBER,
    "int_parsing_size": _WHOLE_NUMBER,
    "int_from_float": _WHOLE_NUMBER,
    "float_type": _NUMBER,
    "float_parsing": _NUMBER,
    "finite_number": _NUMBER,
    "greater_than_equal": "This must be at least {ge:g}.",
    "less_than_equal": "This may be at most {le:g}.",
    "greater_than": "This must be more than {gt:g}.",
    "less_than": "This must be less than {lt:g}.",
    "literal_error": "Expected {expected}.",
}


def describe(error: Mapping[str, Any]) -> str:
    """One of pydantic's errors as a sentence to an author."""
    if error["type"] not in ("missing", "value_error") and error.get("input", "") is None:
        return "Nothing is written here. Fill it in, or delete the field."
    sentence = _SENTENCES.get(error["type"])
    if sentence is None:
        message = str(error["msg"]).removeprefix("Value error, ")
        return message if message.endswith(".") else f"{message}."
    return sentence.format(name=error["loc"][-1] if error["loc"] else "", **error.get("ctx", {}))
