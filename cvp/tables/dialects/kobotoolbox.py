"""KoboToolbox: one header row, `;` by default; names or labels, and `_uuid` and `_submission_time` after them.

Groups may stand before names, `g1/q2`. Where the form has HXL tags, a second header row holds them, `#adm1`. Several
answers stand in one cell with spaces between them, in columns `diet/vegan` with 0 or 1, or both. Submissions whose
validation status is "not approved" are left out.
"""

from typing import Final

from cvp.tables.layout import Apart, Head, Heading, Layout, Reason, Rule, first, positions

NAME: Final = "a KoboToolbox export"
LOCALISED: Final = frozenset[str]()

_OWN: Final = (
    "start", "end", "today", "username", "deviceid", "phonenumber", "__version__", "_version_", "_id", "_uuid",
    "_submission_time", "_validation_status", "_notes", "_status", "_submitted_by", "_tags", "_index",
    "formhub/uuid", "meta/instanceid", "meta/rootuuid",
)  # fmt: skip
_REVIEWED: Final = frozenset(("", "approved", "on hold", "validation_status_approved", "validation_status_on_hold"))


def recognise(head: Head) -> str | None:
    return (
        "its header names `_uuid` and `_submission_time`" if {"_uuid", "_submission_time"} <= set(head.names) else None
    )


def layout(head: Head) -> Layout:
    status = positions(head, "_validation_status")
    not_approved = frozenset(("not approved", "validation_status_not_approved"))
    return Layout(
        2 if _is_tags(head.row(1)) else 1,
        tuple(_heading(header) for header in head.headers),
        own=frozenset(positions(head, *_OWN)),
        keys=positions(head, "_uuid"),
        apart=Apart.EVERYWHERE,
        date=first(positions(head, "_submission_time")),
        rules=(Rule(Reason.REJECTED, status, not_approved, counts=_REVIEWED),),
    )


def _is_tags(row: tuple[str, ...]) -> bool:
    cells = [cell for cell in row if cell.strip()]
    return bool(cells) and all(cell.startswith("#") for cell in cells)


def _heading(header: str) -> Heading:
    question, slash, last = header.rpartition("/")
    if slash:
        return Heading((header, last), box=(question.rpartition("/")[2], last))
    return Heading((header,))
