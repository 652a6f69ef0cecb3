"""Expression: an algebraic answer, right when it is the same function as the key."""

from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, ClassVar, Self, TypeAlias

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from quizapp.domain.expressions import (
    Node,
    Notation,
    are_equal,
    differ_by_a_constant,
    has_values,
    known_function,
    read_range,
    to_tex,
)
from quizapp.domain.formulas import FormulaError
from quizapp.domain.interactions import FormulaEntry, Interaction, Response
from quizapp.domain.question import Content, Example, Grade, Line, QuestionType, Review, ReviewRow

MAXIMUM_MISTAKES = 8


def _free_name(name: str) -> str:
    if known_function(name.replace("_", "")) or name == "pi":
        raise ValueError(f"`{name}` has a meaning in formulas. Choose another name.")
    return name


def _understood_range(text: str) -> str:
    read_range(text)
    return text


def _function(name: str) -> str:
    found = known_function(name)
    if found is None:
        raise ValueError(f"There is no function `{name}`.")
    return found


VariableName: TypeAlias = Annotated[
    str,
    StringConstraints(pattern=r"^[A-Za-z]+[0-9]*(_[A-Za-z0-9]+)?$", max_length=20),
    AfterValidator(_free_name),
]
RangeText: TypeAlias = Annotated[Line, AfterValidator(_understood_range)]
FunctionName: TypeAlias = Annotated[Line, AfterValidator(_function)]


class Mistake(Content):
    """A wrong answer that is to be expected."""

    answer: Line
    """The wrong answer; every way to write it is recognised."""
    why: Line
    """One sentence for the review: what went wrong."""
    score: float = Field(default=0.0, ge=0, lt=1)
    """The share of the credit that it earns all the same."""


