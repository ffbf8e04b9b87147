"""`assess` without answers: an interview here and now, or what one has come to."""

import os
import shlex
import sys
from dataclasses import replace

from typer import Exit

from cvp.answers import last_day
from cvp.commands.asking.beginning import begin_session
from cvp.commands.asking.leaving import with_farewell
from cvp.commands.asking.opened import Opened
from cvp.commands.asking.reopening import read_session, reopen_session
from cvp.commands.asking.staging import has_stage
from cvp.commands.asking.wishes import Wishes
from cvp.commands.failing import say
from cvp.commands.given import Given, ballots_given, day_of
from cvp.commands.languages import language_shown
from cvp.commands.screen import is_terminal
from cvp.errors import Unwritable, WrongUsage
from cvp.interview.changes import Seated
from cvp.interview.keeping import Keep
from cvp.interview.keys.seating import seated
from cvp.interview.record import Record
from cvp.interview.state import Interview, start
from cvp.loading import load_questionnaire
from cvp.sessions import Session
from cvp.speaking import _, speaking


def asked(wishes: Wishes) -> Given:
    """What people at the terminal answer, kept after each answer; with `--no-input`, what is there already.

    Raises WrongUsage where there is nobody to ask, and all that sessions and files raise.
    """
    somebody = not wishes.no_input and (wishes.plain or is_terminal(sys.stdin))
    if wishes.resume:
        from cvp.commands.asking.resuming import choose_session

        wishes = replace(wishes, session=choose_session(somebody, wishes.language))
    if somebody:
        return _interviewed(wishes)
    if wishes.no_input and wishes.session and wishes.ballots:
        raise WrongUsage("--no-input with --session and --ballot: votes are revealed in the interview; leave one out")
    if wishes.no_input and wishes.session:
        return read_session(wishes.session, wishes)
    if wishes.no_input and wishes.ballots:
        return _scored_ballots(wishes)
    raise _nobody()


def _nobody(why: str = "there is nobody to ask") -> WrongUsage:
    return WrongUsage(
        f"{why}: give --answers FILE, or run this on a terminal without --no-input; "
        "--no-input with --session or --ballot reports on what is there"
    )


def _scored_ballots(wishes: Wishes) -> Given:
    questionnaire = load_questionnaire(wishes.questionnaire) if wishes.questionnaire else None
    found = ballots_given(questionnaire, wishes.ballots, wishes.company, wishes.map)
    sheets = [ballot.answers for ballot in found.ballots]
    date = day_of(wishes.date or found.date or None)
    language = language_shown(found.questionnaire, wishes.language)
    with speaking(language):
        company = found.company or _("The company")
    return Given(found.questionnaire, sheets, company, date, found.by, language)


def _interviewed(wishes: Wishes) -> Given:
    _people(Record(), wishes.room)  # a slip is told before anything is opened
    there = wishes.session and os.path.lexists(wishes.session)
    opened = reopen_session(wishes.session, wishes) if wishes.session and there else begin_session(wishes)
    session, head = opened.session, opened.session.journal.head
    try:
        wishes.limits.constraints(opened.questionnaire, opened.date)  # a slip is told before anything is asked
        people = _people(opened.course.record, wishes.room)
        with speaking(opened.language):
            interview = _started(opened, wishes, people)
            session.keep(interview)
            with with_farewell(lambda: _farewell(session)):
                ended = (_on_stage if has_stage(wishes.plain) else _in_lines)(interview, session.keep)
            afterwards = _farewell(session)
    finally:
        session.close()
    if not ended.sheet and not ended.changes and not is_terminal(sys.stdin):
        raise _nobody("nobody answered anything")
    if not ended.sheet:
        raise _nothing_to_report(session, opened.language, afterwards)
    return Given(
        questionnaire=opened.questionnaire,
        said=ended.record.voting(wishes.named),
        company=head.company,
        date=opened.date,
        by=head.by or "",
        language=ended.language,
        afterwards=afterwards,
        lost=bool(session.lost),
    )


def _nothing_to_report(session: Session, language: str, afterwards: str) -> Exception:
    """What ends the command after an interview in which nothing was answered: a plan would rest on nothing."""
    with speaking(language):
        say("cvp: " + _("nothing was answered, so there is nothing to report"))
    if afterwards:
        say(afterwards)
    return Unwritable("not everything is on the disk, as said above") if session.lost else Exit()


def _people(record: Record, room: str | None) -> tuple[str, ...]:
    """Who is in the room, where `--room` says so; whoever has a vote in the record keeps the seat."""
    try:
        return seated(record, room) if room else record.people
    except ValueError as error:
        raise WrongUsage(f'--room: {error}; as in --room 7, or --room "Ann, Bob, Eve"') from None


def _started(opened: Opened, wishes: Wishes, people: tuple[str, ...]) -> Interview:
    """The interview at its first open question, with what there is to know before it goes on."""
    head = opened.session.journal.head
    begun = start(
        opened.questionnaire,
        company=head.company,
        course=opened.course,
        language=opened.language,
        day=last_day(opened.date),
        asks=wishes.order or head.asks,
        named=wishes.named,
    )
    where = _("Answers are kept in {file} as they come.").format(file=opened.session.file)
    notes = (*begun.message, *opened.notes, where)
    changed = begun if people == begun.record.people else begun.after(Seated(people=people))
    return replace(changed, file=opened.session.file, message=notes)


def _on_stage(interview: Interview, keep: Keep) -> Interview:
    from cvp.interview.stage import run

    return run(interview, keep=keep)


def _in_lines(interview: Interview, keep: Keep) -> Interview:
    from cvp.commands.screen import look_of_stdout
    from cvp.interview.line import ask

    return ask(
        interview,
        keep=keep,
        input_stream=sys.stdin,
        output_stream=sys.stderr,
        width=lambda: look_of_stdout().width,
    )


def _farewell(session: Session) -> str:
    """Where the session is and how to go on, and what is not in it; empty where nothing was kept."""
    file = shlex.quote(session.file)
    where = ""
    if not session.untouched:
        where = _("answers kept in {file}; to go on: {command}").format(
            file=session.file, command=f"cvp assess --session {file}"
        )
    if not session.lost:
        return where
    lost = _("NOT SAVED: {why}. What was answered before: {where}") if where else _("NOT SAVED: {why}")
    return lost.format(why=session.lost, where=where)
