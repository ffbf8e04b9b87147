"""Pictures out of characters: two measurements on a line, and values over time as little bars."""

from cvp.reports.story.charts import Pair, Trend
from cvp.reports.terminal.layout import Page

BARS = "▁▂▃▄▅▆▇█"
WIDE = 76


def axis(page: Page) -> str:
    """What stands over the lines of dumbbells."""
    return "0" + " " * (_cells(page) - 2) + "1"


def _cells(page: Page) -> int:
    return 20 if page.look.width >= WIDE else 10


def dumbbell(pair: Pair, page: Page) -> str:
    """A line from 0 to 1 with the first value as an open circle and the second as a full one; one where they meet."""
    cells = _cells(page)
    none, line, first, second = (".", "-", "o", "*") if page.look.ascii_only else ("·", "─", "○", "●")
    signs = [none] * cells
    places = [None if value is None else _place(value, cells) for value in (pair.first, pair.second)]
    if None not in places:
        low, high = sorted(place for place in places if place is not None)
        signs[low : high + 1] = line * (high + 1 - low)
    for place, sign in zip(places, (first, second), strict=True):
        if place is not None:
            signs[place] = sign
    return "".join(signs)


def _place(value: float, cells: int) -> int:
    return min(cells - 1, max(0, int(value * cells)))


def sparkline(trend: Trend, page: Page) -> str:
    """A sign for each point, the higher the more; in ASCII a digit, tenths of the scale."""
    room = (trend.top - trend.bottom) or 1
    shares = [min(1.0, max(0.0, (value - trend.bottom) / room)) for _, value in trend.points]
    if page.look.ascii_only:
        return "".join(str(round(share * 9)) for share in shares)
    return "".join(BARS[round(share * (len(BARS) - 1))] for share in shares)
