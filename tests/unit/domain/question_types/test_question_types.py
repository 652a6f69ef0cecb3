"""Types are found by their files."""

from types import ModuleType

import pytest

from quizapp.domain import question_types as package
from quizapp.domain.question_types import multiple_choice, question_types


def test_the_kind_is_the_name_of_the_file() -> None:
    for kind, question_type in question_types().items():
        assert question_type.kind == kind
        assert question_type.__module__.endswith(kind.replace("-", "_"))


def test_a_file_whose_name_differs_from_its_kind_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def found(name: str) -> ModuleType:
        return multiple_choice

    monkeypatch.setattr(package, "import_module", found)

    with pytest.raises(RuntimeError, match="must hold one question type of the kind 'essay'"):
        package._type_in("essay")
