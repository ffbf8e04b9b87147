"""What a saved assessment must hold together, so that no report stumbles over it."""

from collections.abc import Iterable, Iterator
from typing import Final

from pydantic import TypeAdapter, ValidationError

from cvp.answers import Day
from cvp.assessment import Assessment, Move, Path
from cvp.document import Fault, Route
from cvp.level import LEVELS
from cvp.model import MOST_ENTRIES, Language

LONGEST_EFFORT: Final = 10_000
"""Days, as in a questionnaire."""

MOST_PEOPLE: Final = 100_000

_DAY: Final[TypeAdapter[str]] = TypeAdapter(Day)
_LANGUAGE: Final[TypeAdapter[str]] = TypeAdapter(Language)


def contradictions(a: Assessment) -> Iterator[Fault]:
    """What cannot be true of an assessment that cvp made."""
    for holds, route, message in (*_of_the_whole(a), *_of_questions(a), *_of_moves(a), *_of_the_room(a)):
        if not holds:
            yield Fault(message, route, kind="wrong_value")


Claim = tuple[bool, Route, str]
"""Whether it holds, where it is said, and what is wrong where it does not."""


def _of_the_whole(a: Assessment) -> Iterator[Claim]:
    yield _fits(_DAY, a.date), ("date",), "`date` is no day; write it as 2012-11-01"
    yield _fits(_LANGUAGE, a.language), ("language",), "`language` is no language code; write it as en or de-CH"
    numbers = tuple(level.level for level in a.levels)
    yield numbers == LEVELS, ("levels",), "`levels` must be the four levels, from 1 to 4"
    holding = [level.holds for level in a.levels]
    odd = tuple(level.level for n, level in enumerate(a.levels) if level.holds and not all(holding[:n]))
    yield a.out_of_order == odd, ("out_of_order",), "`out_of_order` is not what the gates say"
    if a.grid:
        known = {lens.id for lens in a.lenses}
        yield {a.grid.rows, a.grid.columns} <= known, ("grid",), "`grid` names a lens that is not there"
    for name, number in (("fall", a.margin.fall), ("rise", a.margin.rise)):
        yield number is None or 1 <= number <= MOST_ENTRIES, ("margin", name), f"`{name}` is no number of answers"


def _fits(kind: TypeAdapter[str], value: str) -> bool:
    try:
        kind.validate_python(value)
    except ValidationError:
        return False
    return True


def _of_questions(a: Assessment) -> Iterator[Claim]:
    criteria = [c.id for c in a.criteria]
    ids = criteria + [s.id for s in a.safeguards]
    yield len(set(ids)) == len(ids), ("criteria",), "two questions have one id"
    yield a.basis.questions == len(ids) > 0, ("basis", "questions"), "`questions` is not the number of questions"
    b = a.basis
    least = min(b.answered, b.assumed, b.with_evidence, b.not_applicable)
    adds_up = b.assumed + b.with_evidence <= b.answered and b.answered + b.not_applicable <= b.questions
    yield least >= 0 and adds_up, ("basis",), "the numbers of answers do not add up"
    for part, mentions in (("strengths", a.strengths), ("gaps", a.gaps)):
        for index, mention in enumerate(mentions):
            yield mention.id in criteria, (part, index, "id"), "there is no such criterion"
    for index, c in enumerate(a.criteria):
        yield c.weight > 0, ("criteria", index, "weight"), "`weight` must be more than 0"


def _of_moves(a: Assessment) -> Iterator[Claim]:
    yield from _of_efforts(("recommendations",), a.recommendations)
    paths: dict[Route, Path] = {("path",): a.path, **{("ways", n): way for n, way in enumerate(a.ways)}}
    for route, path in paths.items():
        yield from _of_efforts((*route, "steps"), path.steps)
        total = sum(move.effort for move in path.steps)
        yield path.effort == total, (*route, "effort"), "`effort` is not the sum of the efforts of the steps"
        known = {move.recommendation for move in path.steps}
        named = {move.recommendation for phase in path.roadmap for move in (*phase.begins, *phase.ends)}
        yield named <= known, (*route, "roadmap"), "`roadmap` names a move that is not among the steps"
        fits = path.projected_level >= a.level and path.target >= (path.reached or 0)
        yield fits, route, "leads down, or further than its `target`"
    targets = tuple(way.target for way in a.ways)
    yield targets == LEVELS[a.level :], ("ways",), "`ways` must lead to each level above the present one, lowest first"


def _of_efforts(route: Route, moves: Iterable[Move]) -> Iterator[Claim]:
    for index, move in enumerate(moves):
        message = f"`effort` must be from 1 to {LONGEST_EFFORT:,} days"
        yield 1 <= move.effort <= LONGEST_EFFORT, (*route, index, "effort"), message


def _of_the_room(a: Assessment) -> Iterator[Claim]:
    if (room := a.room) is None:
        return
    people = range(1, room.respondents + 1)
    yield 1 <= room.respondents <= MOST_PEOPLE, ("room", "respondents"), "`respondents` is no number of people"
    yield len(room.people) in (0, room.respondents), ("room", "people"), "`people` must be all of them, or none"
    yield all(n in people for n in room.deciders or ()), ("room", "deciders"), "there is no such respondent"
    ids = {c.id for c in room.criteria}
    known = {c.id for c in a.criteria} | {s.id for s in a.safeguards}
    yield ids <= known, ("room", "criteria"), "the room voted on a question that was not asked"
    yield ids.issuperset(room.agenda), ("room", "agenda"), "`agenda` names a question that was not voted on"
    for index, c in enumerate(room.criteria):
        route = ("room", "criteria", index)
        yield bool(c.rounds), (*route, "rounds"), "`rounds` needs at least one entry"
        yield all(n in people for n in (*c.lowest, *c.highest)), route, "there is no such respondent"
        for number, votes in enumerate(c.rounds):
            counts = (*votes.frequencies, votes.dont_know)
            fits = len(votes.frequencies) == len(c.choices) and min(counts) >= 0 and sum(counts) <= MOST_PEOPLE
            yield fits, (*route, "rounds", number), "the votes are not those of these respondents on these choices"
