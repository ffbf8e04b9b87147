"""Spoilt files: nothing but findings or our own errors comes of them, soon, and what is accepted can be scored.

A few hundred are tried; `CVP_MUTATIONS=10000 pytest tests/test_mutations.py` tries so many, `-rP` counts them.
"""

import json
import os
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from random import Random
from typing import Any, Final

import pytest
from hypothesis import given, settings
from mutations import DOCUMENTS, EXAMPLES, ROOT, mutant
from texts import QUESTIONNAIRE

from cvp.answers import AnswerSheet
from cvp.checking import Named, Request, check_read
from cvp.checking.mending import mended
from cvp.diagnostics import FORMATS, Show, diagnostics
from cvp.document import Document, Place
from cvp.errors import CvpError
from cvp.finding import Checked, Finding, Run
from cvp.loading import Finder, load_answers, load_questionnaire
from cvp.questionnaire import Questionnaire
from cvp.reading import parse_document
from cvp.reports import Look, report, terminal
from cvp.rules import LOADING
from cvp.rules.subject import kind_of
from cvp.scoring import score
from cvp.text import UNPRINTABLE
from questionnaires import sheet, values_of

MUTANTS: Final = int(os.environ.get("CVP_MUTATIONS", "300"))
CHUNK: Final = 25
LONGEST: Final = 2.0
"""Seconds of a processor for one file, in each of checking, mending, and scoring with its reports."""

_LOADING: Final = {rule.code for rule in LOADING}


@dataclass
class Tally:
    """What became of many files."""

    counts: Counter[str] = field(default_factory=Counter)
    slowest: dict[str, tuple[float, str]] = field(default_factory=dict)

    @contextmanager
    def timed(self, what: str, name: str) -> Iterator[None]:
        start = time.process_time()
        yield
        seconds = time.process_time() - start
        self.slowest[what] = max(self.slowest.get(what, (0.0, "")), (seconds, name))
        assert seconds < LONGEST, f"{what} took {seconds:.1f} s"


def obeys(path: Path, data: bytes, random: Random, tally: Tally, name: str = "") -> None:
    """Every law for one file."""
    path.write_bytes(data)
    file = Named(str(path))
    with tally.timed("check", name):
        checked = check_read(file, data, Request(), Finder(file.name))
    assert checked
    check_read(Named(file.name, walked=True), data, Request(), Finder(file.name))
    document = parse_document(file.name, data)
    _is_within(document, checked)
    _is_shown(checked, tally, name)
    errors = [f for f in _all(checked) if f.code in _LOADING]
    loaded = _loaded(path, document)
    assert bool(errors) == isinstance(loaded, CvpError), f"check: {errors[:1]}, loading: {loaded!r}"
    tally.counts["refused" if errors else "accepted"] += 1
    if not isinstance(loaded, CvpError):
        with tally.timed("score", name):
            _is_scored(loaded, random, tally)
    with tally.timed("mend", name):
        _is_mended(file, document, not errors, tally)


def _all(checked: Checked) -> list[Finding]:
    return [*checked.findings, *(suppressed.finding for suppressed in checked.suppressed)]


def _is_within(document: Document, checked: Checked) -> None:
    for finding in _all(checked):
        for place in (finding.place, *(edit.place for edit in finding.edits)):
            assert _is_in(document, place), f"{finding.code} {finding.message} at {place}"


def _is_in(document: Document, place: Place) -> bool:
    """Whether a place is in the file; one column past the end of a line is where something is missing."""
    if not document.text:
        return place.line >= 1 and place.column >= 1
    start, end = document.line(place.line), document.line(place.end_line)
    return (
        1 <= place.line <= place.end_line <= len(document.lines)
        and 1 <= place.column <= len(start) + 1
        and 1 <= place.end_column <= len(end) + 2
        and (place.line, place.column) <= (place.end_line, place.end_column)
    )


def _is_shown(checked: Checked, tally: Tally, name: str) -> None:
    with tally.timed("show", name):
        for form in FORMATS:
            shown = diagnostics(form).render(Run((checked,)), Show(statistics=True))
            shown.encode()
            assert form in ("json", "sarif", "gitlab", "junit") or not UNPRINTABLE.search(shown), form
        diagnostics("text").render(Run((checked,)), Show(colour=True))


