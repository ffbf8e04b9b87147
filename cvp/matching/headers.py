"""Which column of a table answers which question."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from cvp.matching.cells import Reading, known_cells, texts_of
from cvp.matching.folding import folded, headline, near, number_in, spellings_of, unnumbered
from cvp.questionnaire import Question, Questionnaire

CLOSE: Final = 0.85
"""How like two names must be for one to be asked about as a slip of the other."""
LIKE: Final = 0.75
"""How like a choice's label a cell must be for the choice to stand in an example of what it might mean."""

_MOST_COMPARED: Final = 500
_LONGEST_COMPARED: Final = 300


@dataclass(frozen=True, slots=True)
class Headers:
    """Which column answers which question, in the questionnaire's order, and by what it is known: id, label or map.

    What could not be decided: `rivals` are columns that all answer one question, `torn` questions that one column
    answers, `close` columns whose names come near a question that has none. Positions count from 0.
    """

    found: Mapping[str, int]
    by: Mapping[str, str]
    rivals: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    torn: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    close: Mapping[str, tuple[int, ...]] = field(default_factory=dict)


def match_headers(
    names: Sequence[Sequence[str]], questionnaire: Questionnaire, skip: Collection[int], given: Mapping[str, int | None]
) -> Headers:
    """Finds the column of each question: by id, with or without its underscores, then by label in any language.

    `names` are what each column may be known by; `skip` are columns that answer nothing; `given` says of some questions
    which column it is, or that there is none.
    """
    mapped = {key: position for key, position in given.items() if position is not None}
    taken = {*skip, *mapped.values()}
    meant = _all_meant(names, questionnaire, taken, given)
    claims: dict[str, list[int]] = {}
    for position, (_, keys) in meant.items():
        if len(keys) == 1:
            claims.setdefault(keys[0], []).append(position)
    torn = {position: keys for position, (_, keys) in meant.items() if len(keys) > 1}
    found = {**{key: claim[0] for key, claim in claims.items() if len(claim) == 1}, **mapped}
    settled = {*claims, *given, *(key for keys in torn.values() for key in keys)}
    unsettled = [question for question in questionnaire.questions.values() if question.id not in settled]
    unmeant = [position for position in range(len(names)) if position not in taken and position not in meant]
    return Headers(
        found={key: found[key] for key in questionnaire.questions if key in found},
        by={**{key: meant[claim[0]][0] for key, claim in claims.items()}, **dict.fromkeys(mapped, "map")},
        rivals={key: tuple(claim) for key, claim in claims.items() if len(claim) > 1},
        torn=torn,
        close=_close(names, unmeant, unsettled),
    )


def questions_named(
    names: Sequence[Sequence[str]], questionnaire: Questionnaire, skip: Collection[int]
) -> frozenset[str]:
    """The questions that some column is called by: `names` and `skip` as in `match_headers`."""
    return frozenset(key for _, keys in _all_meant(names, questionnaire, skip, ()).values() for key in keys)


def choice_named(questionnaire: Questionnaire, question: Question, name: str) -> str | None:
    """The value of the choice that the name is the value, a label or the number of."""
    number = number_in(name)
    for reading, cell in ((Reading.VALUES, folded(name)), (Reading.LABELS, folded(name)), (Reading.NUMBERS, number)):
        if cell is not None and (value := known_cells(questionnaire, question, reading).get(cell)):
            return value
    return None


def choice_near(questionnaire: Questionnaire, question: Question, cell: str) -> str | None:
    """The value of the choice whose label the cell is likest to; None where it is like none."""
    labels = known_cells(questionnaire, question, Reading.LABELS)
    like = near(folded(cell)[:_LONGEST_COMPARED], [label for label in labels if isinstance(label, str)], LIKE)
    return labels[like[0]] if like else None


def _all_meant(
    names: Sequence[Sequence[str]], questionnaire: Questionnaire, skip: Collection[int], given: Collection[str]
) -> dict[int, tuple[str, tuple[str, ...]]]:
    indexes = {"id": _ids(questionnaire), "label": _labels(questionnaire)}
    return {
        position: fitting
        for position in range(len(names))
        if position not in skip and (fitting := _meant(names[position], indexes, given))
    }


def _meant(
    names: Sequence[str], indexes: Mapping[str, Mapping[str, list[str]]], given: Collection[str]
) -> tuple[str, tuple[str, ...]] | None:
    """By what a column is known and which questions it means; None where it means none.

    A number before a label is passed over where nothing is known by the whole.
    """
    whole = [headline(name) for name in names]
    bare = [unnumbered(name) for name in whole]
    for kind, called in (("id", whole), ("label", whole), ("label", bare)):
        known = {key: None for name in called for key in indexes[kind].get(name, ()) if key not in given}
        if known:
            return kind, tuple(known)
    return None


def _ids(questionnaire: Questionnaire) -> Mapping[str, list[str]]:
    return _index((name, key) for key in questionnaire.questions for name in {key, key.replace("_", "")})


def _labels(questionnaire: Questionnaire) -> Mapping[str, list[str]]:
    asked = questionnaire.questions.items()
    return _index(
        (name, key)
        for key, question in asked
        for name in {headline(one) for text in texts_of(question.label) for one in spellings_of(text)}
    )


def _index(pairs: Iterable[tuple[str, str]]) -> Mapping[str, list[str]]:
    index: dict[str, list[str]] = {}
    for name, key in pairs:
        index.setdefault(name, []).append(key)
    return index


def _close(
    names: Sequence[Sequence[str]], positions: Sequence[int], questions: Iterable[Question]
) -> dict[str, tuple[int, ...]]:
    """For each question the columns whose names come near its id or one of its labels."""
    columns: dict[str, list[int]] = {}
    for position in positions[:_MOST_COMPARED]:
        for name in names[position]:
            columns.setdefault(headline(name)[:_LONGEST_COMPARED], []).append(position)
    close: dict[str, tuple[int, ...]] = {}
    for question in questions:
        wanted = [question.id, *(headline(text)[:_LONGEST_COMPARED] for text in texts_of(question.label))]
        if hits := {position for name in wanted for like in near(name, columns, CLOSE) for position in columns[like]}:
            close[question.id] = tuple(sorted(hits))
    return close
