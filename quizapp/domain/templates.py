"""Fields with placeholders, as an author writes them, and the fields that a draw makes of them."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from quizapp.domain.errors import QuizError
from quizapp.domain.formulas import Budget, FormulaError, Placeholder, Value, fill, placeholders
from quizapp.domain.formulas.values import is_number
from quizapp.domain.parameters import Parameters
from quizapp.domain.places import Place, leaves, with_texts

UNITS_OF_A_TEMPLATE = 50_000


class TemplateError(QuizError):
    """What cannot be read or computed, in the text at ``place``: at ``line`` and ``column``."""

    def __init__(self, place: Place, error: FormulaError) -> None:
        super().__init__(error.sentence)
        self.place = place
        self.line = error.line or 1
        self.column = error.column or 0


@dataclass(frozen=True)
class Template:
    """The fields of a question whose texts hold ``{{ name }}``, and what they may name."""

    declared: Parameters
    fields: Mapping[str, Any]

    def faults(self) -> Iterator[TemplateError]:
        """Every placeholder that cannot be read or names what is not declared."""
        for place, text in self._texts():
            try:
                found = placeholders(text)
            except FormulaError as error:
                yield TemplateError(place, error)
                continue
            for each in found:
                if unknown := sorted(each.names - set(self.declared.parameters)):
                    message = f"`{unknown[0]}` is not declared in `parameters`."
                    yield TemplateError(place, FormulaError(message, each.column, each.line))

    def unused(self) -> tuple[str, ...]:
        """Declared names that no placeholder, formula or constraint needs."""
        used = set(self.declared.names_in_use())
        for _, _, each in self.placeholders():
            used |= each.names
        return tuple(name for name in self.declared.parameters if name not in used)

    def placeholders(self) -> Iterator[tuple[Place, str, Placeholder]]:
        """Every placeholder, behind its text and that one's place. Raises FormulaError."""
        for place, text in self._texts():
            for each in placeholders(text):
                yield place, text, each

    def filled(self, values: Mapping[str, Value], budget: Budget | None = None) -> dict[str, Any]:
        """The fields with ``values`` in all placeholders. Raises TemplateError."""
        within = Budget(UNITS_OF_A_TEMPLATE, within=budget)
        return self._changed(lambda _, text: fill(text, values, within))

    def unrounded(
        self, values: Mapping[str, Value], is_measured: Callable[[Place], bool], budget: Budget
    ) -> dict[str, Any]:
        """As ``filled``, but numbers at places that are measured are exact: 2/3, not 0.67."""

        def change(place: Place, text: str) -> str:
            if not is_measured(place):
                return fill(text, values, budget)
            return _exact(text, values, budget)

        return self._changed(change)

    def _changed(self, change: Any) -> dict[str, Any]:
        def guarded(place: Place, text: str) -> str:
            try:
                changed: str = change(place, text)
            except FormulaError as error:
                raise TemplateError(place, error) from error
            return changed

        found: dict[str, Any] = with_texts(self.fields, guarded)
        return found

    def _texts(self) -> Iterator[tuple[Place, str]]:
        return ((place, text) for place, text in leaves(self.fields) if isinstance(text, str))


def _exact(text: str, values: Mapping[str, Value], budget: Budget) -> str:
    """``text`` filled, where it is but one placeholder with the number before it is rounded."""
    found = placeholders(text)
    if len(found) == 1 and text.strip() == text[found[0].start : found[0].end]:
        value = found[0].value(values, budget)
        if is_number(value):
            return str(value)
    return fill(text, values, budget)
