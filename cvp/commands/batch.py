"""`cvp batch`: tables and folders of answers become a row each, and a summary by segment."""

from typing import TYPE_CHECKING, Annotated, Literal

import typer

from cvp.commands import options

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cvp.batch.placing import Placing
    from cvp.batch.running import Done
    from cvp.batch.wishes import Wishes
    from cvp.questionnaire import Questionnaire
    from cvp.tables.answering.mapping import Map
    from cvp.tables.layout import Layout

REJECTED = 1
MIN_GROUP = 5


def batch(
    inputs: Annotated[
        list[str],
        typer.Argument(
            metavar="INPUT...",
            help="Tables (CSV, XLSX, ODS, Parquet, JSON Lines), patterns such as 'wave*.csv', - for standard input; or "
            "folders of answers in YAML or JSON.",
        ),
    ],
    questionnaire: Annotated[
        str | None,
        typer.Option(
            metavar="QUESTIONNAIRE",
            help="A path, or the id of a shipped one. Left out: level4; for folders what the answers name.",
        ),
    ] = None,
    map_: Annotated[
        str | None, typer.Option("--map", metavar="FILE", help="What columns and cells mean, where cvp cannot tell.")
    ] = None,
    write_map: Annotated[
        str | None, typer.Option(metavar="FILE", help="Write such a map, to be edited, and score nothing.")
    ] = None,
    dialect: Annotated[
        str | None, typer.Option(metavar="NAME", help="The survey tool, as in qualtrics; left out, it is recognised.")
    ] = None,
    by: Annotated[
        list[str] | None,
        typer.Option(
            "--by", metavar="COLUMN", help="Count by this column, by header or as #3. Repeat for one more table."
        ),
    ] = None,
    date_column: Annotated[
        str | None, typer.Option(metavar="COLUMN", help="Day or month of the response: a trend by month or quarter.")
    ] = None,
    output: Annotated[
        str | None,
        typer.Option(
            "--output", "-o", metavar="FILE", help="A row each: .csv, .xlsx, .parquet or .jsonl; - prints CSV."
        ),
    ] = None,
    summary: Annotated[
        str | None,
        typer.Option(metavar="FILE", help="The summary: .html, .md, .csv, .json or .txt; - prints it."),
    ] = None,
    item_analysis: Annotated[
        str | None,
        typer.Option(
            metavar="FILE", help="How well each question works: .html, .md, .csv, .json or .txt; - prints it."
        ),
    ] = None,
    rejects: Annotated[
        str | None,
        typer.Option(metavar="FILE", help="CSV of rows that mean nothing: file, line, column, cell and why."),
    ] = None,
    max_rejects: Annotated[
        int | None, typer.Option(min=0, metavar="N", help="Stop with exit code 3 once more rows are rejected.")
    ] = None,
    min_group: Annotated[
        int, typer.Option(min=1, metavar="N", help="Merge groups of fewer rows, so that nobody is recognised.")
    ] = MIN_GROUP,
    assessments: Annotated[
        str | None,
        typer.Option(metavar="DIR", help="Also a full assessment (JSON) a row in this folder, and an index."),
    ] = None,
    engine: Annotated[
        Literal["polars", "spark"], typer.Option(metavar="ENGINE", help="polars, here; or spark, on your cluster.")
    ] = "polars",
    master: Annotated[
        str | None, typer.Option(metavar="URL", help="Spark's master, as in spark://host:7077 or local[*].")
    ] = None,
    resume: Annotated[
        bool, typer.Option("--resume", help="Go on where an interrupted run with --output stopped.")
    ] = False,
    lang: options.ReportLanguage = None,
    date: Annotated[
        str | None, typer.Option(metavar="DAY", help="The day of the assessment, as 2013-02-12; left out, today.")
    ] = None,
    self_selected: Annotated[
        bool, typer.Option("--self-selected", help="These people chose to answer: say so beside every interval.")
    ] = False,
) -> None:
    """Score tables and folders of answers: a row out for each row in, and a summary by segment.

    Where no --output, --summary or --item-analysis is asked for, the summary is printed. Segments follow one another in
    the order of --by.

    \b
    Example: cvp batch survey.csv --questionnaire buyers --by country --output scores.xlsx --summary summary.html
    Exit codes: 0 done, 1 rows were rejected, 2 wrong usage, 3 could not, 130 interrupted
    """
    from cvp.batch.wishes import Wishes
    from cvp.commands.batch_usage import refuse_contradictions, refuse_with_write_map
    from cvp.commands.given import day_of
    from cvp.commands.targets import refuse_to_write_over

    wishes = Wishes(
        inputs=tuple(inputs),
        date=day_of(date),
        map=map_,
        dialect=dialect,
        by=tuple(by or ()),
        date_column=date_column,
        output=output,
        assessments=assessments,
        rejects=rejects,
        max_rejects=max_rejects,
        min_group=min_group,
        resume=resume,
        summary=summary is not None or (output is None and item_analysis is None),
        items=item_analysis is not None,
        self_selected=self_selected,
        language=lang,
    )
    reports = {"--summary": summary, "--item-analysis": item_analysis}
    if write_map:
        on_spark = {"--engine spark": engine == "spark", "--master": master}
        refuse_with_write_map(wishes, reports, {**on_spark, "--date": date, "--min-group": min_group != MIN_GROUP})
    else:
        refuse_contradictions(wishes, reports, engine, master)
    refuse_to_write_over([output, summary, item_analysis, rejects, write_map], [*wishes.inputs, map_, questionnaire])
    if write_map:
        _write_map(wishes, questionnaire, write_map)
        return
    done = _done_on_spark(wishes, questionnaire, master) if engine == "spark" else _done(wishes, questionnaire, reports)
    _show(done, wishes, reports)
    if done.flow.rejected:
        raise typer.Exit(REJECTED)


