"""Charts as PowerPoint's own: editable, with the story's figures in a workbook of each."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, assert_never, cast

from pptx.chart.chart import Chart as NativeChart
from pptx.chart.series import LineSeries
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_MARKER_STYLE
from pptx.enum.dml import MSO_THEME_COLOR
from pptx.shapes.graphfrm import GraphicFrame
from pptx.slide import Slide
from pptx.util import Pt

from cvp.reports.palette import Palette, contrast, mixed
from cvp.reports.slides.chart_parts import (
    ACCENT,
    LABEL_SIZE,
    LINE,
    QUIET,
    SCORES,
    SOFT,
    TEXT,
    axes,
    lay_out,
    legend,
    lift_to_marks,
    paint,
    score_labels,
    value_labels,
)
from cvp.reports.slides.measuring import width_of
from cvp.reports.slides.paging import Box
from cvp.reports.slides.plots import label_of, shown_labels
from cvp.reports.slides.workbooks import Series, figures
from cvp.reports.story.charts import Bars, Chart, Dots, Dumbbells, HeatMap, Ladder, Matrix, Timeline, Trend
from cvp.speaking import N_, _

COUNTS: Final = "0;;"
"""Nothing in the place of a zero."""

DONT_KNOW: Final = N_("don't know")
PALEST: Final = 0.15
NARROW: Final = 600.0


@dataclass(frozen=True, slots=True)
class Place:
    """The slide and the box on it that a chart is drawn in, its colours, and the chart that it is a part of."""

    slide: Slide
    box: Box
    palette: Palette
    whole: Chart

    def add(
        self, kind: XL_CHART_TYPE, labels: Sequence[str], series: Sequence[Series], number_format: str = SCORES
    ) -> NativeChart:
        """A chart with these figures and nothing else yet."""
        b = self.box
        data = figures(labels, series, number_format)
        frame = self.slide.shapes.add_chart(kind, Pt(b.left), Pt(b.top), Pt(b.width), Pt(b.height), data)
        chart = cast(GraphicFrame, frame).chart
        chart.has_title = chart.has_legend = False
        chart.font.size = Pt(11)
        chart.font.color.theme_color = TEXT
        return chart


def draw_chart(place: Place, chart: Chart) -> None:
    """The chart in its place, as the last shape of the slide."""
    match chart:
        case Ladder():
            _ladder(place, chart)
        case Bars():
            _intervals(place, chart) if any(bar.low is not None for bar in chart.bars) else _bars(place, chart)
        case Dots():
            _dots(place, chart)
        case Timeline():
            _timeline(place, chart)
        case Dumbbells():
            _dumbbells(place, chart)
        case Trend():
            _trend(place, chart)
        case HeatMap() | Matrix():
            raise AssertionError("heat maps and matrices are tables")
        case _:
            assert_never(chart)


def _ladder(place: Place, ladder: Ladder) -> None:
    """A column a level: what is sure over what is open; marks for the score and the threshold."""
    series = [
        Series(_("At most"), tuple(rung.high for rung in ladder.rungs)),
        Series(_("At least"), tuple(rung.low for rung in ladder.rungs)),
        Series(_("Needs"), tuple(rung.passing for rung in ladder.rungs)),
        Series(_("Score"), tuple(rung.score for rung in ladder.rungs)),
    ]
    chart = place.add(XL_CHART_TYPE.COLUMN_CLUSTERED, shown_labels(ladder), series)
    chart.plots[0].overlap, chart.plots[0].gap_width = 100, 70
    needs, score = lift_to_marks(chart, 2)
    most, least = chart.plots[0].series
    paint(most, LINE)
    paint(least, SOFT)
    _mark(needs, XL_MARKER_STYLE.DASH, 24, TEXT)
    _mark(score, XL_MARKER_STYLE.CIRCLE, 11, ACCENT)
    axes(chart, top=1, step=0.25, number_format=SCORES)
    legend(chart)


def _mark(series: LineSeries, style: XL_MARKER_STYLE, size: int, colour: MSO_THEME_COLOR) -> None:
    """Marks without a line between them."""
    series.format.line.fill.background()
    series.smooth = False
    marker = series.marker
    marker.style, marker.size = style, size
    paint(marker, colour)
    marker.format.line.fill.background()


def _bars(place: Place, bars: Bars) -> None:
    """Lying bars, the first on top, each with what is said beside it."""
    chart = place.add(
        XL_CHART_TYPE.BAR_CLUSTERED, shown_labels(bars), [Series(_("Share"), tuple(bar.share for bar in bars.bars))]
    )
    plot = chart.plots[0]
    plot.gap_width = 45
    paint(plot.series[0], ACCENT)
    axes(chart, top=1, lying=True, shown=False)
    lay_out(chart, left=0.46 if place.box.width < NARROW else 0.3, width=0.5)


def _intervals(place: Place, bars: Bars) -> None:
    """Columns, with marks for the ends of each one's interval."""
    series = [
        Series(_("Share"), tuple(bar.share for bar in bars.bars)),
        Series(_("At least"), tuple(bar.low for bar in bars.bars)),
        Series(_("At most"), tuple(bar.high for bar in bars.bars)),
    ]
    chart = place.add(XL_CHART_TYPE.COLUMN_CLUSTERED, shown_labels(bars), series)
    chart.plots[0].gap_width = 90
    for marks in lift_to_marks(chart, 2, joined=True):
        _mark(marks, XL_MARKER_STYLE.DASH, 14, TEXT)
    paint(chart.plots[0].series[0], SOFT)
    axes(chart, top=1, step=0.25, number_format=SCORES)
    legend(chart)


