"""A JSON Schema of question-set files, so that editors complete and check while one types."""

from inspect import getdoc
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from quizapp.domain.items import FIELDS_OF_SCORED, ItemFields
from quizapp.domain.question import QuestionType
from quizapp.domain.question_types import question_types
from quizapp.domain.reading import SetHeader

_DRAFT = "https://json-schema.org/draft/2020-12/schema"


def question_set_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a file with a header, ``items`` or both.

    ``questions/schema.json`` holds it.
    """
    header = _object(SetHeader)
    definitions: dict[str, Any] = header["$defs"]
    for kind, question_type in question_types().items():
        item = _item(question_type)
        definitions |= item.pop("$defs")
        definitions[kind] = item
    kinds = {"oneOf": [{"$ref": f"#/$defs/{kind}"} for kind in question_types()]}
    items = {"type": "array", "description": "The questions.", "items": kinds}
    return {
        "$schema": _DRAFT,
        "title": "Question set",
        "description": "Questions of an item bank, the head of a bank, or both in one file.",
        "type": "object",
        "properties": header["properties"] | {"items": items},
        "additionalProperties": False,
        "anyOf": [{"required": header["required"]}, {"required": ["items"]}],
        "$defs": dict(sorted(definitions.items())),
    }


class _EditorSchema(GenerateJsonSchema):
    """Without titles made up from names; plain text may be written as a number (``answer: 5``)."""

    def field_title_should_be_set(self, schema: object) -> bool:  # noqa: ARG002
        return False

    def str_schema(self, schema: core_schema.StringSchema) -> JsonSchemaValue:
        found = super().str_schema(schema)
        return found if "pattern" in found else found | {"type": ["string", "number"]}


class _TemplateSchema(_EditorSchema):
    """Where ``{{ a }}`` may stand for a number or for true and false as well."""

    def int_schema(self, schema: core_schema.IntSchema) -> JsonSchemaValue:
        return _or_placeholder(super().int_schema(schema))

    def float_schema(self, schema: core_schema.FloatSchema) -> JsonSchemaValue:
        return _or_placeholder(super().float_schema(schema))

    def bool_schema(self, schema: core_schema.BoolSchema) -> JsonSchemaValue:
        return _or_placeholder(super().bool_schema(schema))


def _or_placeholder(schema: JsonSchemaValue) -> JsonSchemaValue:
    placeholder = {"type": "string", "pattern": r"^\s*\{\{.+\}\}\s*$"}
    return {"anyOf": [schema, placeholder]}


def _item(question_type: type[QuestionType]) -> dict[str, Any]:
    """Fields of any item and of this kind in one object, so that no other field is allowed."""
    common, own = _object(ItemFields), _object(question_type, _TemplateSchema)
    if not question_type.is_scored:
        for name in FIELDS_OF_SCORED:
            del common["properties"][name]
    kind = {"description": "The kind of question.", "const": question_type.kind}
    return {
        **own,
        "title": question_type.label,
        "properties": common["properties"] | {"type": kind} | own["properties"],
        "required": [*common["required"], *own["required"]],
        "$defs": common.get("$defs", {}) | own.get("$defs", {}),
    }


def _object(
    model: type[BaseModel], generator: type[GenerateJsonSchema] = _EditorSchema
) -> dict[str, Any]:
    """The schema of one model, described by the first paragraph of its docstring."""
    description = (getdoc(model) or "").partition("\n\n")[0].replace("``", "`")
    schema = model.model_json_schema(schema_generator=generator)
    return schema | {"description": description}
