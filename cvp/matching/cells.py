"""What stands in a question's column, and what it means."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final, TypeAlias

from cvp.answers import DONT_KNOW
from cvp.matching.folding import folded, number_in, spellings_of, unnumbered
from cvp.model import Words
from cvp.questionnaire import Question, Questionnaire

NOT_APPLICABLE: Final = "-"
"""What a cell means that says that the question does not fit; in a map too."""

Cell: TypeAlias = str | float
Meanings: TypeAlias = Mapping[Cell, str]
"""Cell → the value of a choice, DONT_KNOW or NOT_APPLICABLE."""

_NONE: Final[Meanings] = MappingProxyType({})

_WORDS: Final[Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]] = {
    "en": (
        ("?", "don't know", "dont know", "don’t know", "do not know", "dont_know"),
        ("n/a", "not applicable", "not_applicable"),
    ),
    "de": (
        ("weiß nicht", "weiss nicht", "weiß ich nicht", "weiss ich nicht"),
        ("nicht zutreffend", "trifft nicht zu", "entfällt"),
    ),
    "fr": (("je ne sais pas", "ne sait pas"), ("non applicable", "sans objet")),
    "es": (("no sé", "no se", "no lo sé", "no sabe"), ("no corresponde", "no aplica", "no aplicable", "no procede")),
}
WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    language: {**dict.fromkeys(unknown, DONT_KNOW), **dict.fromkeys(unfit, NOT_APPLICABLE)}
    for language, (unknown, unfit) in _WORDS.items()
}
"""What people write for "don't know" and "not applicable", by language.

