"""One file of answers → a row: what the workers of a folder do, without any dataframe."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from cvp.assessment import Assessment, CriterionResult, SafeguardResult
from cvp.errors import CvpError, Unreadable
from cvp.finding import Invalid
from cvp.loading import Finder, load_answers
from cvp.questionnaire import Questionnaire
from cvp.reading import read_document
from cvp.rules.subject import kind_of
from cvp.scoring import score
from cvp.text import one_line

UNREADABLE, OTHER_QUESTIONNAIRE = "CVP117", "CVP502"

Row = dict[str, object]


@dataclass(frozen=True)
class Asked:
    """What every file is scored by; `given` where the questionnaire was named, whatever the files name."""

    questionnaire: Questionnaire
    date: str
    given: bool
    language: str | None = None


class Passed(Exception):
    """A file that holds no answers, which is no fault."""


class Mixed(CvpError):
    """A file for another questionnaire than the others."""


def questionnaire_of(files: Sequence[str]) -> Questionnaire:
    """That of the first file of answers without a fault. Raises Unreadable where there is none."""
    for file in files:
        try:
            return load_answers(file, Finder(file))[1]
        except CvpError:
            continue
    raise Unreadable(f"{one_line(files[0])} and all other files: none is a sound file of answers; see: cvp check")


def assessed(file: str, asked: Asked) -> Assessment:
    """The assessment of a file; several ballots give the room's. Raises Passed, Invalid, Mixed, Unreadable."""
    document = read_document(file)
    kind = kind_of(document)
    if kind in ("questionnaire", "selection"):
        raise Passed("a questionnaire")
    if (
        kind == "unknown"
        and not document.faults
        and (not isinstance(document.data, dict) or "answers" not in document.data)
    ):
        raise Passed("no answers in it")
    finder = Finder(file)
    answers, questionnaire = load_answers(file, (lambda _: asked.questionnaire) if asked.given else finder)
    if questionnaire.sha256 != asked.questionnaire.sha256:
        other = f"is for `{questionnaire.id}`, the others for `{asked.questionnaire.id}`"
        raise Mixed(f"{other}; score it apart")
    return score(
        questionnaire,
        answers.sheets,
        company=one_line(answers.company),
        date=answers.date or asked.date,
        language=questionnaire.language_for(asked.language),
        answered_by=one_line(answers.by or ""),
    )


@dataclass(frozen=True, slots=True)
class Company:
    """What became of a file, or of the process that scored it: `row` holds keys and outputs.

    `reason` says why a file was left out.
    """

    number: int
    status: Literal["sound", "rejected", "left out", "killed"]
    row: Row
    reason: str = ""


def company_of(numbered: tuple[int, str], asked: Asked) -> Company:
    number, file = numbered
    row: Row = {"file": one_line(file)}
    try:
        found = assessed(file, asked)
    except Passed as passed:
        return Company(number, "left out", row, str(passed))
    except CvpError:
        return Company(number, "rejected", row)
    by = found.answered_by or None
    row |= {"company": found.company, "date": found.date, "by": by, **outputs_of(found)}
    return Company(number, "sound", row)


def outputs_of(found: Assessment) -> Row:
    """What a table's row is told, of an assessment."""
    applicable = found.basis.questions - found.basis.not_applicable
    return {
        **{name: getattr(found, name) for name in ("level", "low", "high", "settled", "secured")},
        **{f"score_{level.level}": level.score for level in found.levels},
        "coverage": found.basis.answered / applicable if applicable else None,
        "safeguards": " ".join(guard.id for guard in found.safeguards if guard.hit),
        "recommendation": found.recommendations[0].recommendation if found.recommendations else None,
        **{f"rank_{criterion.id}": _rank(criterion) for criterion in found.criteria},
        **{f"rank_{safeguard.id}": _rank(safeguard) for safeguard in found.safeguards},
    }


def _rank(question: CriterionResult | SafeguardResult) -> int:
    """The position of the choice; -1 where it is open, -2 where it is not applicable."""
    if question.answer.state == "not_applicable":
        return -2
    values = [choice.value for choice in question.choices]
    return (
        values.index(question.answer.choice) if question.answer.state == "answered" and question.answer.choice else -1
    )


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a file, and where, as far as that is known."""

    line: int | None
    column: str
    code: str
    message: str


def faults_of(file: str, asked: Asked) -> Iterator[Fault]:
    try:
        assessed(file, asked)
    except Invalid as invalid:
        for finding in invalid.findings:
            yield Fault(finding.place.line, str(finding.place.column), finding.code, finding.message)
    except Mixed as error:
        yield Fault(None, "", OTHER_QUESTIONNAIRE, str(error))
    except CvpError as error:
        yield Fault(None, "", UNREADABLE, str(error).removeprefix(f"{file}: "))
