"""Votes given before an interview: ballots from files, and the hidden rounds that they make."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from cvp.answers import Answer, Answers, Ballot
from cvp.errors import Unreadable, WrongUsage
from cvp.interview.changes import Called, Cast, Change, Seated
from cvp.interview.keys.seating import LONGEST_NAME, MOST_PEOPLE
from cvp.matching import NOT_APPLICABLE, folded, headline
from cvp.model import MOST_ENTRIES
from cvp.questionnaire import Questionnaire
from cvp.tables.columns import Column
from cvp.tables.files.sources import ENDINGS
from cvp.tables.table import CELLS, PART, ROW, Table
from cvp.text import one_line

NAMES: Final = ("who", "name", "your name", "full name", "respondent")
"""Headers of the column that says who answered."""


def is_table(file: str) -> bool:
    """Whether a file holds a row a person, by its ending."""
    return file.lower().endswith(ENDINGS)


def ballots_of(file: str, answers: Answers) -> tuple[Ballot, ...]:
    """The ballots in a file of answers; one respondent's answers are a ballot of `by`, else of the file's name."""
    if answers.ballots is not None:
        return answers.ballots
    who = one_line(answers.by or "") or one_line(Path(file).name.partition(".")[0]) or "Somebody"
    return (Ballot(who=who, answers=answers.answers or {}),)


def read_ballots(
    file: str, questionnaire: Questionnaire, map_file: str | None = None
) -> tuple[tuple[Ballot, ...], tuple[str, ...]]:
    """The ballots in a table with a row a person and a column a question, and what to say of how it was read.

    `map_file` says what columns and cells mean that do not tell. Raises Unreadable, Invalid and Unmatched where
    anything is not clear, MissingExtra where tables cannot be read.
    """
    from cvp.tables.answering.mapping import NO_MAP, read_map
    from cvp.tables.reading import read_table

    map_ = read_map(map_file, questionnaire) if map_file else NO_MAP
    table = read_table(file, map_.said.dialect)  # before what needs polars, as it says that this is missing
    from cvp.tables.answering.matched import match
    from cvp.tables.answering.repeats import repeats_in
    from cvp.tables.places import places_of

    matched = match(table, questionnaire, map_)
    scan, columns = matched.way.scan, matched.way.columns
    rows = scan.frame.filter(scan.left_out.is_null()).head(MOST_ENTRIES + 1).collect().to_dicts()
    if len(rows) > MOST_ENTRIES:
        raise Unreadable(f"{file}: has more than {MOST_ENTRIES} rows, which is no room; see cvp batch")
    ballots: list[Ballot] = []
    for row in rows:
        try:
            ballots.append(_ballot(row, len(ballots) + 1, table, columns))
        except ValueError as error:
            (place,) = places_of(table, [(row[PART], row[ROW])])
            raise Unreadable(f"{place}: {place.fault or error}") from None
    return tuple(ballots), (table.reason, *table.remarks, *matched.notes, *repeats_in([matched]))


def _ballot(row: Mapping[str, object], number: int, table: Table, columns: Sequence[Column]) -> Ballot:
    """One row. ValueError where it is none: too many or too few cells, or one that answers nothing."""
    if row[CELLS] is not None:
        raise ValueError(f"has {row[CELLS]} cells, the header {len(table.headers)}")
    answers = {
        column.question: _answer(cell, column)
        for column in columns
        if (cell := row[f"c{column.position}"]) is not None and cell != ""
    }
    named = [index for index, header in enumerate(table.headers) if headline(header) in NAMES]
    who = (one_line(str(row[f"c{index}"] or "")) for index in named)
    return Ballot(who=next(filter(None, who), f"Person {number}"), answers=answers)


def _answer(cell: object, column: Column) -> Answer:
    meanings = {_key(known): meaning for known, meaning in column.meanings.items()}
    meaning = meanings.get(_key(cell)) or meanings.get(folded(str(cell)))
    if meaning is None:
        raise ValueError(
            f"`{one_line(str(cell))[:60]}` is no answer to `{column.question}`; write a choice's value or label"
        )
    if meaning == NOT_APPLICABLE:
        return Answer(not_applicable="not applicable, as the form says")
    return Answer(choice=meaning)


def _key(cell: object) -> str | float:
    return float(cell) if isinstance(cell, int | float) else folded(str(cell))


def votes_of(questionnaire: Questionnaire, ballots: Sequence[Ballot]) -> tuple[Change, ...]:
    """The room with a seat a ballot, and a hidden round of votes on every question that anybody answered.

    Raises WrongUsage for more people than a room holds.
    """
    if len(ballots) > MOST_PEOPLE:
        raise WrongUsage(
            f"--ballot: {len(ballots)} people are more than the {MOST_PEOPLE} that a room holds; see cvp batch"
        )
    changes: list[Change] = [Seated(people=_seats(ballots))]
    for question in questionnaire.questions:
        cast = [
            Cast(question=question, voter=seat, answer=ballot.answers[question])
            for seat, ballot in enumerate(ballots, 1)
            if question in ballot.answers
        ]
        changes += [Called(question=question), *cast] if cast else []
    return tuple(changes)


def _seats(ballots: Sequence[Ballot]) -> tuple[str, ...]:
    """A name a seat; of people with one name, the later ones get a number behind it."""
    names: dict[str, str] = {}
    for ballot in ballots:
        name = plain = one_line(ballot.who)[:LONGEST_NAME]
        number = 1
        while name.casefold() in names:
            number += 1
            name = f"{plain} {number}"
        names[name.casefold()] = name
    return tuple(names.values())