A code such as 99 is none of them: it may be an answer, so a map must say what it means.
"""


class Reading(StrEnum):
    """What the cells of a column are."""

    VALUES = "values"
    LABELS = "labels"
    NUMBERS = "numbers"
    SCORES = "scores"
    FROM_ZERO = "numbers_from_0"  # only where a map says so: 1 would be two choices


TEXTUAL: Final = (Reading.VALUES, Reading.LABELS)
NUMERIC: Final = (Reading.NUMBERS, Reading.SCORES)


@dataclass(frozen=True, slots=True)
class Cells:
    """What was seen in a question's column: distinct cells, by how they can be understood.

    `texts` are values or labels of choices, `numbers` numbers of choices or scores; `textual` and `numeric` are the
    readings that fit all of these: two where they differ and both fit, none where no one does. `languages` are those
    of the WORDS that are there. `numbered` are texts that are known without the number before them, `said` numbers
    whose meaning such texts or labels tell; where any are in the table, `numbers` are the others, which `are_told`: no
    reading fits that contradicts them. `unknown` are cells that nothing understands, `understood` counts all others.
    `given` are those that a map or a label says, seen or not, as they are compared. `scale` are the numbers of a scale
    that is longer than the choices, as far as other columns told it.
    """

    texts: tuple[Cell, ...] = ()
    numbers: tuple[Cell, ...] = ()
    textual: tuple[Reading, ...] = ()
    numeric: tuple[Reading, ...] = ()
    languages: frozenset[str] = frozenset()
    numbered: tuple[Cell, ...] = ()
    said: tuple[Cell, ...] = ()
    are_told: bool = False
    unknown: tuple[Cell, ...] = ()
    understood: int = 0
    given: frozenset[Cell] = frozenset()
    scale: range = range(0)


def look_at(
    questionnaire: Questionnaire,
    question: Question,
    cells: Iterable[Cell],
    given: Meanings = _NONE,
    said: Collection[float] = (),
    fitting: Sequence[Reading] | None = None,
) -> Cells:
    """Which readings fit the distinct `cells` of a column; `given` are those whose meaning is known.

    Of these, `said` are numbers before labels, and `fitting` the readings of numbers that agree with them.
    """
    known = {reading: known_cells(questionnaire, question, reading) for reading in Reading}
    mapped = _keyed(given)
    ways = NUMERIC if fitting is None else fitting
    countable = dict.fromkeys((*NUMERIC, *ways))
    whole = {*mapped, *known[Reading.VALUES], *known[Reading.LABELS]}.union(*_FOLDED_WORDS.values())
    texts: dict[Cell, dict[Reading, str]] = {}
    numbers: dict[Cell, dict[Reading, str]] = {}
    languages: set[str] = set()
    numbered: list[Cell] = []
    told: list[Cell] = []
    unknown: list[Cell] = []
    understood = 0
    for cell in cells:
        key, number = _key(cell), number_in(cell)
        if key == "":
            continue
        if key not in whole and (bare := unnumbered(key)) in whole:
            key = bare
            numbered.append(cell)
        understood += 1
        if key in mapped or number in mapped:
            if number in said:
                told.append(cell)
            continue
        if as_text := {reading: known[reading][key] for reading in TEXTUAL if key in known[reading]}:
            texts[cell] = as_text
        elif number is not None and (as_number := {r: known[r][number] for r in countable if number in known[r]}):
            numbers[cell] = as_number
        elif spoken := {language for language, words in _FOLDED_WORDS.items() if key in words}:
            languages |= spoken
        else:
            understood -= 1
            unknown.append(cell)
    textual = _fitting(list(texts.values()), TEXTUAL[::-1])[::-1]  # what may be both is a label
    if Reading.VALUES in textual and NOT_APPLICABLE in unknown:
        unknown.remove(NOT_APPLICABLE)
        understood += 1
    return Cells(
        texts=tuple(texts),
        numbers=tuple(numbers),
        textual=textual,
        numeric=_fitting(list(numbers.values()), ways),
        languages=frozenset(languages),
        numbered=tuple(numbered),
        said=tuple(told),
        are_told=fitting is not None,
        unknown=tuple(unknown),
        understood=understood,
        given=frozenset(mapped),
    )


def _fitting(cells: Sequence[Mapping[Reading, str]], readings: Sequence[Reading]) -> tuple[Reading, ...]:
    """The readings that know every cell: the first alone where all of them say the same."""
    if not cells:
        return ()
    fitting = tuple(reading for reading in readings if all(reading in cell for cell in cells))
    agreed = all(len({cell[reading] for reading in fitting}) == 1 for cell in cells)
    return fitting[:1] if agreed else fitting


def meanings_of(
    questionnaire: Questionnaire,
    question: Question,
    readings: Collection[Reading],
    given: Meanings = _NONE,
    languages: Collection[str] = (),
    seen: Iterable[Cell] = (),
    ending: str = "",
) -> dict[Cell, str]:
    """What each cell of a column means under these readings; a cell that they read in two ways means nothing.

    The map's cells come first, then the question's choices, then the WORDS of the languages, and NOT_APPLICABLE beside
    the values of choices. Texts are spelt as their authors did, to be compared after trimming and folding case. Cells
    `seen` that differ by more (a no-break space inside, a spreadsheet's guard, a number before a label) are there as
    well. `ending` is what the survey tool may write after an answer.
    """
    own = [pair for reading in readings for pair in _pairs(questionnaire, question, reading)]
    clear, mapped = _clear(own), _keyed(given)
    words: dict[Cell, str] = {word: value for language in languages for word, value in WORDS[language].items()}
    taken = {_key(cell) for cell, _ in own}
    meant = {word: value for word, value in words.items() if _key(word) not in taken}
    if set(TEXTUAL) & set(readings) == {Reading.VALUES}:  # whoever writes values writes "-" beside them
        meant |= {NOT_APPLICABLE: NOT_APPLICABLE}
    meant |= {cell: value for cell, value in own if _key(cell) in clear}
    meant = {cell: value for cell, value in meant.items() if _key(cell) not in mapped and cell not in mapped}
    meant |= given
    meant |= {cell: value for cell, value in mapped.items() if not isinstance(cell, str)}
    meant |= _otherwise_spelt(meant, seen)
    if ending:
        meant |= {cell + ending: value for cell, value in list(meant.items()) if isinstance(cell, str)}
    return meant


def _otherwise_spelt(meant: Meanings, seen: Iterable[Cell]) -> dict[Cell, str]:
    """The cells seen whose meaning is known, though trimming and folding case alone does not tell it."""
    by_key = {_key(cell): value for cell, value in meant.items()}
    covered = {cell.strip().lower() for cell in meant if isinstance(cell, str)}
    texts = {cell.strip() for cell in seen if isinstance(cell, str)}
    keys = {text: (folded(text), _number_key(text), unnumbered(folded(text))) for text in texts}
    values = {text: next(filter(None, map(by_key.get, tried)), None) for text, tried in keys.items()}
    return {text: value for text, value in sorted(values.items()) if value and text.lower() not in covered}


def meaning_of_word(key: str) -> str:
    """What a folded text means by the WORDS of any language; empty where it is none of them."""
    return next((words[key] for words in _FOLDED_WORDS.values() if key in words), "")


def texts_of(words: Words) -> tuple[str, ...]:
    """The words in every language that they are there in."""
    return (words,) if isinstance(words, str) else tuple(words.values())


def known_cells(questionnaire: Questionnaire, question: Question, reading: Reading) -> dict[Cell, str]:
    """Folded text or number → the value of the choice, under one reading."""
    pairs = _pairs(questionnaire, question, reading)
    return {folded(cell) if isinstance(cell, str) else cell: value for cell, value in pairs}


def _pairs(questionnaire: Questionnaire, question: Question, reading: Reading) -> list[tuple[Cell, str]]:
    """Each cell and its choice. Of two choices with one score the first stands for both: they are worth the same."""
    choices = questionnaire.choices_of(question)
    match reading:
        case Reading.VALUES:
            return [(choice.value, choice.value) for choice in choices]
        case Reading.LABELS:
            return [
                (spelt, choice.value)
                for choice in choices
                for text in texts_of(choice.label)
                for spelt in spellings_of(text)
            ]
        case Reading.NUMBERS:
            return [(float(number), choice.value) for number, choice in enumerate(choices, 1)]
        case Reading.FROM_ZERO:
            return [(float(number), choice.value) for number, choice in enumerate(choices)]
        case Reading.SCORES:
            return list({choice.score: (choice.score, choice.value) for choice in reversed(choices)}.values())


def _clear(pairs: Iterable[tuple[Cell, str]]) -> dict[str, str]:
    """Folded cell → meaning, for those that have one."""
    meant: dict[str, set[str]] = {}
    for cell, value in pairs:
        meant.setdefault(_key(cell), set()).add(value)
    return {key: values.pop() for key, values in meant.items() if len(values) == 1}


def _keyed(given: Meanings) -> dict[Cell, str]:
    """A map's cells as they are compared: as folded texts, and those that are numbers as numbers too."""
    keyed: dict[Cell, str] = {_key(cell): value for cell, value in given.items()}
    for cell, value in given.items():
        if (number := number_in(cell)) is not None:
            keyed[number] = value
    return keyed


def _key(cell: Cell) -> str:
    """The cell as it is compared; 3.0 as the text 3, which may be a label."""
    return folded(cell) if isinstance(cell, str) else repr(int(cell) if float(cell).is_integer() else cell)


def _number_key(text: str) -> str:
    number = number_in(text)
    return "" if number is None else _key(number)


_FOLDED_WORDS: Final = {
    language: {folded(word): value for word, value in words.items()} for language, words in WORDS.items()
}
