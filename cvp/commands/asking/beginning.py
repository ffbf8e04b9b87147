"""A new session for `assess`."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from cvp.ballots import votes_of
from cvp.catalogue import shipped
from cvp.commands.asking.lines import ask_line
from cvp.commands.asking.wishes import Wishes
from cvp.commands.failing import say
from cvp.commands.given import DEFAULT_QUESTIONNAIRE, ballots_given, day_of
from cvp.commands.languages import language_shown
from cvp.errors import Unwritable, WrongUsage
from cvp.interview.record import Course
from cvp.loading import find_questionnaire, load_questionnaire
from cvp.questionnaire import Questionnaire
from cvp.sessions import Session, course_of, create, head_of, session_name
from cvp.speaking import _, speaking
from cvp.text import one_line, printable

LONGEST_NAME: Final = 200


@dataclass(frozen=True)
class Opened:
    """A session with its questionnaire and its course so far; `notes` are for whoever goes on with it.

    `language` is the one that is spoken, cvp's own words too: one that the questionnaire has texts in.
    """

    session: Session
    questionnaire: Questionnaire
    course: Course
    date: str
    language: str
    notes: tuple[str, ...] = ()


def begin_session(wishes: Wishes) -> Opened:
    """A session in the file that `--session` names, or in one named for its company and day.

    Raises Unwritable at once where answers could not be kept, Invalid and WrongUsage.
    """
    questionnaire = load_questionnaire(wishes.questionnaire) if wishes.questionnaire else None
    ballots = ballots_given(questionnaire, wishes.ballots, wishes.company, wishes.map) if wishes.ballots else None
    questionnaire = ballots.questionnaire if ballots else questionnaire or load_questionnaire(DEFAULT_QUESTIONNAIRE)
    language = language_shown(questionnaire, wishes.language)
    with speaking(language):
        if wishes.session:
            begins = _("{file} is not there yet: a new session begins in it, with `{questionnaire}`")
            say("cvp: " + begins.format(file=wishes.session, questionnaire=questionnaire.id))
        company = wishes.company or (ballots and ballots.company) or ask_line(_("Which company is this about? "))
        company = one_line(company) or _("The company")
    if len(company) > LONGEST_NAME:
        raise WrongUsage(f"--company: a name has at most {LONGEST_NAME} characters")
    date = day_of(wishes.date or (ballots and ballots.date) or None)
    head = head_of(
        questionnaire,
        company=company,
        date=date,
        language=language,
        asks=wishes.order or "ladder",
        by=ballots.by if ballots else "",
        file=file_of(wishes.questionnaire),
        brought=votes_of(questionnaire, ballots.ballots) if ballots else (),
    )
    try:
        session = create(wishes.session or session_name(company, date), head)
    except Unwritable as error:
        raise Unwritable(f"{error}; name another file or folder with --session") from None
    return Opened(session, questionnaire, course_of(session.file, session.journal, questionnaire), date, language)


def file_of(name: str | None) -> str | None:
    """Where the questionnaire lies; None for a shipped one, which every cvp has."""
    if name is None or name in shipped():
        return None
    return printable(str(Path(find_questionnaire(name)).resolve()))
