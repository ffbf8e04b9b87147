"""CVP5xx: answers that do not fit their questionnaire, or say less than they seem to."""

import datetime
from collections.abc import Iterator
from difflib import get_close_matches
from typing import Final

from cvp.answers import Answer, Ballot, last_day
from cvp.document import Fault, Route
from cvp.questionnaire import Choice, Criterion
from cvp.rules.shape import did_you_mean
from cvp.rules.subject import Subject
from cvp.text import and_list, counted, one_line

MOST: Final = 50
"""How many misspelt ids get a proposal; each is compared with every question."""
NAMED: Final = 3
"""How many unanswered questions are named."""

MOST_SHOWN: Final = 60


def unknown_questionnaire(subject: Subject) -> Iterator[Fault]:
    """Answers to a questionnaire that cannot be found.

    `questionnaire` is the id of one that ships with cvp or of one that lies beside the answers; otherwise name its
    file on the command line.
    """
    if subject.answers and not subject.questionnaire:
        help_ = "`cvp list` shows those that ship; for one of your own: cvp assess FILE --answers ANSWERS"
        yield Fault(
            f"there is no sound questionnaire `{subject.answers.questionnaire}`", ("questionnaire",), help=help_
        )


def other_questionnaire(subject: Subject) -> Iterator[Fault]:
    """Answers to another questionnaire than the one asked for.

    Ids may be alike and mean something else, so cvp does not guess. Name the questionnaire that the answers are for.
    """
    if (
        subject.answers
        and (questionnaire := subject.questionnaire)
        and subject.answers.questionnaire != questionnaire.id
    ):
        message = f"these answers are for `{subject.answers.questionnaire}`, not for `{questionnaire.id}`"
        yield Fault(message, ("questionnaire",), help="name the questionnaire that they are for")


def unknown_question(subject: Subject) -> Iterator[Fault]:
    """An answer to something that is not asked.

    A misspelt id, or one of another version of the questionnaire. The answer would be left out silently.
    """
    if _fits(subject) and (questionnaire := subject.questionnaire):
        unknown = ((route, key) for route, key, _ in _given(subject) if key not in questionnaire.questions)
        for number, (route, key) in enumerate(unknown):
            help_ = did_you_mean(key, questionnaire.questions) if number < MOST else ""
            yield Fault(f"`{key}` is no criterion or safeguard of `{questionnaire.id}`", route, on_key=True, help=help_)


def unknown_choice(subject: Subject) -> Iterator[Fault]:
    """An answer that is none of the choices.

    Answers name a choice by its value. `cvp show QUESTIONNAIRE` lists them.
    """
    if _fits(subject) and (questionnaire := subject.questionnaire):
        for route, key, answer in _given(subject):
            question = questionnaire.questions.get(key)
            choices = questionnaire.choices_of(question) if question else ()
            if question and answer.chosen and answer.chosen not in [choice.value for choice in choices]:
                at = (*route, "choice") if isinstance(subject.document.at(route), dict) else route
                said = one_line(answer.chosen)[:MOST_SHOWN]
                yield Fault(f"`{said}` is no choice of `{key}`", at, help=_meant(answer.chosen, choices))


def _meant(said: str, choices: tuple[Choice, ...]) -> str:
    """What the person may have meant: a choice by its label or nearly by its value, or that they don't know."""
    folded = said.casefold().strip(" .")
    for choice in choices:
        labels = [choice.label] if isinstance(choice.label, str) else choice.label.values()
        if folded in (label.casefold().strip(" .") for label in labels):
            return f"that is the label of `{choice.value}`; write `{choice.value}`"
    if folded.replace("’", "'") in _UNKNOWN:
        return 'write "?" for don\'t know'
    values = [choice.value for choice in choices]
    return did_you_mean(folded, values) or f"the choices are {', '.join(values)}"


_UNKNOWN: Final = frozenset(("don't know", "dont know", "dont_know", "unknown", "n/a", "na", "not sure", "??", "-"))


def other_version(subject: Subject) -> Iterator[Fault]:
    """Answers to another version of the questionnaire.

    What fits is scored, but the first or second number of the version differs, so questions may be new, gone, or meant
    otherwise than when they were answered. Go through the answers again, then write the version that they are for now.
    """
    if _fits(subject) and (answers := subject.answers) and (questionnaire := subject.questionnaire):
        answered, now = answers.version, questionnaire.version
        if answered.split(".")[:2] != now.split(".")[:2]:
            message = f"these answers are for version {answered}, the questionnaire has {now}"
            yield Fault(message, ("version",), help="go through them again, then write the new version here")


def evidence_after_date(subject: Subject) -> Iterator[Fault]:
    """Evidence that is younger than the assessment.

    Nobody can have known it on that day, so one of the two dates is wrong; and evidence from the future never grows
    too old. Mend the date. A month or a year counts from its first day.
    """
    if day := _day(subject):
        for route, key, _ in _given(subject):
            for at, first, _ in _dates(subject, route):
                if first > day:
                    message = f"this evidence for `{key}` is younger than the assessment of {day}"
                    yield Fault(message, at, help="mend the date")


