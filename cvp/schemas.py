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


def findings_schema() -> dict[str, Any]:
    """Of what `cvp check --output-format json` writes. Later versions may add keys, so that unknown ones are let be."""
    text: dict[str, Any] = {"type": "string"}
    count, number = {"type": "integer", "minimum": 0}, {"type": "integer", "minimum": 1}
    counts = ("files", "files_with_findings", "errors", "warnings", "infos", "suppressed", "cases", "cases_failed")
    found: dict[str, dict[str, Any]] = {
        "file": {**text, "description": "From the directory in which cvp ran, where it lies below that; with slashes."},
        "line": number,
        "column": {**number, "description": "From 1, in Unicode code points."},
        "end_line": number,
        "end_column": {**number, "description": "One past the last character."},
        "code": {**text, "pattern": "^CVP[0-9]{3}$"},
        "name": text,
        "severity": {"enum": ["error", "warning", "info"]},
        "message": text,
        "help": {**text, "description": "What to do instead; empty where there is nothing to say."},
        "fingerprint": {**text, "description": "Unique in a run, and the same in the next while the finding stands."},
    }
    case: dict[str, dict[str, Any]] = {"file": text, "name": text, "passed": {"type": "boolean"}, "message": text}
    schema = _object(
        cvp={"const": "findings/1"},
        summary=_object(**dict.fromkeys(counts, count)),
        findings=_list(_object(**found)),
        suppressed=_list(_object(**found, reason=text)),
        cases=_list(_object(**case)),
        rules=_list(_object(code=found["code"], name=text, count=number)),
        files=_list(text),
    )
    return _in_draft_07(schema, "Findings of cvp check, findings/1")


def _object(**properties: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(properties)}


def _list(items: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}


SCHEMAS: Final[Mapping[str, Callable[[], dict[str, Any]]]] = {
    "questionnaire": questionnaire_schema,
    "answers": answers_schema,
    "assessment": assessment_schema,
    "findings": findings_schema,
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
