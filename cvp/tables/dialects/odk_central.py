"""ODK Central: one header row, `SubmissionDate` first and `KEY` towards the end; groups stand before names, `g1-q2`.

Several answers stand in one cell with spaces between them and, where the export was told to split them, in columns
`q1/a` with 0 or 1. Submissions that a reviewer rejected are left out.
"""

from typing import Final

from cvp.tables.layout import Apart, Head, Heading, Layout, Reason, Rule, positions

NAME: Final = "an ODK Central export"
LOCALISED: Final = frozenset[str]()

_OWN: Final = (
    "submissiondate", "meta-instanceid", "meta-instancename", "key", "submitterid", "submittername",
    "attachmentspresent", "attachmentsexpected", "status", "reviewstate", "deviceid", "edits", "formversion",
)  # fmt: skip
_REVIEWED: Final = frozenset(("", "received", "edited", "hasissues", "approved"))


def recognise(head: Head) -> str | None:
    if head.names[:1] == ("submissiondate",) and "key" in head.names:
        return "its first header is `SubmissionDate` and another `KEY`"
    return None


def layout(head: Head) -> Layout:
    return Layout(
        1,
        tuple(_heading(header) for header in head.headers),
        own=frozenset({0, *positions(head, *_OWN)}),
        keys=positions(head, "key"),
        apart=Apart.EVERYWHERE,
        date=0,
        rules=(Rule(Reason.REJECTED, positions(head, "reviewstate"), frozenset(("rejected",)), counts=_REVIEWED),),
    )


def _heading(header: str) -> Heading:
    question, slash, choice = header.rpartition("/")
    if slash:
        return Heading((header,), box=(question.rpartition("-")[2], choice))
    return Heading((header, header.rpartition("-")[2]))
