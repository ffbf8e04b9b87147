"""Numbers that stand before labels, and what they say of numbers that stand alone."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from cvp.matching.cells import NUMERIC, TEXTUAL, Cell, Meanings, Reading, known_cells, meaning_of_word, texts_of
from cvp.matching.folding import folded, number_before, number_in, unnumbered
from cvp.questionnaire import Question, Questionnaire

_COUNTING: Final = (*NUMERIC, Reading.FROM_ZERO)


@dataclass(frozen=True, slots=True)
class Numbering:
    """What numbers before labels say, in all columns that have the same choices.

    `meant` is what each number means that stands before one answer alone, `readings` those by which all of them mean
    that; `example` is a text that begins with one, by which 1 is not the first choice, where there is any. Where labels
    themselves are numbers, as `2` beside `3 or more`, it is `of_labels`, and no reading tells what others mean.
    """

    meant: Mapping[float, str]
    readings: tuple[Reading, ...]
    example: str
    of_labels: bool = False


def numberings(
    questionnaire: Questionnaire, seen: Mapping[str, Sequence[Cell]], given: Mapping[str, Meanings]
) -> dict[str, Numbering]:
    """By question: what numbers before labels say, for those whose cells or labels have any.

    `seen` are the distinct cells of each question's column, `given` what a map says of them.
    """
    groups: dict[tuple[tuple[str, str], ...], list[Question]] = {}
    for key in seen:
        question = questionnaire.questions[key]
        alike = tuple((choice.value, str(choice.label)) for choice in questionnaire.choices_of(question))
        groups.setdefault(alike, []).append(question)
    has_scores = any(_has_scores(questionnaire, questionnaire.questions[key], cells) for key, cells in seen.items())
    found: dict[str, Numbering] = {}
    for questions in groups.values():
        said = [
            pair for one in questions for pair in _in_cells(questionnaire, one, seen[one.id], given.get(one.id, {}))
        ]
        labels = [] if has_scores else [*_in_labels(questionnaire, questions[0])]
        if numbering := _numbering(questionnaire, questions[0], [*said, *labels]):
            found |= {one.id: numbering for one in questions}
    return found


_Said = tuple[float, str, str]
"""A number, what it means, and the text that says so."""


def _numbering(questionnaire: Questionnaire, question: Question, said: Sequence[_Said]) -> Numbering | None:
    if not said:
        return None
    meanings: dict[float, set[str]] = {}
    for number, value, _ in said:
        meanings.setdefault(number, set()).add(value)
    of_labels = next((text for _, _, text in said if number_in(text) is not None), "")
    first = known_cells(questionnaire, question, Reading.NUMBERS)
    example = next((text for number, value, text in said if first.get(number) != value), said[0][2])
    readings = () if of_labels else tuple(_agreeing(questionnaire, question, meanings))
    meant = {number: min(values) for number, values in sorted(meanings.items()) if len(values) == 1}
    return Numbering(meant, readings, of_labels or example, bool(of_labels))


def _in_cells(
    questionnaire: Questionnaire, question: Question, cells: Iterable[Cell], given: Meanings
) -> Iterator[_Said]:
    known = [known_cells(questionnaire, question, reading) for reading in TEXTUAL]
    known.append({folded(cell): value for cell, value in given.items() if isinstance(cell, str)})
    for cell in cells:
        key = folded(cell) if isinstance(cell, str) else ""
        number = number_before(key)
        if number is None or any(key in of for of in known):
            continue
        bare = unnumbered(key)
        values = {of[bare] for of in known if bare in of} or {meaning_of_word(bare)}
        if len(values) == 1 and (value := values.pop()):
            yield number, value, str(cell)


def _in_labels(questionnaire: Questionnaire, question: Question) -> Iterator[_Said]:
    """`0 - None` says what 0 is, and so does a label that is a number."""
    for choice in questionnaire.choices_of(question):
        for text in texts_of(choice.label):
            before = number_before(folded(text))
            number = number_in(text) if before is None else before
            if number is not None:
                yield number, choice.value, text


def _has_scores(questionnaire: Questionnaire, question: Question, cells: Iterable[Cell]) -> bool:
    """Whether a column holds scores that are no whole numbers: then its numbers are not those of labels."""
    scores = known_cells(questionnaire, question, Reading.SCORES)
    labels = known_cells(questionnaire, question, Reading.LABELS)
    read = ((cell, number_in(cell)) for cell in cells if str(cell).strip().casefold() not in labels)
    return any(number in scores and not number.is_integer() for _, number in read if number is not None)


def _agreeing(
    questionnaire: Questionnaire, question: Question, meanings: Mapping[float, set[str]]
) -> Iterator[Reading]:
    """The readings by which each number means what stands behind it.

    Of few pairs, choices counted down from the last may be true as well as choices counted from 0: then neither is.
    """
    values = [choice.value for choice in questionnaire.choices_of(question)]
    down: dict[Cell, str] = {float(number): value for number, value in enumerate(reversed(values), 1)}
    for reading in _COUNTING:
        known = known_cells(questionnaire, question, reading)
        if _agrees(known, meanings, values) and not (reading == Reading.FROM_ZERO and _agrees(down, meanings, values)):
            yield reading


def _agrees(known: Mapping[Cell, str], meanings: Mapping[float, set[str]], values: Sequence[str]) -> bool:
    return all(
        {known.get(number)} == said or (number not in known and not said & {*values})
        for number, said in meanings.items()
    )
