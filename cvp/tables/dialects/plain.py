"""A table that no survey tool laid out: one header row of question ids or labels."""

from typing import Final

from cvp.tables.layout import Apart, Head, Layout, first, plain_headings, positions

NAME: Final = "a plain table"
LOCALISED: Final = frozenset[str]()

KEYS: Final = ("id", "respondent", "respondent_id", "respondent id", "company")
"""Headers that tell respondents apart."""


def recognise(head: Head) -> str | None:  # noqa: ARG001 - it fits every head
    return "no survey tool's marks are in its header"


def layout(head: Head) -> Layout:
    keys, date = positions(head, *KEYS), first(positions(head, "date"))
    own = frozenset((*keys, *(() if date is None else (date,))))
    apart = Apart.WITH_ANSWERS if [head.names[key] for key in keys] == ["company"] else Apart.IN_FILE  # of colleagues
    return Layout(1, plain_headings(head), own=own, keys=keys, apart=apart, date=date)