def _dots(place: Place, dots: Dots) -> None:
    """A bar a round, from the lowest choice on the left; those who do not know at the end."""
    rounds = []
    for poll in dots.polls:
        rounds.append((poll.votes, poll.dont_know))
        rounds += [(poll.earlier, 0)] if poll.earlier else []
    most = max(len(votes) for votes, _unknown in rounds)
    series = [
        Series(_choice(dots, at), tuple(votes[at] if at < len(votes) else 0 for votes, _unknown in rounds))
        for at in range(most)
    ]
    if any(unknown for _votes, unknown in rounds):
        series.append(Series(_(DONT_KNOW), tuple(unknown for _votes, unknown in rounds)))
    chart = place.add(XL_CHART_TYPE.BAR_STACKED, shown_labels(dots), series, COUNTS)
    chart.plots[0].overlap, chart.plots[0].gap_width = 100, 35
    for at, one in enumerate(chart.plots[0].series):
        shade = mixed(place.palette.paper, place.palette.mark, PALEST + (1 - PALEST) * at / max(most - 1, 1))
        colour = shade if at < most else place.palette.line
        paint(one, RGBColor.from_string(colour[1:].upper()))
        on = max((place.palette.ink, place.palette.paper), key=lambda ink: contrast(ink, colour))
        value_labels(one, COUNTS, RGBColor.from_string(on[1:].upper()))
    whole = place.whole if isinstance(place.whole, Dots) else dots
    axes(chart, top=max(sum(poll.votes) + poll.dont_know for poll in whole.polls), lying=True, shown=False)
    legend(chart)
    lay_out(chart, left=0.36, width=0.62, below=30 / place.box.height)


def _choice(dots: Dots, at: int) -> str:
    """What a place among the choices is called: the choice itself where all questions have the same."""
    if len({poll.choices for poll in dots.polls}) == 1:
        return label_of(dots.polls[0].choices[at])
    return _("lowest choice") if at == 0 else _("choice {n}").format(n=at + 1)


def _timeline(place: Place, timeline: Timeline) -> None:
    """A bar a move, behind an unseen one from the start; a colour for each group; lines where the first mark is."""
    spans, whole = timeline.spans, place.whole if isinstance(place.whole, Timeline) else timeline
    groups = list(dict.fromkeys(span.group for span in whole.spans))
    series = [Series(_("Days before"), tuple(span.start for span in spans))]
    for group in groups:
        days = tuple(span.end - span.start if span.group == group else None for span in spans)
        series.append(Series(label_of(group), days))
    chart = place.add(XL_CHART_TYPE.BAR_STACKED, shown_labels(timeline), series, "0")
    chart.plots[0].overlap, chart.plots[0].gap_width = 100, 40
    before, *bars = chart.plots[0].series
    before.format.fill.background()
    for number, bar in enumerate(bars):
        paint(bar, (ACCENT, QUIET, SOFT)[number % 3])
    step = timeline.marks[0][0] if timeline.marks else None
    axes(chart, top=max(span.end for span in whole.spans), step=step, lying=True, number_format="0")
    left = _beside(shown_labels(whole), place)
    lay_out(chart, left=left, width=0.98 - left, below=22 / place.box.height)


def _beside(labels: Sequence[str], place: Place) -> float:
    """The share of the chart's width that the labels at its left need on one line; more than half is the bars'."""
    widest = max(width_of(label, LABEL_SIZE) for label in labels)
    return min(0.5, max(0.42, widest / place.box.width))


def _dumbbells(place: Place, pairs: Dumbbells) -> None:
    """Two columns side by side."""
    series = [
        Series(label_of(pairs.first), tuple(pair.first for pair in pairs.pairs)),
        Series(label_of(pairs.second), tuple(pair.second for pair in pairs.pairs)),
    ]
    chart = place.add(XL_CHART_TYPE.COLUMN_CLUSTERED, shown_labels(pairs), series)
    chart.plots[0].overlap, chart.plots[0].gap_width = -5, 80
    for one, colour in zip(chart.plots[0].series, (SOFT, ACCENT), strict=True):
        paint(one, colour)
        score_labels(one, XL_LABEL_POSITION.OUTSIDE_END)
    axes(chart, top=1, step=0.25, number_format=SCORES)
    legend(chart)


def _trend(place: Place, trend: Trend) -> None:
    """A line with its points."""
    series = [Series(label_of(trend.label), tuple(value for _day, value in trend.points))]
    chart = place.add(XL_CHART_TYPE.LINE_MARKERS, shown_labels(trend), series)
    line = chart.plots[0].series[0]
    line.smooth = False
    line.format.line.color.theme_color = ACCENT
    line.format.line.width = Pt(2.25)
    line.marker.style, line.marker.size = XL_MARKER_STYLE.CIRCLE, 8
    paint(line.marker, ACCENT)
    whole = trend.top > 1
    if whole:
        value_labels(line, "0", position=XL_LABEL_POSITION.ABOVE)
    else:
        score_labels(line, XL_LABEL_POSITION.ABOVE)
    axes(chart, top=trend.top, bottom=trend.bottom, step=1 if whole else 0.5, number_format="0" if whole else SCORES)
