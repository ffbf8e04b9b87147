"""Interviews on the disk: a journal of lines that are synced one by one, and read back to where an interview was.

`head` is a journal's first line, `journal` its bytes and what they say, `file` the open file, `session` an interview's
journal in its file, `replay` a journal as an interview's course, `carrying` what becomes of answers when their
questionnaire has changed, `folder` the sessions in a folder.
"""

from cvp.sessions.carrying import Carried, carried_notes, carry
from cvp.sessions.folder import Found, session_name, sessions_in
from cvp.sessions.head import Head, head_of
from cvp.sessions.journal import Journal, begun, parse_journal, read_journal
from cvp.sessions.replay import brought, course_of, skeleton
from cvp.sessions.session import Session, create, resume

__all__ = [
    "Carried",
    "Found",
    "Head",
    "Journal",
    "Session",
    "begun",
    "brought",
    "carried_notes",
    "carry",
    "course_of",
    "create",
    "head_of",
    "parse_journal",
    "read_journal",
    "resume",
    "session_name",
    "sessions_in",
    "skeleton",
]