class Expression(QuestionType):
    """Full credit for whatever equals the answer, however it is written.

    A mistake that was foreseen earns its own share and is explained, as an answer with its grade
    and feedback in Moodle; of several, the first that fits counts.
    """

    kind: ClassVar[str] = "expression"
    label: ClassVar[str] = "Expression"
    examples: ClassVar[tuple[Example, ...]] = (
        Example(
            {
                "stem": "Differentiate $\\exp(x^2)$ with respect to $x$.",
                "answer": "2x exp(x^2)",
                "variables": {"x": "real"},
                "mistakes": [
                    {
                        "answer": "exp(x^2)",
                        "why": "The derivative of the inner function is missing.",
                        "score": 0.25,
                    },
                    {"answer": "exp(2x)", "why": "Only the exponent was differentiated."},
                ],
            },
            scores=(
                ("2*x*exp(x^2)", 1.0),
                ("e^(x²)·2x", 1.0),
                ("e^x^2", 0.25),
                ("exp(2x)", 0.0),
                ("2x", 0.0),
                ("2x exp(", 0.0),
                ("2y", 0.0),
            ),
        ),
        Example(
            {
                "stem": "What is the derivative of $\\ln(1 + \\mathrm{e}^x)$?",
                "answer": "1/(1 + e^-x)",
                "variables": {"x": "real"},
                "forbidden": ["sigmoid"],
            },
            scores=(("e^x/(1+e^x)", 1.0), ("sigmoid(x)", 0.0), ("1/(1+e^x)", 0.0), (None, 0.0)),
        ),
        Example(
            {
                "stem": "Find an antiderivative of $1/x$ for $x > 0$.",
                "answer": "ln x",
                "variables": {"x": "positive"},
                "up_to_constant": True,
            },
            scores=(("ln(x) + C", 1.0), ("ln 2x", 1.0), ("2 ln x", 0.0), ("1/x", 0.0), ([1], 0.0)),
        ),
    )
    shown: ClassVar[frozenset[str]] = frozenset(("stem", "variables.*", "forbidden.*"))

    answer: Line
    """The right answer, such as ``2x exp(x^2)``; every way to write it is right."""
    variables: Annotated[Mapping[VariableName, RangeText], Field(max_length=10)] = {}
    """Each variable, and where it lies: real, positive, negative, integer, positive integer,
    0 to 1, integer 1 to 6. What is equal there is right.
    """
    up_to_constant: bool = False
    """True when answers may differ by a constant, as antiderivatives do; ``+ C`` may be written."""
    forbidden: Annotated[tuple[FunctionName, ...], Field(max_length=20)] = ()
    """Functions that may not be used, such as ``abs``; learners are told so."""
    mistakes: Annotated[tuple[Mistake, ...], Field(max_length=MAXIMUM_MISTAKES)] = ()
    """Wrong answers that are to be expected; the review says why they are wrong."""

    @model_validator(mode="after")
    def _names_are_apart(self) -> Self:
        if self.up_to_constant and "C" in self.variables:
            raise ValueError("With `up_to_constant` no variable may be called C.")
        plain = [name.replace("_", "") for name in self.variables]
        if len(set(plain)) < len(plain):
            raise ValueError("Two variables differ by `_` alone.")
        return self

    @model_validator(mode="after")
    def _answers_are_understood(self) -> Self:
        key = self._read("The answer", self.answer)
        if not has_values(key, self._notation.ranges):
            raise ValueError(
                f"The answer {self.answer!r} has no value, or too large ones, where the variables"
                " may lie. Give them ranges."
            )
        for mistake in self.mistakes:
            if self._is_same(self._read("The mistake", mistake.answer), key):
                raise ValueError(f"The mistake {mistake.answer!r} equals the answer.")
        return self

    def _read(self, what: str, text: str) -> Node:
        try:
            return self._notation.read(text)
        except FormulaError as error:
            raise ValueError(f"{what} {text!r} is not understood. {error}") from error

    @cached_property
    def _notation(self) -> Notation:
        variables = tuple((name, read_range(text)) for name, text in self.variables.items())
        return Notation(variables, self.forbidden, self.up_to_constant)

    @cached_property
    def _key(self) -> Node:
        return self._notation.read(self.answer)

    @cached_property
    def _wrong(self) -> tuple[Node, ...]:
        return tuple(self._notation.read(mistake.answer) for mistake in self.mistakes)

    def _is_same(self, given: Node, key: Node) -> bool:
        compare = differ_by_a_constant if self.up_to_constant else are_equal
        return compare(given, key, self._notation.ranges)

    @property
    def guess_score(self) -> float:
        return 0.0

    def right_response(self) -> Response:
        return self.answer

    def render(self) -> Interaction:
        return FormulaEntry(self._notation)

    def grade(self, response: Response | None) -> Grade:
        node, fault = self._given(response)
        if node is None:
            return Grade(0.0, fault)
        if self._is_same(node, self._key):
            return Grade(1.0)
        mistake = self._mistake(node)
        return Grade(0.0) if mistake is None else Grade(mistake.score, mistake.why)

    def _given(self, response: Response | None) -> tuple[Node | None, str]:
        """What was given, or a sentence about why it was not understood."""
        if not isinstance(response, str):
            return None, ""
        try:
            return self._notation.read(response), ""
        except FormulaError as error:
            return None, f"Not understood. {error}"

    def _mistake(self, given: Node) -> Mistake | None:
        """The foreseen mistake that ``given`` is."""
        for node, mistake in zip(self._wrong, self.mistakes, strict=True):
            if self._is_same(given, node):
                return mistake
        return None

    def review(self, response: Response | None, interaction: Interaction) -> Review:  # noqa: ARG002
        key = ReviewRow("", self._shown(self._key), is_given=False, is_key=True)
        if not isinstance(response, str):
            return Review((key, *self._others(None)), "Not answered.")
        node, fault = self._given(response)
        if node is None:
            given = ReviewRow("", response, True, is_key=False, is_verbatim=True)
            return Review((given, key, *self._others(None)), fault)
        if self._is_same(node, self._key):
            given = ReviewRow("", _typeset(node), True, is_key=True)
            is_written_so = node == self._key
            return Review((given, *(() if is_written_so else (key,)), *self._others(None)))
        mistake = self._mistake(node)
        given = ReviewRow("", _typeset(node), True, False, mistake.why if mistake else "")
        return Review((given, key, *self._others(mistake)))

    def _shown(self, key: Node) -> str:
        """The key with its constant, if it has one."""
        constant = " + C" if self.up_to_constant and "C" not in self.answer else ""
        return f"$${to_tex(key)}{constant}$$"

    def _others(self, given: Mistake | None) -> tuple[ReviewRow, ...]:
        """Foreseen mistakes that were not made, and why they are wrong."""
        return tuple(
            ReviewRow("≠", _typeset(node), False, False, mistake.why)
            for node, mistake in zip(self._wrong, self.mistakes, strict=True)
            if mistake is not given
        )


def _typeset(node: Node) -> str:
    return f"$${to_tex(node)}$$"
