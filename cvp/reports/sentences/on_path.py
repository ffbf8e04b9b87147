"""What a path takes, how firmly it stands and how it goes, in whole sentences."""

from typing import Final

from cvp.assessment import Assessment, Path
from cvp.reports.sentences import days, listed, percent, quoted, working_days
from cvp.reports.sentences.on_projection import measured_again
from cvp.speaking import _, ngettext

FIRST_MOVES: Final = 3
"""So many are named on a first page."""


def summary(a: Assessment) -> list[str]:
    """What it takes to get to Level 4 and to the levels before it, what that supposes, and where it leads."""
    p = a.path
    farthest = _farthest(a)
    if not p.steps:
        supposed = [_supposed(farthest)] if farthest.supposed and farthest.steps else []
        return [_no_moves(a), *supposed, *measured_again(a, farthest)]
    said = [_kept_to(p, f"{_how_far(a)}{_levels_before(a)}."), *_levels_beyond(a)]
    if p.supposed:
        said.append(_supposed(p))
    if p.projected_level > max(_reached(p), a.level):
        projected = _("As answered that makes Level {level}, unless what is open turns out low.")
        said.append(projected.format(level=p.projected_level))
    if p.projected_low != p.projected_high:
        said.append(_not_sure_yet(a))
    return [*said, *measured_again(a, farthest)]


def _farthest(a: Assessment) -> Path:
    """Of the path, and of the ways beyond it where the sentence on a budget names them, the one that leads highest."""
    beyond = [way for way in a.ways if way.reached == way.target > _reached(a.path)]
    return beyond[-1] if a.path.budget is not None and beyond else a.path


def _supposed(p: Path) -> str:
    """What the path supposes of open answers, and what it would come to with them at their highest choice."""
    if p.at_best is None:
        said = ngettext(
            "That supposes that {n} open answer is at the lowest choice.",
            "That supposes that {n} open answers are at the lowest choice.",
            p.supposed,
        )
        return said.format(n=p.supposed)
    if not p.at_best.moves:
        said = ngettext(
            "That supposes that {n} open answer is at the lowest choice; at the highest nothing would have to be done.",
            "That supposes that {n} open answers are at the lowest choice; "
            "at the highest nothing would have to be done.",
            p.supposed,
        )
        return said.format(n=p.supposed)
    said = ngettext(
        "That supposes that {n} open answer is at the lowest choice; at the highest it would take {effort}.",
        "That supposes that {n} open answers are at the lowest choice; at the highest it would take {effort}.",
        p.supposed,
    )
    return said.format(n=p.supposed, effort=_in_moves(days(p.at_best.effort), p.at_best.moves))


def _not_sure_yet(a: Assessment) -> str:
    """Names up to two open questions outside the gates that the path mends: those that decide one already."""
    p = a.path
    mended = {move.level for move in p.steps} - {p.towards}
    besides = [q for q in a.open if q.level not in mended and (q.level or 0) <= p.projected_high]
    names = [quoted(q.short) for q in [q for q in besides if q.decides] or besides]
    if not names:
        said = _("Not sure yet: what is open besides could still put it between {low} and {high}.")
    elif len(names) > 2:
        said = _("Not sure yet: what is open besides (above all {names}) could still put it between {low} and {high}.")
    else:
        said = _("Not sure yet: what is open besides ({names}) could still put it between {low} and {high}.")
    return said.format(names=listed(names[:2]), low=p.projected_low, high=p.projected_high)


def _no_moves(a: Assessment) -> str:
    p = a.path
    if a.level == p.target:
        return _("Nothing to add.") if a.settled else _("Nothing to add on these answers; ask what is open first.")
    if p.budget is not None and a.ways[0].steps:
        further = _("no move leads further; {costs}.").format(costs=_costs(a, a.level))
        return _kept_to(p, further)
    if p.excluded:
        return _kept_to(p, _("no recommendation leads further from here."))
    return _("No recommendation leads further from here.")


def _kept_to(p: Path, said: str) -> str:
    """What is said of a path under what it keeps to: `Within 60 days, without “Award”: …`."""
    without = listed([quoted(move.label) for move in p.excluded])
    if p.budget is None:
        return _("Without {moves}: {said}").format(moves=without, said=said) if without else said
    within = ngettext("Within {n} working day: {said}", "Within {n} working days: {said}", p.budget)
    if without:
        within = ngettext(
            "Within {n} working day, without {moves}: {said}",
            "Within {n} working days, without {moves}: {said}",
            p.budget,
        )
    return within.format(n=p.budget, moves=without, said=said)


def _cost(p: Path) -> str:
    return _in_moves(days(p.effort), len(p.steps))


def _in_moves(effort: str, moves: int) -> str:
    return ngettext("{effort} in {n} move", "{effort} in {n} moves", moves).format(effort=effort, n=moves)


def _how_far(a: Assessment) -> str:
    """`120 working days in 7 moves to Level 4`."""
    p = a.path
    effort = _in_moves(working_days(p.effort) if p.budget is None else days(p.effort), len(p.steps))
    said = _goal(a).format(effort=effort, level=p.reached, now=a.level)
    return _nearer(p, is_after_goal=_is_further(a)).format(
        said=said, percent=percent(int(p.progress * 100 + 1e-9) / 100), level=p.towards
    )


def _is_further(a: Assessment) -> bool:
    """Whether the path gets anywhere, be it to secure Level 1."""
    return _reached(a.path) > a.level or bool(a.path.reached and not a.secured)


