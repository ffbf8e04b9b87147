"""The inputs of a batch: what they are, and what a run of them depends on."""

import os
from collections.abc import Sequence
from dataclasses import dataclass, fields
from pathlib import Path

from cvp import __version__
from cvp.batch.keeping import Identity, identity_of
from cvp.batch.scored import Rows, block_size
from cvp.batch.wishes import Wishes
from cvp.catalogue import DEFAULT
from cvp.errors import UnknownName, WrongUsage
from cvp.loading import digest_of, load_questionnaire
from cvp.questionnaire import Questionnaire
from cvp.tables.files.sources import STDIN
from cvp.text import one_line


@dataclass(frozen=True)
class Batch:
    """Rows to score, the kept columns to count by and with the day of the response, and sentences to print."""

    rows: Rows
    questionnaire: Questionnaire
    by: Sequence[str]
    date: str | None
    notes: Sequence[str]
    identity: Identity


def opened(wishes: Wishes, name: str | None) -> Batch:
    """Raises Unreadable, Unmatched, UnknownName, WrongUsage, MissingExtra and Invalid."""
    folders = _folders_of_answers(wishes.inputs)
    if folders and len(folders) < len(wishes.inputs):
        raise WrongUsage(f"{folders[0]}: is a folder, and the other inputs are tables; give them apart")
    if folders:
        return _folders(wishes, name)
    from cvp.batch.tables import open_tables

    questionnaire = load_questionnaire(name or DEFAULT)
    rows = open_tables(wishes, questionnaire)
    files = (
        [part.source.path for one in rows.inputs for part in one.matched.table.parts]
        if STDIN not in wishes.inputs
        else []
    )
    return Batch(rows, questionnaire, rows.by, rows.date_column, rows.notes, _identity(wishes, questionnaire, files))


def _folders_of_answers(inputs: Sequence[str]) -> list[str]:
    folders = [source for source in inputs if os.path.isdir(source)]
    if not folders:
        return []
    from cvp.batch.folders import is_a_table

    return [folder for folder in folders if not is_a_table(folder)]


def _folders(wishes: Wishes, name: str | None) -> Batch:
    from cvp.batch.companies import Asked, questionnaire_of
    from cvp.batch.folders import Folders, files_in, told_unseen

    refused = {"--map": wishes.map, "--dialect": wishes.dialect}
    if given := [option for option, value in refused.items() if value]:
        raise WrongUsage(f"{given[0]}: says how a table is read; files of answers need none")
    if wishes.items:
        raise WrongUsage("--item-analysis: counts the rows of tables; give tables, not folders of answers")
    files = files_in(folders := wishes.inputs)
    questionnaire = load_questionnaire(name) if name else questionnaire_of(files)
    rows = Folders(files, Asked(questionnaire, wishes.date, bool(name), wishes.language))
    for column in (*wishes.by, *filter(None, [wishes.date_column])):
        if column not in rows.keys:
            raise UnknownName(
                f"{one_line(folders[0])}: has no column {one_line(column)}; it has {', '.join(rows.keys)}"
            )
    said = f"{len(files):,} files of YAML or JSON, by `{questionnaire.id}` {questionnaire.version}."
    notes = [said, *told_unseen(folders)]
    identity = _identity(wishes, questionnaire, [Path(file) for file in files])
    return Batch(rows, questionnaire, wishes.by, wishes.date_column, notes, identity)


def _identity(wishes: Wishes, questionnaire: Questionnaire, files: Sequence[Path]) -> Identity:
    """What the blocks of scores depend on."""
    asked = ("date", "dialect", "by", "date_column", "summary")
    values = {field.name: getattr(wishes, field.name) for field in fields(wishes) if field.name in asked}
    return {
        "cvp": __version__,
        "questionnaire": questionnaire.sha256,
        "inputs": [identity_of(file) for file in files],
        "map": digest_of(Path(wishes.map)) if wishes.map else "",
        "rows a block": block_size(),
        **{name: list(value) if isinstance(value, tuple) else value for name, value in values.items()},
    }
