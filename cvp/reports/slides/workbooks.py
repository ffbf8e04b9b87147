"""The figures of a chart, with the workbook that PowerPoint opens to edit them."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from pptx.chart.data import ChartData
from pptx.chart.xlsx import CategoryWorkbookWriter
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from cvp.reports.slides.sealing import EPOCH


@dataclass(frozen=True, slots=True)
class Series:
    """Values under a name, None where there is none."""

    name: str
    values: tuple[float | None, ...]


class _Writer(CategoryWorkbookWriter):
    """python-pptx's own takes `=…` for a formula, makes links of addresses, and writes the time of day."""

    @contextmanager
    def _open_worksheet(self, xlsx_file: BytesIO) -> Iterator[tuple[Workbook, Worksheet]]:
        workbook = Workbook(xlsx_file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
        workbook.set_properties({"created": datetime(*EPOCH)})
        yield workbook, workbook.add_worksheet()
        workbook.close()


class _Figures(ChartData):
    @property
    def _workbook_writer(self) -> _Writer:
        return _Writer(self)  # type: ignore[no-untyped-call]


def figures(labels: Sequence[str], series: Sequence[Series], number_format: str) -> ChartData:
    """What a chart is made of."""
    made = _Figures(number_format=number_format)  # type: ignore[no-untyped-call]
    made.categories = labels
    for one in series:
        made.add_series(one.name, one.values)  # type: ignore[no-untyped-call]
    return made
