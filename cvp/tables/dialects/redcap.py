"""REDCap: one header row, the record's id first; `redcap_event_name` where there are events, `*_complete` a form.

Exported with labels, the same columns are `Event Name` and `Complete?`. Several answers have a column a choice,
`var___1`, with 0 or 1, where the number is the choice's code. A row all of whose instruments are incomplete is
unfinished and left out.
"""

import re
from typing import Final

from cvp.tables.layout import Head, Heading, Layout, Reason, Rule, first

NAME: Final = "a REDCap export"
LOCALISED: Final = frozenset[str]()

_OWN: Final = frozenset(
    ("event name", "repeat instrument", "repeat instance", "data access group", "survey identifier")
)
_INCOMPLETE: Final = frozenset(("", "0", "incomplete"))
_COMPLETE: Final = frozenset(("1", "unverified", "2", "complete"))
_BOX: Final = re.compile(r"(\w+?)___(\w+)")


def recognise(head: Head) -> str | None:
    names = head.names
    if "redcap_event_name" in names:
        return "its header names `redcap_event_name`"
    complete = [name for name in names if name.endswith("_complete")]
    if complete and (names[0] == "record_id" or any(_BOX.fullmatch(name) for name in names)):
        return f"its header names `{complete[0]}` beside a record id or ticked boxes"
    if names[:1] == ("record id",) and "complete?" in names:
        return "its first header is `Record ID` and another `Complete?`"
    return None


def layout(head: Head) -> Layout:
    names = head.names
    complete = tuple(i for i, name in enumerate(names) if name.endswith("_complete") or name == "complete?")
    dates = tuple(i for i, name in enumerate(names) if name.endswith("_timestamp") or name == "survey timestamp")
    tools = {i for i, name in enumerate(names) if name in _OWN or name.startswith("redcap_")}
    return Layout(
        1,
        tuple(_heading(header) for header in head.headers),
        own=frozenset({0, *complete, *dates, *tools}),
        keys=(0,),
        date=first(dates),
        rules=(Rule(Reason.UNFINISHED, complete, _INCOMPLETE, counts=_COMPLETE),) if complete else (),
    )


def _heading(header: str) -> Heading:
    box = _BOX.fullmatch(header.strip())
    return Heading((header,), box=(box[1], box[2])) if box else Heading((header,))
