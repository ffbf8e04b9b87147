"""Parts that several charts share: axes, legend, colours, labels, marks."""

from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from pptx.chart.axis import ValueAxis
from pptx.chart.chart import Chart as NativeChart
from pptx.chart.marker import Marker
from pptx.chart.series import BarSeries, LineSeries
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_LABEL_POSITION, XL_LEGEND_POSITION, XL_TICK_LABEL_POSITION, XL_TICK_MARK
from pptx.enum.dml import MSO_THEME_COLOR
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Pt

from cvp.reports.sentences import score
from cvp.speaking import decimal

TEXT: Final = MSO_THEME_COLOR.TEXT_1
QUIET: Final = MSO_THEME_COLOR.TEXT_2
ACCENT: Final = MSO_THEME_COLOR.ACCENT_1
SOFT: Final = MSO_THEME_COLOR.ACCENT_2
LINE: Final = MSO_THEME_COLOR.ACCENT_5

SCORES: Final = "0.00"
LABEL_SIZE: Final = 10.5


def paint(part: BarSeries | LineSeries | Marker, colour: MSO_THEME_COLOR | RGBColor) -> None:
    """Fill it with one colour, of the theme where that has it."""
    fill = part.format.fill
    fill.solid()
    if isinstance(colour, RGBColor):
        fill.fore_color.rgb = colour
    else:
        fill.fore_color.theme_color = colour


def axes(
    chart: NativeChart,
    top: float,
    bottom: float = 0,
    step: float | None = None,
    lying: bool = False,
    shown: bool = True,
    number_format: str = "0",
) -> None:
    """The scale from `bottom` to `top` with a line at each step; of lying bars the first is on top."""
    values: ValueAxis = chart.value_axis
    values.minimum_scale, values.maximum_scale, values.major_unit = bottom, top, step
    values.visible = shown
    values.has_major_gridlines = shown
    values.major_tick_mark = XL_TICK_MARK.NONE
    if shown:
        values.major_gridlines.format.line.color.theme_color = LINE
        values.major_gridlines.format.line.width = Pt(0.75)
        values.format.line.fill.background()
        values.tick_labels.number_format, values.tick_labels.number_format_is_linked = number_format, False
        values.tick_labels.font.size = Pt(10)
        values.tick_labels.font.color.theme_color = QUIET
    categories = chart.category_axis
    categories.major_tick_mark = XL_TICK_MARK.NONE
    categories.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    categories.format.line.color.theme_color = LINE
    categories.reverse_order = lying
    if lying and shown:
        # The scale stands at the last bar, which is the lowest once their order is reversed.
        values.tick_label_position = XL_TICK_LABEL_POSITION.HIGH


def legend(chart: NativeChart) -> None:
    """Below the chart."""
    chart.has_legend = True
    chart.legend.position = XL_LEGEND_POSITION.BOTTOM
    chart.legend.include_in_layout = False
    chart.legend.font.size = Pt(10.5)


def value_labels(
    series: BarSeries | LineSeries,
    number_format: str,
    colour: MSO_THEME_COLOR | RGBColor = TEXT,
    position: XL_LABEL_POSITION = XL_LABEL_POSITION.CENTER,
) -> None:
    """Each point's value, written at it."""
    labels = series.data_labels
    labels.show_value = True
    labels.number_format, labels.number_format_is_linked = number_format, False
    labels.position = position
    labels.font.size = Pt(LABEL_SIZE)
    if isinstance(colour, RGBColor):
        labels.font.color.rgb = colour
    else:
        labels.font.color.theme_color = colour


def score_labels(series: BarSeries | LineSeries, position: XL_LABEL_POSITION) -> None:
    """Each point's score, shown as the rest of the report shows it.

    PowerPoint rounds a half up, and 0.625 is 0.62 everywhere else: such a point is labelled in words of ours.
    """
    value_labels(series, SCORES, position=position)
    for number, value in enumerate(series.values):
        if value is not None and _by_powerpoint(value) != score(value):
            label = series.points[number].data_label
            run = label.text_frame.paragraphs[0].add_run()
            run.text = score(value)
            run.font.size = Pt(LABEL_SIZE)
            label.position = position


def _by_powerpoint(value: float) -> str:
    return decimal(float(Decimal(value).quantize(Decimal(SCORES), ROUND_HALF_UP)), ".2f")


def lay_out(chart: NativeChart, left: float, width: float, below: float = 0.0) -> None:
    """The plot within the chart, in shares of it: labels stand left of it, an axis and a legend `below`."""
    places = {"x": left, "y": 0.01, "w": width, "h": 0.98 - below}
    layout = "".join(f'<c:{name} val="{share:.4f}"/>' for name, share in places.items())
    modes = '<c:layoutTarget val="inner"/><c:xMode val="edge"/><c:yMode val="edge"/>'
    manual = f"<c:layout {nsdecls('c')}><c:manualLayout>{modes}{layout}</c:manualLayout></c:layout>"
    chart._chartSpace.chart.plotArea.insert(0, parse_xml(manual))


def lift_to_marks(chart: NativeChart, number: int, joined: bool = False) -> list[LineSeries]:
    """The last series of a column chart as lines over the columns, on the same axes, which python-pptx does not make.

    `joined` draws a line between the highest and the lowest of them in each place.
    """
    area = chart._chartSpace.chart.plotArea
    columns = area.find(qn("c:barChart"))
    lines = parse_xml(f'<c:lineChart {nsdecls("c")}><c:grouping val="standard"/><c:varyColors val="0"/></c:lineChart>')
    for series in columns.findall(qn("c:ser"))[-number:]:
        for rest in series.findall(qn("c:invertIfNegative")):
            series.remove(rest)
        lines.append(series)
    if joined:
        lines.append(parse_xml(f"<c:hiLowLines {nsdecls('c')}/>"))
    lines.append(parse_xml(f'<c:marker {nsdecls("c")} val="1"/>'))
    for axis in columns.findall(qn("c:axId")):
        lines.append(parse_xml(f'<c:axId {nsdecls("c")} val="{axis.get("val")}"/>'))
    columns.addnext(lines)
    return list(chart.plots[1].series)
