"""The JSON Schema for editors says what the models say."""

import json
from pathlib import Path
from typing import Any

import pytest

from quizapp.domain.items import ItemFields
from quizapp.domain.question_types import question_types
from quizapp.domain.schema import question_set_schema
from tests.canaries import those_of

COMMITTED = Path(__file__).parents[3] / "questions" / "schema.json"
SCHEMA = question_set_schema()


@pytest.fixture(params=question_types())
def item(request: pytest.FixtureRequest) -> dict[str, Any]:
    found: dict[str, Any] = SCHEMA["$defs"][request.param]
    return found


def test_the_committed_file_is_up_to_date() -> None:
    expected = json.dumps(SCHEMA, indent=2, ensure_ascii=False) + "\n"

    assert COMMITTED.read_text("utf-8") == expected, "run flask bank schema > questions/schema.json"


def test_every_type_is_an_alternative() -> None:
    alternatives = SCHEMA["properties"]["items"]["items"]["oneOf"]

    assert [each["$ref"].rpartition("/")[2] for each in alternatives] == list(question_types())


def test_every_reference_leads_somewhere() -> None:
    references = set(_values_of("$ref", SCHEMA))

    assert {f"#/$defs/{name}" for name in SCHEMA["$defs"]} == references


def test_an_item_has_all_its_fields_and_no_others(item: dict[str, Any]) -> None:
    question_type = question_types()[item["properties"]["type"]["const"]]

    common = those_of(question_type, dict(ItemFields.model_fields))
    assert set(item["properties"]) == {*common, *question_type.model_fields}
    assert item["additionalProperties"] is False
    needed = {"id", "type", "skills", "stem"}
    own = set(item["required"]) - needed
    assert needed <= set(item["required"])
    assert bool(own) == question_type.is_scored


def test_every_field_is_described() -> None:
    for each in [SCHEMA, *SCHEMA["$defs"].values()]:
        assert each["title"]
        assert each["description"]
        assert all(field.get("description") for field in each["properties"].values())


def test_free_text_may_be_written_as_a_number() -> None:
    answer = SCHEMA["$defs"]["numeric"]["properties"]["answer"]

    assert answer["type"] == ["string", "number"]


def test_a_file_holds_a_header_or_items() -> None:
    assert SCHEMA["anyOf"] == [{"required": ["id", "title"]}, {"required": ["items"]}]


def _values_of(name: str, schema: Any) -> list[str]:
    if isinstance(schema, list):
        return [found for each in schema for found in _values_of(name, each)]
    if not isinstance(schema, dict):
        return []
    below = [found for each in schema.values() for found in _values_of(name, each)]
    return [*below, schema[name]] if isinstance(schema.get(name), str) else below
