"""A session that is there already, for `assess`: to go on with, or only to be read."""

import shlex
from pathlib import Path

from cvp.ballots import votes_of
from cvp.catalogue import shipped
from cvp.commands.asking.opened import Opened, file_of
from cvp.commands.asking.wishes import Wishes
from cvp.commands.failing import say
from cvp.commands.given import Given, ballots_given, day_of
from cvp.commands.languages import language_shown
from cvp.errors import UnknownQuestionnaire, WrongUsage
from cvp.interview.changes import Change
from cvp.loading import Finder, load_questionnaire
from cvp.questionnaire import Questionnaire
from cvp.sessions import (
    Carried,
    Head,
    Journal,
    Session,
    brought,
    carried_notes,
    carry,
    course_of,
    head_of,
    read_journal,
    resume,
)
from cvp.speaking import _, speaking
from cvp.text import one_line


def reopen_session(file: str, wishes: Wishes) -> Opened:
    """The session in a file, fitted to its questionnaire as that is today, with the ballots that are new.

    Raises all that sessions raise, Invalid, UnknownQuestionnaire, and WrongUsage where the options do not fit it.
    """
    session = resume(file)
    try:
        date = day_of(wishes.date or session.journal.head.date)
        head = session.journal.head
        questionnaire, where = _questionnaire_of(head, wishes, file)
        language = language_shown(questionnaire, wishes.language, head.language)
        carried = _carried(file, session.journal, questionnaire)
        ballots = _new_votes(session, wishes, questionnaire) if wishes.ballots else []
        if carried or ballots:
            kept = carried or carry(course_of(file, session.journal).record, head, questionnaire)
            head = _rebound(head, questionnaire, where, [*kept.changes, *ballots])
            session.rebind(head)
            course = brought(head.brought, questionnaire)
        else:
            course = course_of(file, session.journal, questionnaire)
        with speaking(language):
            torn = (_torn(file),) if session.torn else ()
            notes = (*torn, *(carried_notes(carried, session.journal.head, questionnaire) if carried else ()))
    except BaseException:
        session.close()
        raise
    return Opened(session, questionnaire, course, date, language, notes)


def read_session(file: str, wishes: Wishes) -> Given:
    """What a session has come to, which stays as it is. Raises Unreadable, Damaged, Invalid and WrongUsage."""
    journal, torn = read_journal(file)
    head = journal.head
    questionnaire, _ = _questionnaire_of(head, wishes, file)
    carried = _carried(file, journal, questionnaire)
    notes = carried_notes(carried, head, questionnaire) if carried else ()
    for note in (*((_torn(file),) if torn else ()), *notes):
        say(f"cvp: {note}")
    course = brought(carried.changes, questionnaire) if carried else course_of(file, journal, questionnaire)
    return Given(
        questionnaire=questionnaire,
        said=course.record.voting(wishes.named),
        company=one_line(head.company),
        date=day_of(wishes.date or head.date),
        by=head.by or "",
        language=language_shown(questionnaire, wishes.language, head.language),
    )


def _questionnaire_of(head: Head, wishes: Wishes, file: str) -> tuple[Questionnaire, str | None]:
    """The session's questionnaire as it is today, and where it lies; WrongUsage where the options are about another."""
    company = one_line(wishes.company or "")
    if company and company != one_line(head.company):
        raise WrongUsage(f"--company {company}: the session in {file} is about {one_line(head.company)}")
    known = head.questionnaire
    if wishes.questionnaire:
        found = load_questionnaire(wishes.questionnaire)
        if found.id != known.id:
            raise WrongUsage(f"{wishes.questionnaire}: the session in {file} is for `{known.id}`")
        return found, file_of(wishes.questionnaire)
    if known.file is None and known.id in shipped():
        return load_questionnaire(known.id), None
    if known.file and Path(known.file).is_file() and (there := load_questionnaire(known.file)).id == known.id:
        return there, known.file
    if beside := Finder(file)(known.id):
        return beside, known.file
    where = f"in {one_line(known.file)}" if known.file else "here"
    raise UnknownQuestionnaire(
        f"{file}: its questionnaire `{known.id}` is not {where} any more; "
        f"say where it is: cvp assess QUESTIONNAIRE --session {shlex.quote(file)}"
    )


def _carried(file: str, journal: Journal, questionnaire: Questionnaire) -> Carried | None:
    """What a questionnaire that has changed leaves of the session; None where it is the same."""
    if journal.head.questionnaire.sha256 == questionnaire.sha256:
        return None
    return carry(course_of(file, journal).record, journal.head, questionnaire)


def _new_votes(session: Session, wishes: Wishes, questionnaire: Questionnaire) -> list[Change]:
    record = course_of(session.file, session.journal).record
    if record.people or record.rounds:
        raise WrongUsage(f"--ballot: {session.file} has people in its room already; leave --ballot out to go on")
    company = wishes.company or session.journal.head.company
    found = ballots_given(questionnaire, wishes.ballots, company, wishes.map)
    return list(votes_of(questionnaire, found.ballots))


def _rebound(head: Head, questionnaire: Questionnaire, where: str | None, changes: list[Change]) -> Head:
    return head_of(
        questionnaire,
        company=head.company,
        date=head.date,
        language=questionnaire.language_for(head.language),
        asks=head.asks,
        by=head.by or "",
        file=where,
        brought=changes,
    )


def _torn(file: str) -> str:
    torn = _("The last line of {file} was torn, as by a power cut; it is left out, and all before it is there.")
    return torn.format(file=one_line(file))
