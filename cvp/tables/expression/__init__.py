"""Scoring as one dataframe expression: the same rows out of every engine, in any order, to the last bit."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar, cast

import narwhals as nw
from narwhals.dtypes import DType
from narwhals.typing import FrameT

from cvp.answers import DONT_KNOW
from cvp.matching import NOT_APPLICABLE
from cvp.questionnaire import Questionnaire
from cvp.tables.columns import Column
from cvp.tables.compiling import Plan, compile_plan
from cvp.tables.expression import naming
from cvp.tables.expression.accepting import comparable, refuse_other_cells, refuse_unfit, warn_of_misspelt
from cvp.tables.expression.outputs import OF_BAD_ROWS, USUAL, spelled_out
from cvp.tables.expression.ranks import rank
from cvp.tables.expression.row import Row
from cvp.tables.expression.steps import Steps

Native = TypeVar("Native")


def add_scores(
    frame: FrameT,
    plan: Plan,
    outputs: Iterable[str] = USUAL,
    *,
    beside: Sequence[str] | None = None,
    void_bad: bool = False,
) -> FrameT:
    """The frame, or its columns `beside` alone, with a column for each output; only what they need is reckoned.

    Raises ValueError where there is no such output, and where the frame has a column of that name. The outputs of a row
    with a bad cell mean nothing: ask for `is_bad` and leave them out, or have them made null by `void_bad`.
    """
    schema = frame.collect_schema()
    wanted = spelled_out(plan.questionnaire, outputs)
    _refuse_clashes(schema, wanted)
    kept = list(schema) if beside is None else list(beside)
    steps = Steps(_unused_prefix(schema), by_row=frame.implementation.is_spark_like())
    row = Row(plan, {cells.question: rank(cells, schema, steps) for cells in plan.cells}, steps)
    made = {name: output(row) for name, output in wanted.items()}
    if void_bad:
        is_sound = ~naming.is_bad(row)
        made |= {name: nw.when(is_sound).then(made[name]) for name in made if name not in OF_BAD_ROWS}
    row.words.fill(row.ranks)
    return steps.add_to(frame, kept).select(*kept, *(expression.alias(name) for name, expression in made.items()))


def _refuse_clashes(names: Iterable[str], wanted: Iterable[str]) -> None:
    taken = {name.casefold() for name in names}  # SQL engines take Level for level
    if clash := [name for name in wanted if name in taken]:
        raise ValueError(f"the frame has a column {clash[0]} already; rename it or leave out that output")


def _unused_prefix(names: Iterable[str]) -> str:
    prefix = "cvp_"
    while any(name.casefold().startswith(prefix) for name in names):
        prefix += "_"
    return prefix


def score_frame(
    frame: Native,
    questionnaire: Questionnaire,
    *,
    columns: Sequence[Column] | None = None,
    date: str | None = None,
    outputs: str | Iterable[str] = USUAL,
) -> Native:
    """The frame with the scores of every row beside it: one row is one respondent's answers.

    Takes a frame of pandas, Polars (eager or lazy), PyArrow, DuckDB, PySpark or narwhals, and gives one of the same
    kind; lazy frames stay lazy. `columns` says which column answers which question and what its cells mean. Left out,
    columns are taken that are named like a question, and hold the values of choices (texts, also "?" for don't know and
    "-" for not applicable) or their scores (numbers). `date` is the assessment's day (2013-02-12), for evidence that
    grows stale. On PySpark do it, and what is done with its rows, `with cvp.tables.spark.tuned(session)`, or it takes
    many times as long.

    A column that is named nearly like a question is warned of, since that question counts as unanswered.

    `outputs` names columns (or one), or groups of them: `is_bad` (a cell of the row has no meaning: its other outputs
    but `bad_cells` are null), `bad_cells`, `level`, `low`, `high`, `settled`, `secured`, `uncapped_level`, `scores`
    (`score_1` to `score_4`, null where nothing of the level is answered), `gates`, `lenses`, `coverage` (answered, of
    the questions that apply), `safeguards` (those that are hit), `weakest`, `recommendation`,
    `level_if_not_applicable_counts`, `ranks` (`rank_` and a question's id: the position of the choice from 0; -1 where
    it is open, -2 where it is not applicable).

    Raises ValueError where columns, outputs and questionnaire do not fit together, and where a question's column holds
    neither texts nor numbers.

        >>> import cvp, polars
        >>> from cvp.loading import load_questionnaire
        >>> answers = {"offer_clear": ["use", "wrong"], "promise_kept": ["nearly_all", "?"]}
        >>> quick = load_questionnaire("quick")
        >>> cvp.score_frame(polars.DataFrame(answers), quick, outputs=["level", "high", "score_1"]).rows()
        [('use', 'nearly_all', 1, 4, 1.0), ('wrong', '?', 1, 4, 0.0)]
    """
    refuse_unfit(questionnaire, frame)
    known = comparable(nw.from_native(cast(Any, frame)), questionnaire.questions)
    schema = known.collect_schema()
    if columns is None:
        columns = named_columns(questionnaire, schema)
        for column in columns:
            refuse_other_cells(column.question, schema[column.question], known)
        warn_of_misspelt(questionnaire, schema)
    plan = compile_plan(questionnaire, columns, date)
    scored = _scored(known, plan, (outputs,) if isinstance(outputs, str) else tuple(outputs))
    return cast(Native, scored if known is frame else scored.to_native())


def named_columns(questionnaire: Questionnaire, schema: Mapping[str, DType]) -> list[Column]:
    """The columns that are named like a question: numbers are scores, all else is values. ValueError where none is."""
    found = []
    for position, (name, dtype) in enumerate(schema.items()):
        if question := questionnaire.questions.get(name):
            choices = questionnaire.choices_of(question)
            if dtype.is_numeric():
                found.append(Column(name, position, {choice.score: choice.value for choice in choices}, numbers=True))
            else:
                meanings = [*(choice.value for choice in choices), DONT_KNOW, NOT_APPLICABLE]
                found.append(Column(name, position, {meaning: meaning for meaning in meanings}))
    if not found:
        raise ValueError(f"no column is named like a question of {questionnaire.id}; say which is which by `columns`")
    return found


def _scored(frame: Any, plan: Plan, outputs: Iterable[str]) -> Any:
    if frame.implementation.is_pyspark() or frame.implementation.is_pyspark_connect():
        return _by_position(frame, plan, outputs)
    if frame.implementation.is_polars() and isinstance(frame, nw.DataFrame):
        return add_scores(frame.lazy(), plan, outputs, void_bad=True).collect()
    return add_scores(frame, plan, outputs, void_bad=True)


def _by_position(frame: Any, plan: Plan, outputs: Iterable[str]) -> Any:
    """PySpark cannot select a column that has dots or backticks in its name: columns are renamed by position."""
    names = frame.columns
    _refuse_clashes(names, spelled_out(plan.questionnaire, outputs))
    plain = nw.from_native(frame.to_native().toDF(*(f"c{position}" for position in range(len(names)))))
    scored = add_scores(plain, plan, outputs, void_bad=True)
    return nw.from_native(scored.to_native().toDF(*names, *scored.columns[len(names) :]))
