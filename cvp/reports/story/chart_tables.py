"""Every picture as a table, for those who do not see it and for formats that do not draw it."""

from typing import assert_never

from cvp.reports.story.blocks import Cell, Table
from cvp.reports.story.cells import number, score, words
from cvp.reports.story.charts import Bars, Chart, Dots, Dumbbells, HeatMap, Ladder, Matrix, Timeline, Trend
from cvp.speaking import _, pgettext, threshold


def table_of(chart: Chart) -> Table:
    """The same figures as the picture, in words and numbers."""
    match chart:
        case Ladder():
            return _ladder(chart)
        case Bars():
            return _bars(chart)
        case HeatMap():
            return _heat_map(chart)
        case Matrix():
            return _matrix(chart)
        case Dots():
            return _dots(chart)
        case Timeline():
            return _timeline(chart)
        case Dumbbells():
            return _dumbbells(chart)
        case Trend():
            return _trend(chart)
    assert_never(chart)


def _ladder(chart: Ladder) -> Table:
    here = _("{level} (here)")
    rows = tuple(
        (
            words(here.format(level=f"{rung.level} {rung.name}") if rung.here else f"{rung.level} {rung.name}"),
            score(rung.score, rung.passing),
            score(rung.low, rung.passing),
            score(rung.high, rung.passing),
            Cell(threshold(rung.passing), rung.passing),
            words(rung.state),
        )
        for rung in reversed(chart.rungs)
    )
    headers = (_("Level"), _("Score"), _("At least"), _("At most"), _("Needs"), _("Gate"))
    return Table(headers, rows, chart.alt, frozenset({1, 2, 3, 4}))


def _bars(chart: Bars) -> Table:
    rows = tuple((words(bar.label), score(bar.share), words(bar.aside)) for bar in chart.bars)
    return Table(("", _("Share"), ""), rows, chart.alt, frozenset({1}))


def _heat_map(chart: HeatMap) -> Table:
    rows = tuple(
        (words(group), words(tile.label + tile.mark), score(tile.share), words(tile.words))
        for group, tiles in chart.groups
        for tile in tiles
    )
    return Table((_("Level"), _("Criterion"), _("Score"), _("Answer")), rows, chart.alt, frozenset({2}))


def _matrix(chart: Matrix) -> Table:
    rows = tuple((words(label), *(Cell(cell.words, cell.share) for cell in cells)) for label, cells in chart.rows)
    return Table((chart.corner, *chart.columns), rows, chart.alt, frozenset(range(1, len(chart.columns) + 1)))


def _dots(chart: Dots) -> Table:
    rows = tuple(
        (
            words(poll.label),
            words(" · ".join(map(str, poll.votes))),
            words(" · ".join(map(str, poll.earlier))),
            number(poll.dont_know),
            words(poll.words),
        )
        for poll in chart.polls
    )
    votes, earlier = _("Votes, lowest choice first"), _("The round before")
    headers = (_("Question"), votes, earlier, _("Don't know"), _("Agreement"))
    return Table(headers, rows, chart.alt, frozenset({3}))


def _timeline(chart: Timeline) -> Table:
    rows = tuple(
        (words(span.label), words(span.group), number(span.start + 1), number(span.end)) for span in chart.spans
    )
    headers = (_("Move"), pgettext("for a level", "For"), _("From working day"), _("To working day"))
    return Table(headers, rows, chart.alt, frozenset({2, 3}))


def _dumbbells(chart: Dumbbells) -> Table:
    rows = tuple((words(p.label), score(p.first), score(p.second), words(p.words)) for p in chart.pairs)
    return Table(("", chart.first, chart.second, ""), rows, chart.alt, frozenset({1, 2}))


def _trend(chart: Trend) -> Table:
    shown = number if chart.top > 1 else score
    rows = tuple((words(day), shown(value)) for day, value in chart.points)
    return Table((_("When"), chart.label), rows, chart.alt, frozenset({1}))
