"""Parameters of the skill model as a document."""

import json

import pytest

from quizapp.domain.errors import InvalidContentError
from quizapp.domain.skill_parameters import FORMAT, SkillParameters


def test_parameters_survive_being_stored() -> None:
    parameters = SkillParameters(item_difficulties={"7": 0.1 + 0.2})

    stored = json.loads(json.dumps(parameters.document()))

    assert SkillParameters.parse(stored) == parameters


def test_a_document_of_another_format_is_refused() -> None:
    document = {**SkillParameters.cold().document(), "format": FORMAT + 1}

    with pytest.raises(InvalidContentError):
        SkillParameters.parse(document)