def _write_map(wishes: "Wishes", name: str | None, target: str) -> None:
    from pathlib import Path

    from cvp.commands.failing import say
    from cvp.commands.screen import STDOUT, write
    from cvp.errors import Unwritable
    from cvp.tables.answering.mapping import NO_MAP, read_map
    from cvp.tables.reading import read_table

    if target != STDOUT and Path(target).is_file():
        raise Unwritable(f"{target}: is there already, and may have been edited; name a new file, or remove it first")
    questionnaire = _questionnaire(name)
    map_ = read_map(wishes.map, questionnaire) if wishes.map else NO_MAP
    dialect = wishes.dialect or map_.said.dialect
    table = read_table(wishes.inputs[0], dialect, lambda layout: _fitting(layout, questionnaire, map_))
    from cvp.tables.answering.map_writing import write_map

    write(write_map(table, questionnaire, map_), target)
    if target != STDOUT:
        say(f"cvp: saved to {target}; change what is wrong there, and give it with --map")


def _fitting(layout: "Layout", questionnaire: "Questionnaire", map_: "Map") -> int:
    from cvp.tables.answering.fitting import questions_fitting

    return questions_fitting(layout, questionnaire, map_)


def _questionnaire(name: str | None) -> "Questionnaire":
    from cvp.catalogue import DEFAULT
    from cvp.loading import load_questionnaire

    return load_questionnaire(name or DEFAULT)


def _done(wishes: "Wishes", name: str | None, reports: "Mapping[str, str | None]") -> "Done":
    from functools import partial

    from cvp.commands.batch_reports import make
    from cvp.commands.failing import say
    from cvp.commands.languages import language_shown
    from cvp.commands.stopping import in_order
    from cvp.tables.engine import need_polars

    need_polars("cvp batch")
    from cvp.batch.opening import opened
    from cvp.batch.placing import Placing
    from cvp.batch.running import run

    batch = opened(wishes, name)
    language_shown(batch.questionnaire, wishes.language)
    for note in batch.notes:
        say(f"cvp: {note}")
    files = Placing([name for name in (wishes.rejects, *reports.values()) if name and name != "-"])
    report = partial(make, wishes, reports)
    with in_order(lambda: _farewell(wishes, files)):
        return run(batch, wishes, files, report)


def _farewell(wishes: "Wishes", files: "Placing") -> str:
    """What became of the files of a run that is stopped."""
    from cvp.batch.keeping import Kept
    from cvp.text import and_list

    if files.placed:
        return f"cvp: stopped, when all was done; saved to {and_list([*files.placed])}"
    if wishes.target and Kept.of(wishes.target):
        return "cvp: stopped; what was scored is kept, --resume goes on with it"
    return "cvp: stopped; no file was touched; run it again"


def _done_on_spark(wishes: "Wishes", name: str | None, master: str | None) -> "Done":
    from cvp.tables.engine import need_polars

    need_polars("cvp batch")
    from cvp.batch.clusters import run_on_spark
    from cvp.batch.running import Done

    flow, notes = run_on_spark(wishes, _questionnaire(name), master)
    return Done(flow, None, notes, files=tuple(filter(None, [wishes.output, wishes.rejects])))


def _show(done: "Done", wishes: "Wishes", reports: "Mapping[str, str | None]") -> None:
    from cvp.commands.batch_reports import show
    from cvp.commands.failing import say
    from cvp.reports.story.segments import flow_sentence
    from cvp.text import and_list

    for sentence in done.said:
        say(f"cvp: {sentence}")
    say(f"cvp: {flow_sentence(done.flow)}")
    show(wishes, reports, done)
    if done.files:
        say(f"cvp: saved to {and_list([*done.files])}")
