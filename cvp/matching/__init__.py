"""Which question a column's name means, and which choice a cell: by ids, labels, numbers, scores, never by a guess."""

from cvp.matching.cells import (
    NOT_APPLICABLE,
    NUMERIC,
    TEXTUAL,
    WORDS,
    Cell,
    Cells,
    Meanings,
    Reading,
    look_at,
    meanings_of,
)
from cvp.matching.folding import folded, headline, near, number_in, unnumbered
from cvp.matching.headers import CLOSE, Headers, choice_named, choice_near, match_headers, questions_named
from cvp.matching.numbering import Numbering, numberings

__all__ = [
    "CLOSE",
    "NOT_APPLICABLE",
    "NUMERIC",
    "TEXTUAL",
    "WORDS",
    "Cell",
    "Cells",
    "Headers",
    "Meanings",
    "Numbering",
    "Reading",
    "choice_named",
    "choice_near",
    "folded",
    "headline",
    "look_at",
    "match_headers",
    "meanings_of",
    "near",
    "number_in",
    "numberings",
    "questions_named",
    "unnumbered",
]