Loaded = tuple[Questionnaire, Sequence[AnswerSheet]]


def _loaded(path: Path, document: Document) -> Loaded | CvpError:
    """The file as scoring takes it, or why not."""
    try:
        if kind_of(document) == "answers":
            answers, questionnaire = load_answers(str(path), Finder(str(path)))
            return questionnaire, answers.sheets
        return load_questionnaire(str(path)), []
    except CvpError as error:
        return error


def _answers(questionnaire: Questionnaire, random: Random) -> AnswerSheet:
    given: dict[str, Any] = {}
    best = random.random()
    for question in questionnaire.questions.values():
        values = values_of(questionnaire, question)
        choice = values[-1] if random.random() < best else random.choice(values)
        evidence = ({"text": "seen", "date": random.choice(("2001", "2012-11", "2013-02-12"))},)
        answers = (choice, choice, choice, {"choice": choice, "evidence": evidence}, "?", {"not_applicable": "none"})
        if random.random() < 0.9:
            given[question.id] = random.choice(answers if random.random() < 0.5 else (choice,))
    return sheet(**given)


def _is_scored(loaded: Loaded, random: Random, tally: Tally) -> None:
    questionnaire, given = loaded
    rooms = [given] if given else [[]]
    rooms += [[_answers(questionnaire, random)], [_answers(questionnaire, random) for _ in range(3)]]
    for sheets in filter(None, rooms):
        assessment = score(questionnaire, sheets, company="Acme [/]", date="2013-02-12")
        assert 1 <= assessment.low <= assessment.level <= assessment.high <= 4
        assert json.loads(report("json").render(assessment, Look()))["level"] == assessment.level
        tally.counts["scored"] += 1
        for width in {20, 120, random.randint(20, 120)}:
            look = Look(width, colour=random.random() < 0.5, ascii_only=random.random() < 0.5)
            text = terminal.render(assessment, look)
            assert text.endswith("\n")
            assert look.colour or not UNPRINTABLE.search(text)
            text.encode("ascii", "backslashreplace")
            tally.counts["rendered"] += 1


def _is_mended(file: Named, document: Document, sound: bool, tally: Tally) -> None:
    if not document.text:
        return
    after = mended(document.text, partial(_findings, file))
    if after == document.text:
        return
    tally.counts["mended"] += 1
    assert mended(after, partial(_findings, file)) == after, "mending again mends more"
    errors = [finding for finding in _findings(file, after) if finding.code in _LOADING]
    assert not sound or not errors, f"a sound file has errors when mended: {errors[0].message} at {errors[0].place}"
    assert not sound or parse_document(file.name, after.encode()).data == document.data, "mending changed the meaning"


def _findings(file: Named, text: str) -> list[Finding]:
    checked = check_read(file, text.encode(), Request(), Finder(file.name))
    assert checked
    return list(checked.findings)


def furnished(folder: Path) -> Path:
    """The file to be spoilt, in a folder with the questionnaires that seeds name."""
    (folder / "base.yaml").write_text(QUESTIONNAIRE, encoding="utf-8")
    for file in (EXAMPLES / "example.yaml", ROOT / "cvp/starter.yaml"):
        (folder / file.name).write_bytes(file.read_bytes())
    return folder / "mutant.yaml"


@pytest.mark.parametrize("first", range(0, MUTANTS, CHUNK))
def test_a_spoilt_file_is_refused_or_scored(tmp_path: Path, first: int) -> None:
    path, tally = furnished(tmp_path), Tally()
    for number in range(first, min(first + CHUNK, MUTANTS)):
        spoilt = mutant(number)
        try:
            obeys(path, spoilt.data, Random(number), tally, str(spoilt))
        except Exception as error:
            raise AssertionError(f"{spoilt}: {error!r}") from error
    print(dict(tally.counts), {what: f"{s * 1000:.0f} ms, {name}" for what, (s, name) in tally.slowest.items()})


@given(text=DOCUMENTS)
@settings(max_examples=max(60, MUTANTS // 5))
def test_any_document_of_known_keys_is_refused_or_scored(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    obeys(furnished(tmp_path_factory.getbasetemp()), text.encode("utf-8", "surrogatepass"), Random(0), Tally())
