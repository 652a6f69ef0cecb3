"""Every file in this folder is one question type; they are found by themselves.

To add a kind, copy the sibling nearest to it: its ``examples`` become its tests and its help.
"""

from functools import cache
from importlib import import_module
from inspect import isabstract
from pkgutil import iter_modules
from types import ModuleType

from quizapp.domain.question import QuestionType


@cache
def question_types() -> dict[str, type[QuestionType]]:
    """Every question type by its kind, in the order of kinds.

    Raises RuntimeError when a file does not hold exactly one type whose kind is the file's name.
    """
    names = sorted(module.name for module in iter_modules(__path__))
    return {name.replace("_", "-"): _type_in(name) for name in names}


def _type_in(name: str) -> type[QuestionType]:
    module = import_module(f"{__name__}.{name}")
    found = [each for each in vars(module).values() if _is_type_of(module, each)]
    if [each.kind for each in found] != [name.replace("_", "-")]:
        raise RuntimeError(f"{module.__name__} must hold one question type of the kind {name!r}")
    found_type: type[QuestionType] = found[0]
    return found_type


def _is_type_of(module: ModuleType, value: object) -> bool:
    return (
        isinstance(value, type)
        and issubclass(value, QuestionType)
        and not isabstract(value)
        and value.__module__ == module.__name__
    )
