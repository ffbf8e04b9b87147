"""Forms that cvp exports, filled by the engines of the tools that they are for."""

import importlib.util
import json
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from random import Random
from typing import Any, Final, TypeAlias

import answer_tables
from real import NPM, NPM_MISSING, needs

from cvp.answers import AnswerSheet
from cvp.questionnaire import Questionnaire
from questionnaires import NOT_APPLICABLE, assess, choices, criterion, questionnaire, safeguard, sheet

Answers: TypeAlias = Mapping[str, str]
"""Question → the value that was ticked; unanswered questions are not in it."""
Filled: TypeAlias = dict[str, Any]
"""What the engine keeps of a respondent: answers, and what the form reckons."""

_HERE: Final = Path(__file__).parent
_JAR: Final = "validators/odk_validate/bin/ODK_Validate.jar"


def bilingual(**more: Any) -> Questionnaire:
    """In English and German, though not every text is; with a named list, a must-have, a safeguard, and segments."""
    extent = [{**choice, "label": {"en": choice["label"], "de": f"Wahl {choice['value']}"}} for choice in choices(0, 1)]
    criteria = [
        criterion("a", 1, label={"en": "How far?", "de": "Wie weit?"}, hint={"en": "Roughly.", "de": "Etwa."}),
        criterion("b", 2, choices="extent", guidance="Ask for proof."),
        criterion("c", 3, 0, 0.1, 0.3, weight=0.1, must=0.1),
        criterion("c2", 3, 0, 0.2, 0.3, weight=0.2),
        criterion("d", 4, choices="extent"),
    ]
    extra = {
        "title": {"en": "What we do", "de": "Was wir tun"},
        "languages": {"en": "English", "de": "Deutsch"},
        "choices": {"extent": tuple(extent)},
        "about": (
            {
                "id": "role",
                "label": {"en": "Who are you?", "de": "Wer sind Sie?"},
                "choices": ({"value": "buys", "label": "I buy"}, {"value": "uses", "label": "I use"}),
            },
        ),
    }
    return questionnaire(criteria, [safeguard("paid", 2)], passes=(0.5, 0.5, 0.2, 0.5), **{**extra, **more})


def drawn_answers(asked: Questionnaire, count: int, random: Random) -> list[Answers]:
    """As respondents tick: from choices at random to the last one throughout; some don't know, some leave out."""
    rows = answer_tables.rows_of(asked, count, random)
    answers = [{key: row[key] or "" for key in asked.questions if row[key]} for row in rows]
    about = [{one.id: random.choice(one.choices).value for one in asked.about} for _ in rows]
    ticked = [{key: "n/a" if value == "-" else value for key, value in said.items()} for said in answers]
    return [{**said, **who} for said, who in zip(ticked, about, strict=True)]


def sheet_of(asked: Questionnaire, answers: Answers) -> AnswerSheet:
    known = {key: value for key, value in answers.items() if key in asked.questions}
    return sheet(**{key: NOT_APPLICABLE if value == "n/a" else value for key, value in known.items()})


def said_by_cvp(asked: Questionnaire, answers: Answers) -> dict[str, float | None]:
    """What a form is to reckon, from the scorer."""
    found = assess(asked, sheet_of(asked, answers))
    scores = {f"_cvp_score_{level.level}": level.score for level in found.levels}
    return {**scores, "_cvp_low": found.low, "_cvp_high": found.high, "_cvp_level": found.level}


def said_by_form(result: Filled) -> dict[str, float | None]:
    """What a form reckoned; nothing where it gives an empty text or no value."""
    names = [*(f"_cvp_score_{level}" for level in (1, 2, 3, 4)), "_cvp_low", "_cvp_high", "_cvp_level"]
    return {name: None if result.get(name) in {None, ""} else float(result[name]) for name in names}


def lines_of(rows: Iterable[Mapping[str, object]]) -> str:
    return "".join(json.dumps(row) + "\n" for row in rows)


def fill_surveyjs(folder: Path, form: str, answers: Sequence[Answers]) -> list[Filled]:
    """By survey-core, which also judges the form: what it objects to fails the test."""
    needs(bool(shutil.which("node")), "Node.js is not installed")
    needs((NPM / "survey-core").is_dir(), NPM_MISSING)
    path = folder / "form.json"
    path.write_text(form, encoding="utf-8")
    return _filled(["node", str(_HERE / "npm" / "fill_surveyjs.cjs"), str(path)], answers)


def fill_xlsform(folder: Path, form: bytes, answers: Sequence[Answers]) -> list[Filled]:
    """By JavaRosa, once ODK Validate has judged the form."""
    path = xform_of(folder, form)
    needs(bool(shutil.which("javac")), "a Java development kit (17 or later) is not installed")
    return _filled(["java", "-cp", str(_pyxform() / _JAR), str(_HERE / "java" / "FillXForm.java"), str(path)], answers)


def xform_of(folder: Path, form: bytes) -> Path:
    """The XForm that pyxform makes of it; a warning fails the test as an error of pyxform or ODK Validate does."""
    needs((_pyxform() / _JAR).is_file(), "pyxform is not installed")
    needs(bool(shutil.which("java")), "Java is not installed")
    source, target = folder / "form.xlsx", folder / "form.xml"
    source.write_bytes(form)
    command = [sys.executable, "-m", "pyxform.xls2xform", "--json", "--odk_validate", str(source), str(target)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    told = json.loads(done.stderr)
    assert (told["code"], told["warnings"]) == (100, []), told
    return target


def _pyxform() -> Path:
    """Its folder; one without anything in it where it is not installed."""
    found = importlib.util.find_spec("pyxform")
    return Path(found.origin if found and found.origin else "nowhere").parent


def _filled(command: list[str], answers: Sequence[Answers]) -> list[Filled]:
    done = subprocess.run(command, input=lines_of(answers), capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    results: list[Filled] = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(results) == len(answers)
    return results
