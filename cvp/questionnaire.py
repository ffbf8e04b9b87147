"""A questionnaire, as its file says it, and one that picks from another."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Discriminator, Field, Tag, WithJsonSchema

from cvp.level import LEVELS, Level
from cvp.model import Format, Frozen, Id, Language, LevelNumber, Line, Score, SemVer, Several, Some, Words
from cvp.speaking import language_tag, main_language
from cvp.text import in_language

EFFORT_SIZES: dict[str, int] = {"S": 2, "M": 8, "L": 30}


class Source(Frozen):
    """A text that criteria rest on."""

    author: Line
    title: Line
    year: Annotated[int, Field(ge=1000, le=9999)] | None = None
    url: Annotated[str, Field(pattern=r"^https://\S+$")] | None = None

    def __str__(self) -> str:
        return f"{self.author}, {self.title}" + (f" ({self.year})" if self.year else "")


class Option(Frozen):
    """One answer to tick."""

    value: Id
    label: Words


class Choice(Option):
    """One anchored answer to a criterion or safeguard."""

    score: Score


def _kind_of_choices(value: Any) -> str:
    return "name" if isinstance(value, str) else "list"


ChoiceList = Some[Choice]
Choices = Annotated[Annotated[Id, Tag("name")] | Annotated[ChoiceList, Tag("list")], Discriminator(_kind_of_choices)]


class Question(Frozen):
    """What criteria and safeguards share: something asked, with anchored choices and a source."""

    id: Id
    label: Words
    short: Words | None = None
    hint: Words | None = None
    guidance: Words | None = None
    choices: Choices
    lenses: dict[Id, Id] = {}
    mirrors: tuple[Id, ...] = ()
    source: Id


class Criterion(Question):
    """One thing asked for one level. `must` is the least score its gate needs; `fresh_for` is in months."""

    level: LevelNumber
    weight: Annotated[float, Field(gt=0, le=1_000_000, allow_inf_nan=False)] = 1
    must: Score | None = None
    fresh_for: Annotated[int, Field(ge=1, le=1200)] | None = None


class Safeguard(Question):
    """Something that limits the level to `cap` when it is answered below `below`."""

    below: Score
    cap: LevelNumber
    why: Words | None = None


class Background(Frozen):
    """Something asked about the respondent: it scores nothing, and makes segments."""

    id: Id
    label: Words
    hint: Words | None = None
    choices: Some[Option]


def _days(value: Any) -> Any:
    return EFFORT_SIZES.get(value, value) if isinstance(value, str) else value


Days = Annotated[
    int,
    BeforeValidator(_days),
    Field(ge=1, le=10_000),
    WithJsonSchema({"anyOf": [{"type": "integer", "minimum": 1, "maximum": 10_000}, {"enum": list(EFFORT_SIZES)}]}),
]
"""Whole days of work; S, M and L are 2, 8 and 30."""


class Recommendation(Frozen):
    """Something to do: it lifts each question in `lifts` to at least that score."""

    id: Id
    label: Words
    lifts: Annotated[dict[Id, Score], Field(min_length=1)]
    effort: Days
    after: tuple[Id, ...] = ()
    first_step: Words
    customer_gain: Words
    company_gain: Words | None = None
    example: Words | None = None
    source: Id | None = None


class LevelText(Frozen):
    """A level's name, what it means, and the score that its gate asks for."""

    name: Words
    summary: Words | None = None
    passing: Annotated[Score, Field(alias="pass")] = 0.7


class Lens(Frozen):
    """A way to cut across the levels."""

    label: Words
    values: Annotated[dict[Id, Words], Field(min_length=1)]


def _four_levels(levels: Any) -> Any:
    if isinstance(levels, dict) and (missing := [str(level) for level in LEVELS if str(level) not in levels]):
        raise ValueError(f"level {missing[0]} is missing; all four are needed, always")
    return levels


LevelKey = Literal["1", "2", "3", "4"]
Ladder = Annotated[dict[LevelKey, LevelText], BeforeValidator(_four_levels)]


class Grid(Frozen):
    """Two lenses that cross: a criterion stands in the cell of its two values."""

    rows: Id
    columns: Id

    def __str__(self) -> str:
        return f"{self.rows} by {self.columns}"