def stale_answer(subject: Subject) -> Iterator[Fault]:
    """An answer whose evidence has grown old.

    A bond fades, so some questions say how many months their evidence is good for (`fresh_for`). The answer counts as
    open: it leaves the score and widens the range of the level. Look for newer evidence.
    """
    if _fits(subject) and (questionnaire := subject.questionnaire) and (day := _day(subject)):
        from cvp.scoring.case import is_stale  # a questionnaire is checked without it

        for route, key, answer in _given(subject):
            question = questionnaire.questions.get(key)
            if isinstance(question, Criterion) and is_stale(question, answer, day):
                at = max(_dates(subject, route), key=lambda found: found[2])[0]
                message = f"on {day} this is older than the {question.fresh_for} months for which `{key}` stays fresh"
                yield Fault(f"{message}; it counts as open", at, help="look for newer evidence")


def unanswered(subject: Subject) -> Iterator[Fault]:
    """Questions that the file does not answer.

    They count as open and widen the range of the level, and nobody can tell whether they were forgotten. Where they
    were asked and nobody knows, write "?". Told once for the whole file.
    """
    if _fits(subject) and (questionnaire := subject.questionnaire):
        given = _asked(subject)
        missing = [key for key in questionnaire.questions if key not in given]
        unknown = [key for key in given if key not in questionnaire.questions][:MOST]
        meant = {name for key in unknown for name in get_close_matches(key, missing, n=1)}
        missing = [key for key in missing if key not in meant]
        if missing:
            rest = [f"{len(missing) - NAMED} more"] if len(missing) > NAMED else []
            names = and_list([*(f"`{key}`" for key in missing[:NAMED]), *rest])
            message = f"{counted(len(missing), 'question')} of {len(questionnaire.questions)} not answered: {names}"
            part = "answers" if subject.document.at(("answers",)) is not None else "ballots"
            yield Fault(message, (part,), on_key=True, help='write "?" where they were asked and nobody knows')


def respondent_twice(subject: Subject) -> Iterator[Fault]:
    """One respondent with two ballots.

    The same voice would count twice, in the room's answers and in their agreement. Take one out, or tell the two
    people apart by their names.
    """
    seen: set[str] = set()
    for index, ballot in _ballots(subject):
        if (who := " ".join(ballot.who.casefold().split())) in seen:
            yield Fault(f"`{ballot.who}` has a ballot already", ("ballots", index, "who"), help="take one of them out")
        seen.add(who)


def _fits(subject: Subject) -> bool:
    return bool(subject.answers and subject.questionnaire and subject.answers.questionnaire == subject.questionnaire.id)


def _day(subject: Subject) -> datetime.date | None:
    """The day of the assessment; None where the file does not say."""
    return last_day(subject.answers.date) if subject.answers and subject.answers.date else None


def _given(subject: Subject) -> Iterator[tuple[Route, str, Answer]]:
    """Every answer with its route in the file, of one respondent or of several."""
    if subject.answers:
        for key, answer in (subject.answers.answers or {}).items():
            yield ("answers", key), key, answer
        for index, ballot in _ballots(subject):
            for key, answer in ballot.answers.items():
                yield ("ballots", index, "answers", key), key, answer


def _ballots(subject: Subject) -> Iterator[tuple[int, Ballot]]:
    """The sound ballots with their positions in the file."""
    entries = subject.document.at(("ballots",))
    places = enumerate(entries if isinstance(entries, tuple) else ())
    for ballot in subject.answers.ballots or () if subject.answers else ():
        for index, entry in places:
            who = entry.get("who") if isinstance(entry, dict) and isinstance(entry.get("answers"), dict) else None
            if isinstance(who, str) and who.strip() == ballot.who.strip():
                yield index, ballot
                break


def _asked(subject: Subject) -> dict[str, None]:
    """Every question that the file answers, soundly or not, in its order."""
    document = subject.document
    entries = document.at(("ballots",))
    sheets = [document.at(("answers",))]
    sheets += [document.at(("ballots", i, "answers")) for i in range(len(entries) if isinstance(entries, tuple) else 0)]
    return {key: None for sheet in sheets if isinstance(sheet, dict) for key in sheet}


def _dates(subject: Subject, route: Route) -> Iterator[tuple[Route, datetime.date, datetime.date]]:
    """The sound dates of an answer's evidence: where each stands, its first day and its last."""
    evidence = subject.document.at((*route, "evidence"))
    for index in range(len(evidence) if isinstance(evidence, tuple) else 0):
        at = (*route, "evidence", index, "date")
        text = subject.document.at(at)
        try:
            last = last_day(text if isinstance(text, str) else "")
        except ValueError:
            continue
        assert isinstance(text, str)
        yield at, datetime.date.fromisoformat((text + "-01-01")[:10]), last
