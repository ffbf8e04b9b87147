"""A questionnaire as the measurement rules see it: what is sound in it, in whole numbers, worked out once a file."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from cvp.document import Route
from cvp.gates import Gate, Item, Scale, evaluate, gate, scale_of
from cvp.level import LEVELS, Level
from cvp.path import step_of
from cvp.questionnaire import Choice, Questionnaire
from cvp.rules.subject import Subject, once


@dataclass(frozen=True)
class Reach:
    """How far answers move a level's gate: it with every criterion at its lowest choice, and at its highest."""

    level: Level
    items: tuple[Item, ...]
    worst: Gate
    best: Gate

    @property
    def weight(self) -> int:
        return self.best.weight

    @property
    def needed(self) -> int:
        """The weighted points that the gate asks for."""
        return self.best.passing * self.best.weight

    @cached_property
    def is_open_to_answers(self) -> bool:
        """Whether some answers open the gate and others shut it."""
        return self.best.holds and not self.worst.holds


@dataclass(frozen=True)
class Measures:
    """The sound part of a questionnaire.

    `lost` are the levels over which nothing can be reckoned; `hidden` are questions that a misspelt or faulty
    recommendation seems to lift, about which nothing is said.
    """

    questionnaire: Questionnaire
    scale: Scale
    lost: frozenset[Level]
    lists: Mapping[Route, tuple[Choice, ...]]
    hidden: frozenset[str]

    @cached_property
    def reaches(self) -> tuple[Reach, ...]:
        """Every level that is not lost."""
        lowest = {item.id: item.lowest for item in self.scale.items.values()}
        highest = {item.id: item.highest for item in self.scale.items.values()}
        return tuple(
            Reach(
                level,
                self.scale.criteria[level],
                gate(self.scale, level, lowest, "answered"),
                gate(self.scale, level, highest, "answered"),
            )
            for level in LEVELS
            if level not in self.lost
        )

    @cached_property
    def lifted(self) -> Mapping[str, int]:
        """The points of every question after all recommendations, with every answer at its lowest before."""
        items = self.scale.items
        lifted = {key: item.highest if key in self.hidden else item.lowest for key, item in items.items()}
        start = evaluate(self.scale, {key: item.lowest for key, item in items.items()})
        for recommendation in self.questionnaire.recommendations:
            for key, (_, after) in step_of(recommendation, 1, start).lifts.items():
                lifted[key] = max(lifted[key], after)
        return lifted

    def said(self, points: int) -> str:
        """Points as the author wrote them."""
        return f"{self.scale.score(points):g}"

    def average(self, total: int, weight: int) -> str:
        """Weighted points as a score, rounded down, so that one under its threshold does not look like it."""
        return f"{total * 1000 // (weight * self.scale.one) / 1000:g}"


@once
def measures_of(subject: Subject) -> Measures | None:
    """The measures of the subject's own questionnaire."""
    return _measured(subject, subject.own) if subject.own else None


def reaches_of(subject: Subject) -> tuple[Reach, ...]:
    """The levels of the subject's own questionnaire over which something can be reckoned."""
    measures = measures_of(subject)
    return measures.reaches if measures else ()


def at(subject: Subject, key: str, *keys: str) -> Route:
    """Where the first of `keys` stands in a criterion, safeguard or recommendation; its id where it has none."""
    route = subject.routes[key]
    return next(((*route, part) for part in keys if subject.document.at((*route, part)) is not None), (*route, "id"))


def _measured(subject: Subject, own: Questionnaire) -> Measures:
    spoilt = set(_spoilt(subject))
    times = Counter(question.id for question in (*own.criteria, *own.safeguards))
    unsound = {
        question.id
        for question in (*own.criteria, *own.safeguards)
        if times[question.id] > 1
        or question.id in spoilt
        or (isinstance(question.choices, str) and not _is_whole(own, question.choices, spoilt))
    }
    lost = {c.level for c in own.criteria if c.id in unsound}
    lost.update(level for level in LEVELS if ("levels", str(level)) in spoilt)
    sound = _without(own, unsound) if unsound else own
    return Measures(
        questionnaire=sound,
        scale=scale_of(sound),
        lost=subject.lost_levels | lost,
        lists=dict(_lists(subject, sound, spoilt)),
        hidden=frozenset(_hidden(subject, sound)),
    )


def _spoilt(subject: Subject) -> Iterator[str | Route]:
    """Ids of questions, and routes of lists and levels, of which something that counts was left out as faulty."""
    for fault in subject.shape_faults:
        if fault.kind == "unknown_key":
            continue  # the rest of it is whole
        match fault.route:
            case ("criteria" | "safeguards" as part, int(index), "choices" | "weight" | "must", *_):
                if isinstance(key := subject.document.at((part, index, "id")), str):
                    yield key
            case ("choices" | "levels" as part, str(name), *_):
                yield (part, name)


def _is_whole(own: Questionnaire, name: str, spoilt: set[str | Route]) -> bool:
    return name in own.choices and ("choices", name) not in spoilt


def _lists(
    subject: Subject, sound: Questionnaire, spoilt: set[str | Route]
) -> Iterator[tuple[Route, tuple[Choice, ...]]]:
    """Every choice list once, with its place."""
    for name, choices in sound.choices.items():
        if ("choices", name) not in spoilt:
            yield ("choices", name), choices
    for question in sound.questions.values():
        if not isinstance(question.choices, str):
            yield (*subject.routes[question.id], "choices"), question.choices


def _hidden(subject: Subject, sound: Questionnaire) -> Iterator[str]:
    """What misspelt and faulty recommendations seem to lift; everything where they do not say what."""
    named = {key for recommendation in sound.recommendations for key in recommendation.lifts}
    if unknown := named - subject.routes.keys():
        import difflib  # only a file with errors pays for it

        for key in unknown:
            yield from difflib.get_close_matches(key, sound.questions, n=1)
    if not subject.shape_faults:
        return
    kept = {(recommendation.id, key) for recommendation in sound.recommendations for key in recommendation.lifts}
    listed = subject.document.at(("recommendations",)) or ()
    for item in listed if isinstance(listed, tuple) else (None,):
        lifts = item.get("lifts") if isinstance(item, dict) else None
        if isinstance(item, dict) and isinstance(lifts, dict):
            yield from (key for key in lifts if (str(item.get("id")), key) not in kept)
        else:
            yield from sound.questions


def _without(own: Questionnaire, unsound: set[str]) -> Questionnaire:
    kept = {name: getattr(own, name) for name in Questionnaire.model_fields}
    for part in ("criteria", "safeguards"):
        kept[part] = tuple(question for question in kept[part] if question.id not in unsound)
    return Questionnaire.model_construct(**kept)