class Questionnaire(Frozen):
    """The whole of it. Every threshold, weight and rule is here, none in code."""

    cvp: Format
    id: Id
    version: SemVer
    title: Words
    summary: Words | None = None
    perspective: Literal["company", "buyer"]
    mirrors_of: Line | None = None
    informs: dict[Id, Words] = {}
    default_language: Language = "en"
    languages: dict[Language, Line] = {}
    sources: Annotated[dict[Id, Source], Field(min_length=1)]
    choices: dict[Id, ChoiceList] = {}
    levels: Ladder
    lenses: dict[Id, Lens] = {}
    grid: Grid | None = None
    criteria: Some[Criterion]
    safeguards: Several[Safeguard] = ()
    about: Several[Background] = ()
    recommendations: Several[Recommendation] = ()

    @cached_property
    def questions(self) -> Mapping[str, Criterion | Safeguard]:
        """Criteria and safeguards by id, in file order."""
        asked: tuple[Criterion | Safeguard, ...] = (*self.criteria, *self.safeguards)
        return {question.id: question for question in asked}

    @cached_property
    def sha256(self) -> str:
        """Of what the file means, not of its layout: comments, order of keys and defaults written out do not count."""
        content = self.model_dump(mode="json", by_alias=True, exclude_defaults=True)
        text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()

    def choices_of(self, question: Question) -> tuple[Choice, ...]:
        """The question's own list, or the named one that it uses."""
        return self.choices[question.choices] if isinstance(question.choices, str) else question.choices

    def level(self, level: Level) -> LevelText:
        return self.levels[_KEYS[level]]

    def say(self, words: str | dict[str, str] | None, language: str | None = None) -> str:
        """A text of this questionnaire in `language`, else in its default one; empty where there is none."""
        return "" if words is None else in_language(words, language or self.default_language, self.default_language)

    def language_for(self, wanted: str | None) -> str:
        """The language that is wanted, or `de` for `de-AT`, where it has texts in it; else its default one."""
        return self.language_like(wanted or "") or self.default_language

    def language_like(self, wanted: str) -> str | None:
        """As `language_for`, however it is written, as in `de_AT`; None where it has no texts in it."""
        known = {language_tag(language): language for language in self.all_languages}
        return known.get(language_tag(wanted)) or known.get(main_language(wanted))

    @property
    def all_languages(self) -> tuple[str, ...]:
        """Those that it has texts in, the default one first."""
        return tuple(dict.fromkeys((self.default_language, *self.languages)))

    def short(self, question: Question, language: str | None = None) -> str:
        """The name that tables use."""
        return self.say(question.short or question.label, language)


_KEYS: dict[Level, LevelKey] = {1: "1", 2: "2", 3: "3", 4: "4"}


class Picks(Frozen):
    """Which criteria and safeguards of which questionnaire."""

    origin: Annotated[Line, Field(alias="from")]
    criteria: Some[Id]
    safeguards: tuple[Id, ...] = ()


class Selection(Frozen):
    """A questionnaire that is a part of another: same ids, every text written once."""

    cvp: Format
    id: Id
    version: SemVer
    title: Words
    summary: Words | None = None
    picks: Picks

    def of(self, whole: Questionnaire) -> Questionnaire:
        """The picked part of `whole`, with what it uses of sources, choices, lenses and recommendations."""
        kept = {*self.picks.criteria, *self.picks.safeguards}
        criteria = tuple(c for c in whole.criteria if c.id in kept)
        safeguards = tuple(s for s in whole.safeguards if s.id in kept)
        recommendations = tuple(_restricted(whole.recommendations, kept))
        asked: tuple[Question, ...] = (*criteria, *safeguards)
        named = {q.choices for q in asked if isinstance(q.choices, str)}
        sources = {q.source for q in asked} | {r.source for r in recommendations}
        lenses = {key: lens for key, lens in whole.lenses.items() if any(key in q.lenses for q in asked)}
        crossed = whole.grid and {whole.grid.rows, whole.grid.columns} <= lenses.keys()
        return Questionnaire.model_construct(
            **{
                **{name: getattr(whole, name) for name in Questionnaire.model_fields},
                "id": self.id,
                "version": self.version,
                "title": self.title,
                "summary": self.summary,
                "sources": {key: source for key, source in whole.sources.items() if key in sources},
                "choices": {key: list_ for key, list_ in whole.choices.items() if key in named},
                "lenses": lenses,
                "grid": whole.grid if crossed else None,
                "criteria": criteria,
                "safeguards": safeguards,
                "recommendations": recommendations,
            }
        )


def _restricted(recommendations: tuple[Recommendation, ...], kept: set[str]) -> Iterator[Recommendation]:
    """Those that lift something kept, lifting only that, after only those that stay."""
    useful = {r.id for r in recommendations if kept & r.lifts.keys()}
    for recommendation in recommendations:
        if recommendation.id in useful:
            lifts = {key: score for key, score in recommendation.lifts.items() if key in kept}
            after = tuple(other for other in recommendation.after if other in useful)
            yield recommendation.model_copy(update={"lifts": lifts, "after": after})
