"""Qualtrics: three header rows (names, question texts, import ids as JSON); its XLSX lacks the third.

A multiple-choice question has one column, its text sometimes followed by ` - Selected Choice`; where several answers
are allowed it has one a choice (`Q1_2`, `text - Selected Choice - choice`), or texts with commas in one cell, which is
no answer to a question that has one. Test answers, previews, spam and unfinished responses are left out by `Status`
and `Finished`, in words or (where values were exported) in Qualtrics' numbers; other words there are told of.
"""

import json
from typing import Final

from cvp.tables.layout import FALSE, TRUE, Apart, Head, Heading, Layout, Reason, Rule, first, positions

NAME: Final = "a Qualtrics export"
LOCALISED: Final = frozenset[str]()

_CHOSEN: Final = " - Selected Choice"
_OWN: Final = (
    "startdate", "enddate", "status", "ipaddress", "progress", "duration (in seconds)", "finished", "recordeddate",
    "responseid", "recipientlastname", "recipientfirstname", "recipientemail", "externalreference", "locationlatitude",
    "locationlongitude", "distributionchannel", "userlanguage", "q_datapolicyviolations", "q_recaptchascore",
)  # fmt: skip
_PREVIEW: Final = frozenset(("survey preview", "offline survey preview", "umfragevorschau", "1", "17"))
_ANSWER: Final = frozenset(("", "ip address", "ip-adresse", "imported", "importiert", "offline", "0", "4", "16"))


def recognise(head: Head) -> str | None:
    if _import_id(head.row(2)[0] if head.row(2) else ""):
        return "its third row holds import ids"
    if {"responseid", "startdate", "finished"} <= set(head.names):
        return "its header names `ResponseId`, `StartDate` and `Finished`"
    return None


def layout(head: Head) -> Layout:
    texts = head.row(1) if _header_rows(head) > 1 else head.headers
    pairs = zip(head.headers, texts, strict=True)
    status, finished = positions(head, "status"), positions(head, "finished")
    return Layout(
        header_rows=_header_rows(head),
        headings=tuple(_heading(name, text) for name, text in pairs),
        own=frozenset(positions(head, *_OWN)),
        keys=positions(head, "responseid"),
        apart=Apart.EVERYWHERE,
        date=first(positions(head, "recordeddate", "enddate")),
        rules=(
            Rule(Reason.PREVIEW, status, _PREVIEW, counts=_ANSWER),
            Rule(Reason.TEST, status, frozenset(("survey test", "umfragetest", "2"))),
            Rule(Reason.SPAM, status, frozenset(("spam", "possible spam", "8", "9", "12"))),
            Rule(Reason.UNFINISHED, finished, FALSE, counts=TRUE),
        ),
    )


def _header_rows(head: Head) -> int:
    if _import_id(head.row(2)[0] if head.row(2) else ""):
        return 3
    return 2 if head.row(1)[:1] == ("Start Date",) else 1


def _import_id(cell: str) -> str:
    """`QID1` of `{"ImportId":"QID1"}`; empty where the cell is nothing of the kind."""
    try:
        found = json.loads(cell)
    except (ValueError, RecursionError):
        return ""
    return str(found.get("ImportId", "")) if isinstance(found, dict) else ""


def _heading(name: str, text: str) -> Heading:
    question, chosen, choice = text.partition(_CHOSEN)
    if chosen and (choice := choice.removeprefix(" - ").strip()):
        return Heading((name,), box=(question, choice))
    return Heading((name, question) if chosen else (name, text, text.rpartition(" - ")[2]))
