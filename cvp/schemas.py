"""JSON Schemas of our files, in draft-07, which editors understand best; never stricter than the loader."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from pydantic import BaseModel, TypeAdapter

from cvp.answers import Answers
from cvp.assessment import Assessment
from cvp.assessment.joined import Joined
from cvp.comparing.claim import ClaimComparison
from cvp.comparing.comparison import Comparison
from cvp.level import LEVELS
from cvp.questionnaire import Questionnaire, Selection

DRAFT: Final = "http://json-schema.org/draft-07/schema#"


def questionnaire_schema() -> dict[str, Any]:
    """Of a questionnaire, or of a selection from one; told apart by `picks`, so that an editor explains one of them."""
    schema = TypeAdapter(Questionnaire | Selection).json_schema(by_alias=True)
    whole, selection = schema.pop("anyOf")
    # By a pattern, for to the YAML language server a key `1` is a number, and neither a name nor in an enum of names.
    levels = {"patternProperties": {"^[1-4]$": {"$ref": "#/$defs/LevelText"}}, "required": [str(n) for n in LEVELS]}
    schema["$defs"]["Questionnaire"]["properties"]["levels"] = {"type": "object", **levels}
    either = {"if": {"required": ["picks"]}, "then": selection, "else": whole}
    return _in_draft_07(_for_editors(schema | either), "A questionnaire of cvp")


def answers_schema() -> dict[str, Any]:
    """Of a file of answers, of one respondent or of several."""
    return _in_draft_07(_for_editors(_schema_of(Answers), Answers.__name__), "Answers to a questionnaire of cvp")


def assessment_schema() -> dict[str, Any]:
    """Of what `cvp assess --format json` writes."""
    return _in_draft_07(_schema_of(Assessment), "An assessment by cvp, assessment/1")


def joined_schema() -> dict[str, Any]:
    """Of what `cvp report --format json` writes of several assessments."""
    return _in_draft_07(_schema_of(Joined), "Assessments by cvp, joined/1")


def comparison_schema() -> dict[str, Any]:
    """Of what `cvp compare --format json` writes."""
    return _in_draft_07(_schema_of(Comparison), "A comparison by cvp, comparison/1")


def claim_schema() -> dict[str, Any]:
    """Of what `cvp compare CLAIM BUYERS --format json` writes."""
    return _in_draft_07(_schema_of(ClaimComparison), "A claim beside its buyers' measure by cvp, claim/1")


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
    "joined": joined_schema,
    "comparison": comparison_schema,
    "claim": claim_schema,
    "findings": findings_schema,
}


def _schema_of(model: type[BaseModel]) -> dict[str, Any]:
    ours = model in (Assessment, Joined, Comparison, ClaimComparison)
    return model.model_json_schema(by_alias=True, mode="serialization" if ours else "validation")


HOVERS: Final[Mapping[str, str]] = {
    "cvp": "The version of the file format: 1.",
    "id": "The name that answers, `lifts` and `after` use: small letters, digits and _, with a letter first.",
    "version": 'Three numbers in quotes, as in "1.0.0"; the first grows where old and new levels do not compare.',
    "label": "What is asked or said: one text, or one a language, as in {en: Yes, de: Ja}.",
    "source": "The text that this rests on: a key of `sources`.",
    "why": "What stands behind it, in a sentence or two.",
    "Questionnaire.id": "The name of the questionnaire; give its file the same, for it is found by that.",
    "Questionnaire.title": "What the questionnaire is called; one text, or one a language.",
    "Questionnaire.summary": "What it is for, and how it is to be read.",
    "Questionnaire.perspective": "Who answers: the company about itself, which is a claim, or its buyers.",
    "Questionnaire.mirrors_of": "The questionnaire whose questions these mirror: a path, or the id of a shipped one.",
    "Questionnaire.informs": "What it adds to another questionnaire's report, by that one's id, as in {level4: …}.",
    "Questionnaire.default_language": "The language of texts that name none.",
    "Questionnaire.languages": "The languages that the texts are in, with their names, as in {en: English}.",
    "Questionnaire.sources": "The texts that criteria and recommendations rest on, by the key that `source` names.",
    "Questionnaire.choices": "Lists of choices that several questions share, by the name that their `choices` give.",
    "Questionnaire.levels": "The four levels, 1 to 4, each with its name and its gate.",
    "Questionnaire.lenses": "Ways to cut across the levels, by the name that a question's `lenses` give.",
    "Questionnaire.grid": "Two lenses to cross in reports, as in {rows: type, columns: role}.",
    "Questionnaire.criteria": "What is asked. A level's score is the weighted mean of its criteria.",
    "Questionnaire.safeguards": "What limits the level, however high the scores are.",
    "Questionnaire.about": "What is asked about the respondent, to tell segments apart; it scores nothing.",
    "Questionnaire.recommendations": "What to do to come up, and what customers gain by it.",
    "Selection.id": "The name of the selection; give its file the same, for it is found by that.",
    "Selection.title": "What the selection is called; one text, or one a language.",
    "Selection.summary": "What it is for, and how it is to be read.",
    "Selection.picks": "What this questionnaire takes from another one.",
    "Picks.from": "The other questionnaire: a path relative to this file, or the id of one that ships with cvp.",
    "Picks.criteria": "The ids of the criteria to take.",
    "Picks.safeguards": "The ids of the safeguards to take.",
    "Source.author": "Who wrote it.",
    "Source.title": "What it is called.",
    "Source.year": "When it came out, in four digits.",
    "Source.url": "Where to read it; starts with https://.",
    "LevelText.name": "What the level is called.",
    "LevelText.summary": "What it means to be on it.",
    "LevelText.pass": "The score, from 0 to 1, that the gate asks for; 0.7 where it is left out.",
    "Lens.label": "What the lens is called.",
    "Lens.values": "What a question can be seen as, each with its name.",
    "Grid.rows": "The lens whose values are the rows.",
    "Grid.columns": "The lens whose values are the columns.",
    "short": "A shorter name, for tables.",
    "hint": "What to think of, or what counts, shown with the question.",
    "guidance": "What to ask next and what counts as evidence, for whoever leads the talk.",
    "choices": "The anchored answers, or the name of a list in the `choices` of the questionnaire.",
    "lenses": "What this question is when seen through a lens, as in {mechanism: reputation}.",
    "mirrors": "The questions that ask the other side about the same, by their ids in `mirrors_of`.",
    "Background.label": "What is asked.",
    "Background.choices": "The answers to tick.",
    "Option.value": "The name that tables use.",
    "Option.label": "The answer as it is shown: one text, or one a language.",
    "Criterion.level": "The level that this belongs to, 1 to 4.",
    "Criterion.weight": "How much it counts in its level's mean, more than 0; 1 where it is left out.",
    "Criterion.must": "The least score that the level's gate needs of it, however high the mean is; a must-have.",
    "Criterion.fresh_for": "So many months old may the newest evidence be; with older evidence an answer is open.",
    "Safeguard.below": "The score below which it limits the level.",
    "Safeguard.cap": "The level to which it limits, 1 to 4.",
    "Choice.value": "The name that files of answers use.",
    "Choice.label": "The answer as it is shown: one text, or one a language.",
    "Choice.score": "From 0, the lowest, to 1, the highest.",
    "Recommendation.label": "What to do, in a line.",
    "Recommendation.lifts": "The criteria and safeguards that it lifts, each to at least this score: {price: 0.7}.",
    "Recommendation.effort": "Days of work, or a size: S is 2, M is 8 and L is 30.",
    "Recommendation.after": "The ids of recommendations to be done before.",
    "Recommendation.first_step": "What to do on Monday.",
    "Recommendation.customer_gain": "What customers gain by it.",
    "Recommendation.company_gain": "What the company gains by it.",
    "Recommendation.example": "A company that did so.",
    "Answers.questionnaire": "Which questionnaire was answered: a path relative to this file, or a shipped one's id.",
    "Answers.version": 'The version of the questionnaire that was answered, in quotes, as in "1.0.0".',
    "Answers.company": "Whom the answers are about.",
    "Answers.by": "Who answered, where it is not the company (or, for a buyer questionnaire, the buyer).",
    "Answers.date": 'When they were given: a day, as in "2012-11-01".',
    "Answers.expect": "What must come out; with it the file is a test of the questionnaire.",
    "Answers.ballots": "The answers of several respondents; in place of `answers`.",
    "answers": "By a question's id: a choice's value, \"?\" for don't know, or a mapping with more to say.",
    "Ballot.who": "Who answered.",
    "Ballot.role": "What they do in the company, or buy from it.",
    "Answer.choice": 'The value of a choice, or "?" for don\'t know.',
    "Answer.not_applicable": "Why the question does not fit; in place of `choice`.",
    "Answer.note": "More to say; where it starts with `Assumed:`, the answer counts as an assumption.",
    "Answer.evidence": "What the answer rests on.",
    "Evidence.text": "What was seen or heard.",
    "Evidence.source": "Where.",
    "Evidence.date": 'When, as a day, a month or a year: 2012-11-01, 2012-11 or, in quotes, "2012".',
    "Expectation.level": "The level that must come out.",
    "Expectation.low": "The level with every open answer at its lowest choice.",
    "Expectation.high": "The level with every open answer at its highest choice.",
    "Expectation.uncapped_level": "The level that it would be without safeguards.",
    "Expectation.source": "From where that is known.",
}
"""What an editor shows of a key: by `Model.key`, or by the key alone where it means the same everywhere."""


def _for_editors(schema: dict[str, Any], root: str = "") -> dict[str, Any]:
    """With a text for each key, and without what would be wrong or noise to somebody who writes a file."""
    for name, model in (*schema["$defs"].items(), (root, schema)):
        for key, field in model.get("properties", {}).items():
            field.pop("title", None)  # the key once more
            if field.get("default", ...) is None:
                del field["default"]  # completion would write it
            field["description"] = HOVERS.get(f"{name}.{key}") or HOVERS[key]
    _relax_and_close(schema)
    return schema


def _relax_and_close(node: Any) -> None:
    """Lines are stripped before they are counted, and editors count in UTF-16; keys of no pattern are refused."""
    if isinstance(node, dict):
        if "minLength" in node:
            node.pop("maxLength", None)
        if "patternProperties" in node:
            node["additionalProperties"] = False
    for part in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        _relax_and_close(part)


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
