"""Parameters of the skill model as a document."""

import json

import pytest

from quizapp.domain.skill_parameters import COLD, FORMAT, ItemParameters, SkillParameters


def test_parameters_survive_being_stored() -> None:
    parameters = SkillParameters(items={"7": ItemParameters(0.1 + 0.2, 0.2)})

    stored = json.loads(json.dumps(parameters.document()))

    assert SkillParameters.parse(stored) == parameters


def test_a_document_of_another_format_is_refused() -> None:
    document = {**COLD.document(), "format": FORMAT + 1}

    with pytest.raises(ValueError, match="another version"):
        SkillParameters.parse(document)
