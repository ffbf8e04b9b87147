"""Options of `cvp batch` that do not go together."""

from collections.abc import Mapping

from cvp.batch.wishes import Wishes
from cvp.commands.batch_reports import Targets, format_of
from cvp.commands.screen import STDOUT
from cvp.errors import WrongUsage


def refuse_contradictions(wishes: Wishes, reports: Targets, engine: str, master: str | None) -> None:
    """Raises WrongUsage."""
    if engine == "spark":
        _refuse_on_spark(wishes, reports)
    elif master:
        raise WrongUsage("--master: is for --engine spark; add it")
    if wishes.rejects == STDOUT:
        raise WrongUsage("--rejects -: standard output is for rows or a summary; name a file, as bad.csv")
    for option, name in reports.items():
        if name and name != STDOUT:
            format_of(option, name)
    printed = [option for option, name in {"--output": wishes.output, **reports}.items() if name == STDOUT]
    if printed[1:]:
        raise WrongUsage(f"{printed[0]} - and {printed[1]} -: cannot both be standard output; name a file for one")
    if wishes.resume and (STDOUT in wishes.inputs or wishes.target is None):
        raise WrongUsage("--resume: goes on with an --output FILE, made of files; name both")


def refuse_with_write_map(wishes: Wishes, reports: Targets, others: Mapping[str, object]) -> None:
    """A map is made of one table, and nothing is scored; `others` are more options of scoring, falsy where not given.

    Raises WrongUsage.
    """
    scoring = {
        **_counting(wishes, reports),
        "--output": wishes.output,
        "--rejects": wishes.rejects,
        "--self-selected": wishes.self_selected,
        **others,
    }
    _refuse_any(scoring, "is not for --write-map, which scores nothing; leave out one of the two")
    if len(wishes.inputs) > 1:
        raise WrongUsage("--write-map: takes one INPUT; write a map for each, or name files of one kind by a pattern")


def _refuse_on_spark(wishes: Wishes, reports: Targets) -> None:
    _refuse_any(
        _counting(wishes, reports), "is not for --engine spark, which writes rows alone; count them with polars"
    )
    if wishes.target is None or len(wishes.inputs) > 1:
        raise WrongUsage("--engine spark: takes one INPUT and an --output, a folder or URL for Parquet")


def _counting(wishes: Wishes, reports: Targets) -> dict[str, object]:
    """What is asked of the rows together, and of a long run, by option; falsy where it is not."""
    return {
        "--by": wishes.by,
        "--date-column": wishes.date_column,
        **reports,
        "--lang": wishes.language,
        "--assessments": wishes.assessments,
        "--max-rejects": wishes.max_rejects is not None,
        "--resume": wishes.resume,
    }


def _refuse_any(options: Mapping[str, object], why: str) -> None:
    """Raises WrongUsage for the first of the options that is given."""
    if given := [option for option, value in options.items() if value]:
        raise WrongUsage(f"{given[0]}: {why}")
