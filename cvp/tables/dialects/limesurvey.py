"""LimeSurvey: one header row with a BOM, `;` by default; `id`, `submitdate`, `lastpage`, `startlanguage` and codes.

Headers are codes, texts (`Response ID`; in German `Antwort ID`), or both (`id. Response ID`), as was chosen for the
export. Question codes have no underscores. A question with several columns has its parts in brackets, `Q2[SQ001]`: the
choices of one where several may be ticked (`Y` or empty), or the rows of an array, which are tried as ids and labels. A
response without a submit date is unfinished and left out. Answer codes are short (`A1`): export full answers, or say in
the map what they mean.
"""

import re
from typing import Final

from cvp.matching import folded
from cvp.tables.layout import Head, Heading, Layout, Reason, Rule, first

NAME: Final = "a LimeSurvey export"
LOCALISED: Final = frozenset(("id de la réponse", "id de respuesta"))

_CODES: Final = {
    "response id": "id",
    "date submitted": "submitdate",
    "last page": "lastpage",
    "start language": "startlanguage",
    "date started": "startdate",
    "date last action": "datestamp",
    "ip address": "ipaddr",
    "referrer url": "refurl",
    "total time": "interviewtime",
    "antwort id": "id",
    "datum abgeschickt": "submitdate",
    "letzte seite": "lastpage",
    "start-sprache": "startlanguage",
    "zufallsstartwert": "seed",
    "datum gestartet": "startdate",
    "datum letzte aktivität": "datestamp",
}
_OWN: Final = frozenset((*_CODES.values(), "seed", "token"))
_MARKS: Final = frozenset(("submitdate", "lastpage", "startlanguage"))
_PART: Final = re.compile(r"(.+?)\s*\[([^\[\]]+)\]\s*", re.DOTALL)


def recognise(head: Head) -> str | None:
    codes = {_code(header) for header in head.headers}
    return "its header names the submit date, the last page and the start language" if codes >= _MARKS else None


def layout(head: Head) -> Layout:
    codes = [_code(header) for header in head.headers]
    submitted = tuple(index for index, code in enumerate(codes) if code == "submitdate")
    return Layout(
        1,
        tuple(_heading(header) for header in head.headers),
        own=frozenset(
            i for i, code in enumerate(codes) if code in _OWN or code.startswith(("grouptime", "questiontime"))
        ),
        keys=tuple(index for index, code in enumerate(codes) if code == "id")[:1],
        date=first(submitted),
        rules=(Rule(Reason.UNFINISHED, submitted[:1], frozenset(("",))),),
    )


def _code(header: str) -> str:
    """The code in a header of any of the three kinds."""
    name = folded(header)
    return _CODES.get(name, name.partition(". ")[0])


def _heading(header: str) -> Heading:
    code, dot, text = header.partition(". ")
    names = (header, code, text) if dot and " " not in code.strip() else (header,)
    if part := _PART.fullmatch(header):
        return Heading((*names, part[2]), box=(part[1], part[2]))
    return Heading(names)
