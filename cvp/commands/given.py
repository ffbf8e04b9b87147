"""What `assess` scores, from files: answers, or ballots of several people."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from cvp.answers import Answers, AnswerSheet, Ballot, last_day
from cvp.catalogue import DEFAULT
from cvp.commands.failing import say
from cvp.errors import DifferentCompanies, WrongUsage
from cvp.loading import Finder, load_answers, load_questionnaire
from cvp.questionnaire import Questionnaire
from cvp.room import Voting
from cvp.rules.subject import FindQuestionnaire
from cvp.text import one_line


@dataclass(frozen=True)
class Given:
    """What is scored: a sheet of answers a respondent, or all that a room said.

    `language` is the one that the interview was in, or that its record is shown in. `afterwards` is told when the
    report is out; where some of it is `lost`, being on no disk, that is an error.
    """

    questionnaire: Questionnaire
    said: Sequence[AnswerSheet] | Voting
    company: str
    date: str
    by: str = ""
    language: str | None = None
    afterwards: str = ""
    lost: bool = False


@dataclass(frozen=True)
class Ballots:
    """Ballots from files, and what the files say about whom they are; empty where they say nothing."""

    questionnaire: Questionnaire
    ballots: Sequence[Ballot]
    company: str
    date: str
    by: str


def answers_given(
    names: Sequence[str], files: Sequence[str], company: str | None, date: str | None
) -> tuple[Given, ...]:
    """The answers in the files about one company, by questionnaire, in the order in which these come up first.

    Several files for one questionnaire are several respondents; `names` are the questionnaires, where they are told.
    Raises Invalid, Unreadable, WrongUsage, DifferentCompanies.
    """
    _refuse_twice("QUESTIONNAIRE", names)
    asked = [load_questionnaire(name) for name in names]
    loaded = _read("--answers", asked, files)
    _refuse_mixtures([answers.company for answers, _ in loaded], company)
    by_content: dict[str, list[tuple[Answers, Questionnaire]]] = {q.sha256: [] for q in asked}
    for answers, questionnaire in loaded:
        by_content.setdefault(questionnaire.sha256, []).append((answers, questionnaire))
    for name, questionnaire in zip(names, asked, strict=True):
        if not by_content[questionnaire.sha256]:
            raise WrongUsage(f"{name}: no --answers file is for it; add one, or leave it out")
    called = one_line(company or loaded[0][0].company)
    return tuple(_given(group, called, date) for group in by_content.values())


def _given(loaded: Sequence[tuple[Answers, Questionnaire]], company: str, date: str | None) -> Given:
    first, questionnaire = loaded[0]
    sheets = [sheet for answers, _ in loaded for sheet in answers.sheets]
    return Given(questionnaire, sheets, company, day_of(date or first.date), _by(loaded))


def ballots_given(
    questionnaire: Questionnaire | None, files: Sequence[str], company: str | None, map_file: str | None
) -> Ballots:
    """The ballots in the files, in their order; a file of one respondent's answers is a ballot under its own name.

    Raises Invalid, Unreadable.
    """
    from cvp.ballots import ballots_of, is_table, read_ballots

    _refuse_twice("--ballot", files)
    documents = [file for file in files if not is_table(file)]
    loaded = _load("--ballot", questionnaire, documents, company) if documents else []
    asked = loaded[0][1] if loaded else questionnaire or load_questionnaire(DEFAULT)
    answers = dict(zip(documents, (answers for answers, _ in loaded), strict=True))
    ballots: list[Ballot] = []
    for file in files:
        found, notes = (ballots_of(file, answers[file]), ()) if file in answers else read_ballots(file, asked, map_file)
        ballots += found
        for note in notes:
            say(f"cvp: {file}: {note}")
    first = loaded[0][0] if loaded else None
    about = one_line(first.company) if first else ""
    return Ballots(asked, ballots, company or about, (first and first.date) or "", _by(loaded))


def _load(
    option: str, asked: Questionnaire | None, files: Sequence[str], company: str | None
) -> list[tuple[Answers, Questionnaire]]:
    """Files of answers to one questionnaire, about one company."""
    loaded = _read(option, [asked] if asked else [], files)
    questionnaire = loaded[0][1]
    for file, (_, other) in zip(files, loaded, strict=True):
        if other.sha256 != questionnaire.sha256:
            raise WrongUsage(f"{file}: is for `{other.id}`, the first file for `{questionnaire.id}`; score them apart")
    _refuse_mixtures([answers.company for answers, _ in loaded], company)
    return loaded


def _read(option: str, asked: Sequence[Questionnaire], files: Sequence[str]) -> list[tuple[Answers, Questionnaire]]:
    """Each file with its questionnaire: one of those asked, or without any the one that the file names."""
    _refuse_twice(option, files)
    loaded = [load_answers(file, _finder(asked, file)) for file in files]
    for file, (answers, questionnaire) in zip(files, loaded, strict=True):
        _tell_version(file, answers, questionnaire)
    return loaded


def _finder(asked: Sequence[Questionnaire], file: str) -> FindQuestionnaire:
    if not asked:
        return Finder(file)
    by_id = {questionnaire.id: questionnaire for questionnaire in asked}
    return lambda name: by_id.get(name, asked[0])


def _by(loaded: Sequence[tuple[Answers, Questionnaire]]) -> str:
    """Who answered, as far as the files say."""
    return " / ".join(dict.fromkeys(one_line(answers.by) for answers, _ in loaded if answers.by))


def _refuse_twice(option: str, files: Sequence[str]) -> None:
    if twice := [file for position, file in enumerate(files) if file in files[:position]]:
        raise WrongUsage(f"{option} {twice[0]}: is given twice")


def _refuse_mixtures(companies: Sequence[str], company: str | None) -> None:
    """Several companies, unless `--company` says that they are one."""
    others = [name for name in companies if one_line(name) != one_line(companies[0])]
    if others and not company:
        names = f"{one_line(companies[0])} and {one_line(others[0])}"
        raise DifferentCompanies(f"the answers are about {names}; score them apart, or say with --company who it is")


def _tell_version(file: str, answers: Answers, questionnaire: Questionnaire) -> None:
    if answers.version != questionnaire.version:
        versions = f"answered version {answers.version}, scored with {questionnaire.version}"
        say(f"cvp: {file}: {versions}; every answer still fits")


def day_of(date: str | None, option: str = "--date") -> str:
    """The day that an option names; today where it names none. Raises WrongUsage."""
    if date is None:
        return datetime.datetime.now(tz=datetime.UTC).astimezone().date().isoformat()
    try:
        if len(date) != len("2013-02-12"):
            raise ValueError("is no day; write it as 2013-02-12")
        return last_day(date).isoformat()
    except ValueError as error:
        raise WrongUsage(f"{option} {date}: {error}") from None
