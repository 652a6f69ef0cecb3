"""Which names a word consists of: ``xsin`` is x and sin, where both are known."""

from collections.abc import Collection, Mapping
from functools import cached_property

from quizapp.domain.expressions.functions import ALIASES, CONSTANTS, FUNCTIONS

LONGEST_WORD = 60
LONGEST_NAME = 20


def plain_name(name: str) -> str:
    """``name`` as words spell it: ``x_1`` is x1."""
    return name.replace("_", "")


class Names:
    """Variables, constants and functions; a variable hides a constant or function of its name."""

    def __init__(self, variables: Collection[str]) -> None:
        self.variables = tuple(variables)

    def split(self, word: str) -> list[str] | None:
        """The fewest known names that make up ``word``; None where there are none.

        Of two ways that are as short, the one whose first name is longer.
        """
        if whole := self._named(word):
            return [whole]
        if len(word) > LONGEST_WORD:
            return None
        best: list[list[str] | None] = [None] * len(word) + [[]]
        for start in reversed(range(len(word))):
            for end in range(min(len(word), start + LONGEST_NAME), start, -1):
                name, rest = self._named(word[start:end]), best[end]
                if name is None or rest is None:
                    continue
                found = best[start]
                if found is None or len(rest) + 1 < len(found):
                    best[start] = [name, *rest]
        return best[0]

    def is_function(self, name: str) -> bool:
        """Whether ``name``, which is known, needs an argument."""
        return name in FUNCTIONS and name not in self.variables

    def _named(self, word: str) -> str | None:
        return self._exact.get(word) or self._in_any_case.get(word.lower())

    @cached_property
    def _exact(self) -> Mapping[str, str]:
        functions = {name: name for name in FUNCTIONS}
        constants = {name: name for name in CONSTANTS}
        variables = {plain_name(name): name for name in self.variables}
        return {**functions, **ALIASES, **constants, **variables}

    @cached_property
    def _in_any_case(self) -> Mapping[str, str]:
        """Words that mean one thing whichever way they are written: Sin, PI; X where x is known."""
        found: dict[str, str | None] = {}
        for word, name in self._exact.items():
            is_new = word.lower() not in found
            found[word.lower()] = name if is_new or name in FUNCTIONS else None
        return {word: name for word, name in found.items() if name}
