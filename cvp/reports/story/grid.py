"""Two lenses crossed: what each crossing scores, and where nothing is."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from cvp.assessment import Assessment, CriterionResult, LensResult
from cvp.reports import sentences
from cvp.reports.story.blocks import Block, Bullets, Figure, Paragraph, Section
from cvp.reports.story.charts import Crossing, Matrix
from cvp.speaking import N_, _, ngettext, pgettext

NOT_ASKED: Final = "–"
OPEN: Final = "?"
NOT_APPLICABLE: Final = "n/a"
SIGNS: Final = {
    NOT_ASKED: N_("– not asked"),
    OPEN: N_("? open, behind a score in part"),
    NOT_APPLICABLE: N_("n/a not applicable"),
}
MOST_NAMED: Final = 3
MOST_OPEN: Final = 6


@dataclass(frozen=True, slots=True)
class Named:
    """A crossing with the names of its row and column; `passing` is the least score that any of its gates needs."""

    row: str
    column: str
    cell: Crossing
    passing: float = 0

    @property
    def said(self) -> str:
        return f"{self.row}, {self.column}"


def grid(a: Assessment) -> Section:
    """The crossings with the means of rows and columns, then the telling ones by name; nothing where none are asked."""
    lenses = {lens.id: lens for lens in a.lenses}
    if not a.grid:
        return Section("grid", _("The grid"), ())
    rows, columns = lenses[a.grid.rows], lenses[a.grid.columns]
    named = list(_named(a, rows, columns))
    asked = [one for one in named if one.cell.words != NOT_ASKED]
    if not asked:
        return Section("grid", _("The grid"), ())
    answered = sum(one.cell.share is not None for one in asked)
    said = ngettext(
        "{n} of {total} crossings are asked, {answered} answered.",
        "{n} of {total} crossings are asked, {answered} answered.",
        len(asked),
    ).format(n=len(asked), total=len(named), answered=answered)
    chart = _matrix(a, rows, columns, [one.cell for one in named])
    blocks: list[Block] = [
        Paragraph(said),
        Figure(chart, _("{rows} by {columns}").format(rows=rows.label, columns=columns.label)),
    ]
    blocks += [Paragraph(f"{legend}.", tone="quiet")] if (legend := _legend(chart)) else []
    return Section("grid", _("The grid"), (*blocks, *_telling(asked)))


def _named(a: Assessment, rows: LensResult, columns: LensResult) -> Iterator[Named]:
    """Row by row."""
    passing = {level.level: level.passing for level in a.levels}
    for row in rows.values:
        of_row = [c for c in a.criteria if c.lenses.get(rows.id) == row.id]
        for column in columns.values:
            found = [c for c in of_row if c.lenses.get(columns.id) == column.id]
            needed = min((passing[c.level] for c in found), default=0)
            yield Named(row.label, column.label, crossing(found), needed)


def crossing(criteria: Sequence[CriterionResult]) -> Crossing:
    """The weighted mean of what is answered, exact until it is rounded (method.md, lenses), and how it is shown."""
    counted = [(_exact(c.weight), _exact(c.answer.score or 0)) for c in criteria if c.answer.state == "answered"]
    still_open = any(c.answer.state not in ("answered", "not_applicable") for c in criteria)
    weight = sum(weight for weight, __ in counted)
    if not weight:
        return Crossing(None, NOT_ASKED if not criteria else OPEN if still_open else NOT_APPLICABLE)
    share = float(sum(weight * score for weight, score in counted) / weight)
    return Crossing(share, sentences.score(share) + OPEN * still_open)


def _exact(number: float) -> Fraction:
    return Fraction(str(number))


def _matrix(a: Assessment, rows: LensResult, columns: LensResult, cells: Sequence[Crossing]) -> Matrix:
    """The crossings row by row, each row with its mean behind it, and the means of the columns below."""
    wide = len(columns.values)
    drawn = tuple(
        (row.label, (*cells[at * wide : (at + 1) * wide], _mean(a, rows.id, row.id)))
        for at, row in enumerate(rows.values)
    )
    means = (*(_mean(a, columns.id, column.id) for column in columns.values), Crossing(None, ""))
    return Matrix(
        alt=_("{rows} by {columns}; the darker, the higher the score, from 0 to 1.").format(
            rows=rows.label, columns=columns.label
        ),
        corner=rows.label,
        columns=(*(column.label for column in columns.values), _("Mean")),
        rows=(*drawn, (_("Mean"), means)),
    )


def _mean(a: Assessment, lens: str, value: str) -> Crossing:
    return crossing([c for c in a.criteria if c.lenses.get(lens) == value])


def _legend(chart: Matrix) -> str:
    """What the signs mean that stand in it."""
    shown = " ".join(cell.words for __, cells in chart.rows for cell in cells)
    return _("; ").join(_(meaning) for sign, meaning in SIGNS.items() if sign in shown)


def _telling(asked: Iterable[Named]) -> Iterator[Bullets]:
    """Where nothing is, the weakest and the strongest of the others, and what is open.

    What would do for a gate is never among the weakest, nor what would not among the strongest.
    """
    scored = sorted(((one.cell.share, one) for one in asked if one.cell.share is not None), key=lambda pair: pair[0])
    empty = [one.said for share, one in scored if share == 0]
    rest = [(one, share) for share, one in scored if share]
    few = min(MOST_NAMED, len(rest) // 2)
    weakest = [(one, share) for one, share in rest[:few] if share < one.passing]
    strongest = [(one, share) for one, share in rest[::-1][: max(few, min(len(rest), 1))] if share >= one.passing]
    still_open = [one.said for one in asked if one.cell.words == OPEN]
    lists = {
        _("Missing"): empty,
        _("Weakest"): [_scored(*pair) for pair in weakest],
        _("Strongest"): [_scored(*pair) for pair in strongest],
        pgettext("questions", "Open"): [*still_open[:MOST_OPEN], *_more(still_open)],
    }
    return (Bullets(tuple(entries), title=title) for title, entries in lists.items() if entries)


def _scored(one: Named, share: float) -> str:
    return f"{one.said} ({sentences.score(share, one.passing)})"


def _more(entries: Sequence[str]) -> list[str]:
    return [sentences.and_more(len(entries) - MOST_OPEN)] if len(entries) > MOST_OPEN else []
