"""What the cells of each question's column are, settled by what stands in them and, for numbers, in all columns."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from cvp.matching import (
    NOT_APPLICABLE,
    NUMERIC,
    TEXTUAL,
    WORDS,
    Cell,
    Cells,
    Meanings,
    Numbering,
    Reading,
    look_at,
    number_in,
    numberings,
)
from cvp.questionnaire import Questionnaire
from cvp.tables.answering.mapping import Map
from cvp.tables.answering.problems import one_alone, problems_of
from cvp.tables.answering.scales import with_scales
from cvp.tables.answering.uncounted import uncounted


@dataclass(frozen=True)
class Settled:
    """By question: the distinct cells seen, what they showed, and the readings settled on.

    `numbers` is the reading of numbers in the whole table, if one was needed; `languages` those whose words for "don't
    know" are taken. `given` is what cells mean that a map or numbers before labels say; `example` is such a label,
    where numbers alone are read by it. `problems` are sentences about what could not be settled.
    """

    seen: Mapping[str, Sequence[Cell]]
    cells: Mapping[str, Cells]
    readings: Mapping[str, tuple[Reading, ...]]
    languages: tuple[str, ...]
    given: Mapping[str, Meanings]
    numbers: Reading | None = None
    example: str = ""
    problems: Mapping[str, str] = field(default_factory=dict)


def settle(
    questionnaire: Questionnaire,
    map_: Map,
    seen: Mapping[str, Sequence[Cell]],
    all_cells: Callable[[Sequence[str]], Mapping[str, Sequence[Cell]]],
) -> Settled:
    """Settles how the columns are read whose first cells were `seen`.

    Numbers are the numbers of choices or scores in all columns alike. Where the first cells do not tell which,
    `all_cells` is asked for those of the whole columns.
    """
    looks = _Looks(questionnaire, map_, seen)
    undecided = [key for key, cells in looks.cells.items() if len(cells.numeric) > 1 and not map_.reading_of(key)]
    if undecided and not _sure(looks, map_):
        seen = {**seen, **all_cells(undecided)}
        looks = _Looks(questionnaire, map_, seen)
    looked = looks.cells
    sure = _sure(looks, map_)
    numbers = sure[0] if len(sure) == 1 else None
    readings = {key: _readings(looks, key, numbers, map_.reading_of(key)) for key in looked}
    unsaid = {key: cells for key, cells in looked.items() if not map_.reading_of(key)}
    problems = {**problems_of(questionnaire, unsaid, sure), **uncounted(questionnaire, unsaid, looks.numbering)}
    open_ = [key for key in undecided if len(looked[key].numeric) > 1 and key not in problems]
    problems |= {} if sure else one_alone(open_)
    return Settled(
        seen=seen,
        cells=looked,
        readings=readings,
        languages=_languages(questionnaire, looked),
        given=looks.given,
        numbers=numbers,
        example=next((looks.numbering[key].example for key in looked if _is_counted(looks, key)), ""),
        problems=problems,
    )


class _Looks:
    """What the columns show, by question: what numbers before labels say of them, what is `given`, and the cells."""

    def __init__(self, questionnaire: Questionnaire, map_: Map, seen: Mapping[str, Sequence[Cell]]) -> None:
        said = {key: {**_beside(map_.reading_of(key)), **map_.cells_of(questionnaire, key)} for key in seen}
        open_ = {key: cells for key, cells in seen.items() if not map_.reading_of(key)}
        self.numbering: Mapping[str, Numbering] = numberings(questionnaire, open_, said)
        self.given = {key: {**self._meant(key, said[key]), **said[key]} for key in seen}
        looked = {key: self._look(questionnaire, key, cells) for key, cells in seen.items()}
        self.cells = with_scales(questionnaire, looked)

    def _meant(self, key: str, said: Meanings) -> Meanings:
        """What numbers mean by those before labels, but for those that the map says."""
        meant = self.numbering[key].meant if key in self.numbering else {}
        mapped = {number_in(cell) for cell in said}
        return {number: value for number, value in meant.items() if number not in mapped}

    def _look(self, questionnaire: Questionnaire, key: str, cells: Sequence[Cell]) -> Cells:
        question = questionnaire.questions[key]
        if key not in self.numbering:
            return look_at(questionnaire, question, cells, self.given[key])
        numbering, given = self.numbering[key], self.given[key]
        said = [number for number in numbering.meant if number in given]
        return look_at(questionnaire, question, cells, given, said, numbering.readings)


def _beside(said: Reading | None) -> Meanings:
    """What stands beside the values of choices, where a map says that cells are these."""
    return {NOT_APPLICABLE: NOT_APPLICABLE} if said == Reading.VALUES else {}


def _is_counted(looks: _Looks, key: str) -> bool:
    """Whether numbers alone are read as numbers before labels say."""
    cells = looks.cells[key]
    is_read = cells.said or cells.numeric == (Reading.FROM_ZERO,)
    return bool(is_read) and not looks.numbering[key].of_labels


def _sure(looks: _Looks, map_: Map) -> tuple[Reading, ...]:
    """The readings of numbers that some column cannot do without; where there are none, those that the map says.

    A score beside texts says nothing: it may be some tool's code. Nor do choices that are counted from 0, as
    numbers before their labels say.
    """
    open_ = {key: cells for key, cells in looks.cells.items() if not map_.reading_of(key)}
    needed = {
        cells.numeric[0]
        for cells in open_.values()
        if len(cells.numeric) == 1 and not (cells.texts and cells.numeric[0] == Reading.SCORES)
    }
    needed = needed or {said for key in looks.cells if (said := map_.reading_of(key))}
    return tuple(reading for reading in NUMERIC if reading in needed)


def _readings(looks: _Looks, key: str, numbers: Reading | None, said: Reading | None) -> tuple[Reading, ...]:
    """Texts as what they all are, or as anything that is clear; numbers as all numbers of the table are read.

    Where a map says how numbers are read, texts with numbers before them are beside these.
    """
    cells = looks.cells[key]
    if said:
        return (said, *(cells.textual if cells.numbered and said not in TEXTUAL else ()))
    textual = cells.textual or (() if cells.numbers and not cells.texts else TEXTUAL)
    if cells.are_told:
        return (*textual, *((numbers,) if numbers in cells.numeric else cells.numeric[:1]))
    numeric = (numbers,) if numbers and (cells.numbers or not cells.texts) else ()
    return (*textual, *numeric)


def _languages(questionnaire: Questionnaire, looked: Mapping[str, Cells]) -> tuple[str, ...]:
    spoken = {"en", questionnaire.default_language, *questionnaire.languages}
    spoken = {language.partition("-")[0] for language in spoken}
    spoken.update(language for cells in looked.values() for language in cells.languages)
    return tuple(language for language in WORDS if language in spoken)
