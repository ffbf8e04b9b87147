"""SurveyMonkey: two header rows, the questions' texts and under them `Response`, `Open-Ended Response` or the choices.

A question with several columns has its text over the first alone. Under it stand its choices, where several may be
ticked, or the statements of a matrix, which are tried as labels. Nothing in the file tells unfinished responses apart:
leave them out in the export.
"""

from collections.abc import Iterator
from typing import Final

from cvp.tables.layout import Apart, Head, Heading, Layout, first, plain_headings, positions

NAME: Final = "a SurveyMonkey export"
LOCALISED: Final = frozenset(("befragten-id", "teilnehmer-id", "id du répondant", "id de encuestado"))

_OWN: Final = (
    "respondent id", "collector id", "start date", "end date", "date created", "date modified", "ip address",
    "email address", "first name", "last name", "custom data 1",
)  # fmt: skip
_ONE: Final = ("", "response", "open-ended response")


def recognise(head: Head) -> str | None:
    if head.names[:2] == ("respondent id", "collector id"):
        return "its first headers are `Respondent ID` and `Collector ID`"
    return None


def layout(head: Head) -> Layout:
    has_answer_below = bool(head.row(1) and head.row(1)[0].strip())  # somebody deleted the second header row
    return Layout(
        header_rows=1 if has_answer_below else 2,
        headings=plain_headings(head) if has_answer_below else tuple(_headings(head)),
        own=frozenset({0, *positions(head, *_OWN)}),
        keys=(0,),
        apart=Apart.EVERYWHERE,
        date=first(positions(head, "end date", "date modified", "start date", "date created")),
    )


def _headings(head: Head) -> Iterator[Heading]:
    question = ""
    for above, below in zip(head.headers, head.row(1), strict=True):
        question = above if above.strip() else question
        if below.strip().casefold() in _ONE:
            yield Heading((above,) if above.strip() else ())
        else:
            yield Heading((below,), box=(question, below))
