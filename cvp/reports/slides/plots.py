"""Charts as plots: how high each is, and one with too many entries for a slide as several."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final, assert_never

from cvp.reports import sentences
from cvp.reports.fitting import fitted
from cvp.reports.slides.pieces import Line, Plot, Run
from cvp.reports.slides.typesetting import MOST_CAPTION, Sizes, shortened
from cvp.reports.story.charts import Bars, Chart, Dots, Dumbbells, HeatMap, Ladder, Matrix, Poll, Rung, Timeline, Trend
from cvp.speaking import _
from cvp.text import squeezed

MOST_LABEL, MOST_SPAN_LABEL = 64, 80
"""Columns of a label beside an axis."""

UPRIGHT, LEAST_UPRIGHT, SMALL = 225.0, 180.0, 150.0
AXIS: Final = 40.0
"""What an axis with its legend takes of the height of lying bars."""

BAR, SPAN, ROUND = 26.0, 20.0, 29.0
MOST_BARS, MOST_SPANS, MOST_ROUNDS, MOST_PAIRS = 12, 17, 11, 9


def plots_of(chart: Chart, caption: str, sizes: Sizes) -> Iterator[Plot]:
    """The chart, in parts where it has more entries than a slide has room for."""
    for number, part in enumerate(_parts(chart)):
        wish, least = _heights(part)
        title = _("{title}, continued").format(title=caption) if caption and number else caption
        line = Line((shortened(title, MOST_CAPTION, True),), sizes.body) if title else None
        yield Plot(part, chart, wish, least, line, tuple(_cut(part)))


def _parts(chart: Chart) -> Iterator[Chart]:
    match chart:
        case Timeline():
            for start in range(0, len(chart.spans), MOST_SPANS):
                yield replace(chart, spans=chart.spans[start : start + MOST_SPANS])
        case Bars():
            for start in range(0, len(chart.bars), MOST_BARS):
                yield replace(chart, bars=chart.bars[start : start + MOST_BARS])
        case Dots():
            for polls in _filled(chart.polls):
                yield replace(chart, polls=polls)
        case Dumbbells():
            for start in range(0, len(chart.pairs), MOST_PAIRS):
                yield replace(chart, pairs=chart.pairs[start : start + MOST_PAIRS])
        case Ladder() | HeatMap() | Matrix() | Trend():
            yield chart
        case _:
            assert_never(chart)


def _filled(polls: tuple[Poll, ...]) -> Iterator[tuple[Poll, ...]]:
    """As many as a slide has room for; one with a round before takes two places."""
    part: tuple[Poll, ...] = ()
    for poll in polls:
        if part and sum(map(_bars_of, (*part, poll))) > MOST_ROUNDS:
            yield part
            part = ()
        part += (poll,)
    yield part


def _bars_of(poll: Poll) -> int:
    return 2 if poll.earlier else 1


def _heights(chart: Chart) -> tuple[float, float]:
    match chart:
        case Bars() if not any(bar.low is not None for bar in chart.bars):
            wish = AXIS / 2 + BAR * len(chart.bars)
        case Timeline():
            wish = AXIS + SPAN * len(chart.spans)
        case Dots():
            wish = AXIS + ROUND * sum(map(_bars_of, chart.polls))
        case Trend():
            return SMALL, SMALL
        case _:
            return UPRIGHT, LEAST_UPRIGHT
    return wish, wish


def _cut(chart: Chart) -> Iterator[Run]:
    """What was shortened."""
    pairs = zip(_labels(chart), shown_labels(chart), strict=True)
    return (Run("", whole=label) for label, shown in pairs if shown != squeezed(label))


def shown_labels(chart: Chart) -> list[str]:
    """What stands beside the axis, an entry each."""
    most = MOST_SPAN_LABEL if isinstance(chart, Timeline) else MOST_LABEL
    return [fitted(label, most) for label in _labels(chart)]


def label_of(text: str) -> str:
    return fitted(text, MOST_LABEL)


def _labels(chart: Chart) -> list[str]:
    match chart:
        case Ladder():
            return [_rung(rung) for rung in chart.rungs]
        case Bars():
            return [_said(bar.label, bar.aside) for bar in chart.bars]
        case Dots():
            return [label for poll in chart.polls for label in _rounds(poll)]
        case Timeline():
            return [_said(span.group, span.label) for span in chart.spans]
        case Dumbbells():
            return [pair.label for pair in chart.pairs]
        case Trend():
            return [day for day, _value in chart.points]
        case HeatMap() | Matrix():
            return []
    assert_never(chart)


def _said(label: str, words: str) -> str:
    return _("{label}: {words}").format(label=label, words=words) if words else label


def _rung(rung: Rung) -> str:
    """Its score is said here and not at its mark, so that it is never rounded to a threshold that it misses."""
    words = rung.state if rung.score is None else f"{sentences.score(rung.score, rung.passing)} {rung.state}"
    named = _("{level} {name} (here): {words}") if rung.here else _("{level} {name}: {words}")
    return named.format(level=rung.level, name=rung.name, words=words)


def _rounds(poll: Poll) -> Iterator[str]:
    yield _said(poll.label, poll.words)
    if poll.earlier:
        yield _("{label}: the round before").format(label=poll.label)
