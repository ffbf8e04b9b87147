"""JSON Schemas of our files, in draft-07, which editors understand best; never stricter than the loader."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from pydantic import BaseModel, TypeAdapter

from cvp.answers import Answers
from cvp.assessment import Assessment
from cvp.questionnaire import Questionnaire, Selection

DRAFT: Final = "http://json-schema.org/draft-07/schema#"


def questionnaire_schema() -> dict[str, Any]:
    """Of a questionnaire, or of a selection from one."""
    return _in_draft_07(TypeAdapter(Questionnaire | Selection).json_schema(by_alias=True), "A questionnaire of cvp")


def answers_schema() -> dict[str, Any]:
    """Of a file of answers, of one respondent or of several."""
    return _in_draft_07(_schema_of(Answers), "Answers to a questionnaire of cvp")


def assessment_schema() -> dict[str, Any]:
    """Of what `cvp assess --format json` writes."""
    return _in_draft_07(_schema_of(Assessment), "An assessment by cvp, assessment/1")


SCHEMAS: Final[Mapping[str, Callable[[], dict[str, Any]]]] = {
    "questionnaire": questionnaire_schema,
    "answers": answers_schema,
    "assessment": assessment_schema,
}


def _schema_of(model: type[BaseModel]) -> dict[str, Any]:
    return model.model_json_schema(by_alias=True, mode="serialization" if model is Assessment else "validation")


def _in_draft_07(schema: dict[str, Any], title: str) -> dict[str, Any]:
    """pydantic writes draft 2020-12: `$defs` is `definitions` there, and a tuple's items are a list's."""
    converted = _renamed(schema)
    return {"$schema": DRAFT, **converted, "title": title}


def _renamed(node: Any) -> Any:
    if isinstance(node, dict):
        return {
            "definitions" if key == "$defs" else key: value.replace("#/$defs/", "#/definitions/")
            if key == "$ref" and isinstance(value, str)
            else _renamed(value)
            for key, value in node.items()
            if key != "discriminator"
        }
    if isinstance(node, list):
        return [_renamed(item) for item in node]
    return node
