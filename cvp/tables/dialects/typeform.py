"""Typeform: one header row, `#`, the questions, then `Response Type`, `Start Date (UTC)`, `Submit Date (UTC)` and more.

Several answers stand in a column a choice, headed by the choice alone, or as ` / A / B` in one cell: neither is an
answer to a question that has one. Responses whose `Response Type` is not `completed` are left out.
"""

from typing import Final

from cvp.tables.layout import Apart, Head, Layout, Reason, Rule, first, plain_headings, positions

NAME: Final = "a Typeform export"
LOCALISED: Final = frozenset[str]()

_OWN: Final = (
    "#", "response type", "start date (utc)", "stage date (utc)", "submit date (utc)", "network id", "tags", "ending",
)  # fmt: skip


def recognise(head: Head) -> str | None:
    if head.names[:1] == ("#",) and "start date (utc)" in head.names:
        return "its first header is `#` and another `Start Date (UTC)`"
    return None


def layout(head: Head) -> Layout:
    kind = positions(head, "response type")
    return Layout(
        1,
        plain_headings(head),
        own=frozenset(positions(head, *_OWN)),
        keys=(0,),
        apart=Apart.EVERYWHERE,
        date=first(positions(head, "submit date (utc)", "start date (utc)")),
        rules=(Rule(Reason.UNFINISHED, kind, frozenset(("", "completed")), others=True),),
    )
