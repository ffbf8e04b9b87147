"""A new session for `assess`."""

from typing import Final

from cvp.ballots import votes_of
from cvp.catalogue import DEFAULT
from cvp.commands.asking.lines import ask_line
from cvp.commands.asking.opened import Opened, file_of
from cvp.commands.asking.reopening import reopen_session
from cvp.commands.asking.unfinished import unfinished
from cvp.commands.asking.wishes import Wishes
from cvp.commands.failing import say
from cvp.commands.given import ballots_given, day_of
from cvp.commands.languages import language_shown
from cvp.errors import Unwritable, WrongUsage
from cvp.loading import load_questionnaire
from cvp.sessions import course_of, create, head_of, session_name
from cvp.speaking import _, speaking
from cvp.text import one_line

LONGEST_NAME: Final = 200


def begin_session(wishes: Wishes) -> Opened:
    """A session in the file that `--session` names, or in one named for its company and day.

    Where one like it was left unfinished, that is told; on a terminal it goes on, unless the user wants a new one.
    Raises Unwritable at once where answers could not be kept, Invalid and WrongUsage.
    """
    questionnaire = load_questionnaire(wishes.questionnaire) if wishes.questionnaire else None
    ballots = ballots_given(questionnaire, wishes.ballots, wishes.company, wishes.map) if wishes.ballots else None
    questionnaire = ballots.questionnaire if ballots else questionnaire or load_questionnaire(DEFAULT)
    language = language_shown(questionnaire, wishes.language)
    with speaking(language):
        if wishes.session:
            begins = _("{file} is not there yet: a new session begins in it, with `{questionnaire}`")
            say("cvp: " + begins.format(file=wishes.session, questionnaire=questionnaire.id))
        company = wishes.company or (ballots and ballots.company) or ask_line(_("Which company is this about? "))
        company = one_line(company) or _("The company")
    if len(company) > LONGEST_NAME:
        raise WrongUsage(f"--company: a name has at most {LONGEST_NAME} characters")
    if not wishes.session and (file := unfinished(questionnaire, company, wishes, language)):
        return reopen_session(file, wishes)
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
