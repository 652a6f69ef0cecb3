"""Whether every draw of an item with parameters makes a good question: asked of many draws."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from random import Random

from quizapp.domain.errors import InvalidContentError
from quizapp.domain.formulas import Budget, FormulaError, Placeholder, Value
from quizapp.domain.formulas.rounding import exactly_as_shown
from quizapp.domain.formulas.values import Number, is_number
from quizapp.domain.interactions import Interaction
from quizapp.domain.items import DRAWS, FieldProblem, Item, ItemFaultsError, in_words
from quizapp.domain.numbers import read_number
from quizapp.domain.options import OptionsQuestion
from quizapp.domain.parameters import draw
from quizapp.domain.places import Place, is_among
from quizapp.domain.question import QuestionType
from quizapp.domain.templates import TemplateError

FEWEST_DIFFERENT = 10
"""With fewer, the same numbers come back before they are forgotten."""
UNITS_OF_CHECKS = 5_000_000

_FRACTION = re.compile(r"\\[dt]?frac\{(\d+)\}\{(\d+)\}")
_CLUMSY = (
    (re.compile(r"[-+\N{MINUS SIGN}] ?\Z"), re.compile(r"-[\d.]*"), "Two signs follow each other"),
    (re.compile(r"(?<![\w.,}])-?\Z"), re.compile(r"1[a-z]"), "A factor of 1 is written out"),
)
"""What stands before a value, what follows from there, and what is wrong with it."""


def draw_problems(
    item: Item, draws: int = DRAWS, budget: Budget | None = None
) -> tuple[FieldProblem, ...]:
    """What is wrong in some of the first ``draws`` draws, each fault once with its numbers."""
    if item.template is None:
        return ()
    checks = _Checks(item, budget or Budget(UNITS_OF_CHECKS))
    for seed in range(draws):
        checks.look_at(seed)
    checks.look_at_all(draws)
    return tuple(checks.found.values())


@dataclass
class _Checks:
    """What was found so far, by place and kind of fault."""

    item: Item
    budget: Budget
    found: dict[tuple[Place, str], FieldProblem] = field(default_factory=dict)
    asked: set[tuple[str, Interaction]] = field(default_factory=set)

    def look_at(self, seed: int) -> None:
        """One draw: it makes a question, its key can be reached, its numbers can be read."""
        try:
            values = draw(self.item.fields, Random(seed), self.budget)
            drawn = self.item.with_values(values, self.budget)
        except FormulaError as error:
            self._add(("parameters",), "draw", str(error))
            return
        except ItemFaultsError as error:
            for each in error.problems:
                self.found.setdefault((each.place, "question"), each)
            return
        self.asked.add((drawn.question.prompt, drawn.question.render()))
        self._check_rounding(drawn, values)
        for place, question in drawn.question.nested().items():
            self._check_options(place, question, values)
        self._check_numbers(values)

    def look_at_all(self, draws: int) -> None:
        """All draws together: they differ, and whatever is declared is needed."""
        template = self.item.template
        if template is None:
            return
        for name in template.unused():
            self._warn(("parameters", name), "unused", f"`{name}` is declared but never used.")
        if len(self.asked) < min(FEWEST_DIFFERENT, draws) and not self.found:
            message = f"Only {len(self.asked)} different questions came of {draws} draws."
            self._warn(("parameters",), "few", message)

    def _check_rounding(self, drawn: Item, values: Mapping[str, Value]) -> None:
        """Whoever computes without rounding is right."""
        template = drawn.template
        if template is None:
            return

        def is_measured(place: Place) -> bool:
            owner, own_place = drawn.question.owner(place, template.fields)
            return is_among(owner.measured, own_place)

        try:
            fields = template.unrounded(values, is_measured, self.budget)
            fields.pop("explanation", None)
            exact = type(drawn.question).parse(fields)
        except (TemplateError, InvalidContentError):
            return
        if drawn.question.grade(exact.right_response()).score != 1:
            message = (
                f"With {in_words(values)}: the key is rounded so far that the exact result is"
                " wrong. Give it more digits, or a wider tolerance."
            )
            self._add((), "rounding", message)

    def _check_options(
        self, base: Place, question: QuestionType, values: Mapping[str, Value]
    ) -> None:
        if not isinstance(question, OptionsQuestion):
            return
        numbers: dict[Fraction, int] = {}
        for place, option in enumerate(question.options):
            number = read_number(_FRACTION.sub(r"\1/\2", option.text.strip("$ ")))
            if number is not None and numbers.setdefault(number, place) != place:
                message = f"With {in_words(values)}: this is the same number as another option."
                self._add((*base, "options", place, "text"), "same", message)

    def _check_numbers(self, values: Mapping[str, Value]) -> None:
        if self.item.template is None:
            return
        read = self.item.texts()
        for place, text, each in self.item.template.placeholders():
            if place in read and (fault := self._clumsy(text, each, values)):
                message = f"With {in_words(values)}: {fault}"
                found = FieldProblem(
                    place, message, is_error=False, line=each.line, column=each.column
                )
                self.found.setdefault((place, f"clumsy {each.start}"), found)

    def _clumsy(self, text: str, each: Placeholder, values: Mapping[str, Value]) -> str:
        """What makes the value hard to read where it stands; "" for nothing."""
        value, shown = each.value(values, self.budget), each.show(values, self.budget)
        return (_misread(each, value, shown) if is_number(value) else "") or _misplaced(
            text[: each.start], shown + text[each.end :]
        )

    def _add(self, place: Place, kind: str, message: str) -> None:
        self.found.setdefault((place, kind), FieldProblem(place, message))

    def _warn(self, place: Place, kind: str, message: str) -> None:
        self.found.setdefault((place, kind), FieldProblem(place, message, is_error=False))


def _misread(each: Placeholder, value: Number, shown: str) -> str:
    """What the shown digits hide of ``value``; "" for nothing."""
    exact, read = exactly_as_shown(value), read_number(shown)
    if not each.format.style and read != exact and "\\" not in shown:
        return f"{shown} was rounded. Say how, such as {{{{ … | .2f }}}}."
    return f"{shown} is shown for what is not 0. Show more digits." if exact and read == 0 else ""


def _misplaced(before: str, after: str) -> str:
    """What is wrong with a value between these texts, the second beginning with it."""
    for left, right, fault in _CLUMSY:
        if (sign := left.search(before)) and (shown := right.match(after)):
            return f"{fault}: “{sign[0]}{shown[0]}”."
    return ""
