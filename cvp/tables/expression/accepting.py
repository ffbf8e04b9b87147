"""What people give to `score_frame`: refused in words of theirs where it cannot be scored."""

import warnings
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, Final

import narwhals as nw
from narwhals.dtypes import DType

from cvp.matching import CLOSE, near
from cvp.questionnaire import Questionnaire

_NUMBERS: Final = "biuf"
"""Kinds of NumPy's types."""


def refuse_unfit(questionnaire: object, frame: Any) -> None:
    """Raises TypeError where the questionnaire is none, ValueError where names of columns do not tell them apart."""
    if not isinstance(questionnaire, Questionnaire):
        raise TypeError(
            f"the questionnaire is a {type(questionnaire).__name__}; give what "
            'cvp.loading.load_questionnaire("buyers") makes of an id or a path'
        )
    names = _names(frame)
    counts = Counter(map(repr, names))
    for name in names:
        if not isinstance(name, str):
            raise ValueError(f"a column is called {name!r}, which is no text; rename it")
        if counts[repr(name)] > 1:
            raise ValueError(f"the frame has two columns {name}; rename one")


def _names(frame: Any) -> list[object]:
    """As the frame has them, where it may have any."""
    if type(frame).__module__.startswith(("polars.", "narwhals.")):
        return []
    names: list[object] = [*getattr(frame, "column_names" if hasattr(frame, "column_names") else "columns", ())]
    return names


def comparable(frame: Any, questions: Iterable[str]) -> Any:
    """The frame, with texts that PyArrow cannot compare (`string_view`) of a type that it can."""
    if not frame.implementation.is_pyarrow():
        return frame
    import pyarrow as pa  # type: ignore[import-untyped]

    table = frame.to_native()
    for position, field in enumerate(table.schema):
        if field.name in questions and pa.types.is_string_view(field.type):
            table = table.set_column(position, field.name, table.column(position).cast(pa.large_string()))
    return nw.from_native(table)


def refuse_other_cells(name: str, dtype: DType, frame: Any) -> None:
    """Raises ValueError where a question's column holds neither texts nor numbers: all its cells would be bad."""
    has_categories = dtype == nw.Categorical and frame.implementation.is_pandas_like()
    are_numbers = has_categories and frame.to_native()[name].cat.categories.dtype.kind in _NUMBERS
    if dtype.is_boolean() or dtype == nw.Object or are_numbers:
        held = f"{dtype} of numbers" if are_numbers else str(dtype)
        raise ValueError(
            f"the column {name} is of the type {held}, in which no cell would mean anything; make it texts or numbers"
        )


def warn_of_misspelt(questionnaire: Questionnaire, schema: Mapping[str, DType]) -> None:
    """A warning for each column whose name is nearly that of a question which no column has."""
    missing = [question for question in questionnaire.questions if question not in schema]
    for name in schema:
        if name not in questionnaire.questions and (like := near(name, missing, CLOSE)):
            warnings.warn(
                f"the column {name} answers no question, and {like[0]} counts as unanswered; rename it if it is that",
                stacklevel=4,
            )