def _goal(a: Assessment) -> str:
    p = a.path
    is_end = _reached(p) < p.target and not _levels_beyond(a) and not p.towards
    if _reached(p) > a.level:
        return _("{effort} to Level {level}, no further") if is_end else _("{effort} to Level {level}")
    if _is_further(a):
        return _("{effort} to secure Level 1, no further") if is_end else _("{effort} to secure Level 1")
    return "{effort}" if p.towards else _("{effort}, none of which leads above Level {now}")


def _nearer(p: Path, is_after_goal: bool) -> str:
    """How far the last moves get towards a level that they do not reach."""
    if not p.towards:
        return "{said}"
    if p.progress:
        alone = _("{said} for {percent} of the points that Level {level} still lacks")
        also = _("{said}; that also brings {percent} of the points that Level {level} still lacks")
    else:
        alone = _("{said} for a part of what Level {level} cannot do without")
        also = _("{said}; that also brings a part of what Level {level} cannot do without")
    return also if is_after_goal else alone


def _reached(p: Path) -> int:
    return p.reached or 0


def _levels_before(a: Assessment) -> str:
    """`; 21 days in 3 moves to Level 3`: of those that take the same, the highest."""
    said, effort = "", a.path.effort
    for way in reversed(a.ways):
        if way.reached == way.target < _reached(a.path) and way.effort < effort:
            cost = _("{effort} to Level {level}").format(effort=_cost(way), level=way.target)
            said, effort = _("; ").join([said, cost]), way.effort
    return said


def _levels_beyond(a: Assessment) -> list[str]:
    """What a budget does not pay for."""
    said = _costs(a, _reached(a.path)) if a.path.budget is not None else ""
    return [f"{said}."] if said else []


def _costs(a: Assessment, above: int) -> str:
    """`Level 3 takes 83 days in 7 moves`."""
    beyond = [way for way in a.ways if way.reached == way.target > above]
    takes = _("Level {level} takes {effort}")
    return listed([takes.format(level=way.target, effort=_cost(way)) for way in beyond])


def proof(p: Path) -> str:
    """What is proved of a path: that there is none better, or how much better one could be at most."""
    if not p.steps:
        return ""
    is_end = p.reached != p.target
    if p.exact and is_end and p.budget is not None:
        said = ngettext(
            "Proved: nothing that fits into {n} working day leads to a higher level.",
            "Proved: nothing that fits into {n} working days leads to a higher level.",
            p.budget,
        )
        return said.format(n=p.budget)
    if p.exact and is_end:
        return _("Proved: no set of moves leads as far in fewer days, and none leads further.")
    if p.exact:
        return _("Proved: no set of moves leads as far in fewer days.")
    if p.bound < p.effort:
        said = ngettext(
            "Too many sets of moves to try them all: a cheaper one may exist, but none under {n} day.",
            "Too many sets of moves to try them all: a cheaper one may exist, but none under {n} days.",
            p.bound,
        )
        return said.format(n=p.bound)
    return _("Too many sets of moves to try them all: none as far is cheaper, but one may lead further.")


def safe_bets(p: Path) -> str:
    """Which moves, by number, stay in the path whatever the size of efforts.

    That none does is told of a path without a budget alone: what fits into a budget always hangs on efforts.
    """
    if not p.steps:
        return ""
    numbers = [number for number, move in enumerate(p.steps, 1) if move.recommendation in p.safe_bets]
    if not numbers:
        none = _("No move is a safe bet: none stays in if every effort is a size smaller or larger.")
        return "" if p.budget is not None else none
    if len(numbers) == len(p.steps):
        one = _("It is a safe bet: it stays in if every effort is a size smaller or larger.")
        every = _("All moves are safe bets: they stay in if every effort is a size smaller or larger.")
        return every if len(numbers) > 1 else one
    return ngettext(
        "Move {moves} is a safe bet: it stays in if every effort is a size smaller or larger.",
        "Moves {moves} are safe bets: they stay in if every effort is a size smaller or larger.",
        len(numbers),
    ).format(moves=_ranges(numbers))


def alternatives(p: Path) -> list[str]:
    """What could take the place of what, at no more effort in all."""
    said = _("In place of {moves}, at no more effort: {others}.")
    return [
        said.format(
            moves=listed([quoted(move.label) for move in one.left_out]),
            others=listed([quoted(move.label) for move in one.instead]),
        )
        for one in p.alternatives
    ]


def roadmap(p: Path) -> str:
    """Which moves, by number, are done by when, one after the other."""
    done, parts = 0, []
    for phase in p.roadmap:
        numbers = list(range(done + 1, done + 1 + len(phase.ends)))
        if numbers:
            by_when = _later(done, len(numbers)) if phase.until is None else _by_day(done, len(numbers))
            parts.append(by_when.format(moves=_ranges(numbers), day=phase.until))
        done += len(phase.ends)
    return _("One after the other: {moves}.").format(moves=", ".join(parts)) if parts else ""


def _by_day(done: int, number: int) -> str:
    """The first of all says that its numbers are moves."""
    if done:
        return _("{moves} by calendar day {day}")
    return ngettext("move {moves} by calendar day {day}", "moves {moves} by calendar day {day}", number)


def _later(done: int, number: int) -> str:
    return _("{moves} later") if done else ngettext("move {moves} later", "moves {moves} later", number)


def _ranges(numbers: list[int]) -> str:
    """`1 to 4, 6 and 7, 9`."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(_range(run) for run in runs)


def _range(run: list[int]) -> str:
    if len(run) > 2:
        return _("{first} to {last}").format(first=run[0], last=run[-1])
    return listed([str(number) for number in run])
