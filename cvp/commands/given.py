"""Where `assess` has its answers from: files, or a person at the terminal."""

import datetime
import re
import shlex
import sys
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from cvp.answers import Answers, AnswerSheet, last_day
from cvp.commands.failing import say
from cvp.errors import DifferentCompanies, WrongUsage
from cvp.loading import Finder, load_answers, load_questionnaire
from cvp.questionnaire import Questionnaire
from cvp.text import one_line

DEFAULT_QUESTIONNAIRE = "level4"


@dataclass(frozen=True)
class Given:
    """What is scored: one sheet of answers a respondent."""

    questionnaire: Questionnaire
    sheets: Sequence[AnswerSheet]
    company: str
    date: str
    by: str = ""


def answers_given(name: str | None, files: Sequence[str], company: str | None, date: str | None) -> Given:
    """The answers in the files; several files are several respondents of one company. Raises Invalid, Unreadable."""
    asked = load_questionnaire(name) if name else None
    loaded = [load_answers(file, (lambda _: asked) if asked else Finder(file)) for file in files]
    questionnaire = loaded[0][1]
    for file, (answers, other) in zip(files, loaded, strict=True):
        if other.sha256 != questionnaire.sha256:
            raise WrongUsage(f"{file}: is for `{other.id}`, the first file for `{questionnaire.id}`; score them apart")
        _tell_version(file, answers, questionnaire)
    first = loaded[0][0]
    _refuse_mixtures(files, [answers.company for answers, _ in loaded], company)
    sheets = [sheet for answers, _ in loaded for sheet in _sheets(answers)]
    return Given(questionnaire, sheets, one_line(company or first.company), _day(date or first.date), _by(loaded))


def _by(loaded: Sequence[tuple[Answers, Questionnaire]]) -> str:
    """Who answered, as far as the files say."""
    return " / ".join(dict.fromkeys(one_line(answers.by) for answers, _ in loaded if answers.by))


def _refuse_mixtures(files: Sequence[str], companies: Sequence[str], company: str | None) -> None:
    """One file twice, or several companies, unless `--company` says that they are one."""
    if twice := [file for position, file in enumerate(files) if file in files[:position]]:
        raise WrongUsage(f"--answers {twice[0]}: is given twice")
    others = [name for name in companies if one_line(name) != one_line(companies[0])]
    if others and not company:
        names = f"{one_line(companies[0])} and {one_line(others[0])}"
        raise DifferentCompanies(f"the answers are about {names}; score them apart, or say with --company who it is")


def _sheets(answers: Answers) -> list[AnswerSheet]:
    if answers.ballots is not None:
        return [ballot.answers for ballot in answers.ballots]
    return [answers.answers or {}]


def _tell_version(file: str, answers: Answers, questionnaire: Questionnaire) -> None:
    if answers.version != questionnaire.version:
        versions = f"answered version {answers.version}, scored with {questionnaire.version}"
        say(f"cvp: {file}: {versions}; every answer still fits")


def _day(date: str | None) -> str:
    if date is None:
        return datetime.datetime.now(tz=datetime.UTC).astimezone().date().isoformat()
    try:
        if len(date) != len("2013-02-12"):
            raise ValueError("is no day; write it as 2013-02-12")
        return last_day(date).isoformat()
    except ValueError as error:
        raise WrongUsage(f"--date {date}: {error}") from None


def answers_asked(
    name: str | None, company: str | None, date: str | None, language: str | None, no_input: bool, session: str | None
) -> Given:
    """The answers of a person at the terminal, kept in a file after each one. Raises WrongUsage where there is none.

    A `session` that is there already goes on where it was left.
    """
    from cvp.commands.screen import is_terminal, look_of_stdout
    from cvp.interview.line import ask

    if no_input or not is_terminal(sys.stdin):
        raise WrongUsage("there is nobody to ask: give --answers FILE, or run this on a terminal without --no-input")
    if session and Path(session).exists():
        begun = answers_given(name, [session], company, date)
        if len(begun.sheets) != 1:
            raise WrongUsage(f"--session {session}: holds the answers of several people; an interview is one person's")
    else:
        questionnaire = load_questionnaire(name or DEFAULT_QUESTIONNAIRE)
        begun = Given(questionnaire, [{}], one_line(company or "") or _ask_company(), _day(date))
    keeper = _Keeper(begun.questionnaire, begun.company, begun.date, begun.by, session or "")
    try:
        outcome = ask(
            begun.questionnaire,
            begun.sheets[0],
            language=language,
            day=last_day(begun.date),
            keep=keeper.keep,
            input_stream=sys.stdin,
            output_stream=sys.stderr,
            width=look_of_stdout().width,
        )
    finally:
        if keeper.file:
            say(f"answers kept in {keeper.file}; to go on: cvp assess --session {shlex.quote(keeper.file)}")
    return replace(begun, sheets=[outcome.sheet])


def _ask_company() -> str:
    sys.stderr.write("Which company is this about? ")
    sys.stderr.flush()
    return one_line(sys.stdin.readline()) or "The company"


@dataclass
class _Keeper:
    """Writes the answers to a file of their own after every change, so that nothing answered is lost."""

    questionnaire: Questionnaire
    company: str
    date: str
    by: str = ""
    file: str = ""

    def keep(self, sheet: AnswerSheet) -> None:
        from cvp.saving import save, unused_name

        if not self.file:
            plain = unicodedata.normalize("NFKD", self.company.lower()).encode("ascii", "ignore").decode()
            slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:40] or "company"
            self.file = unused_name(f"{slug}-{self.date}.answers.json")
            say(f"answers kept in {self.file}")
        answers = Answers(
            cvp=1,
            questionnaire=self.questionnaire.id,
            version=self.questionnaire.version,
            company=self.company,
            by=self.by or None,
            date=self.date,
            answers=sheet,
        )
        save(self.file, (answers.model_dump_json(exclude_none=True, exclude_defaults=True, indent=2) + "\n").encode())
