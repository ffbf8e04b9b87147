"""What a path takes, how firmly it stands and how it goes, in whole sentences."""

from cvp.assessment import Assessment, Path
from cvp.reports.sentences import days, quoted, working_days
from cvp.text import and_list, counted


def summary(a: Assessment) -> list[str]:
    """What it takes to get to Level 4 and to the levels before it, what that supposes, and where it leads."""
    p = a.path
    if not p.steps:
        return [_no_moves(a)]
    first = working_days(p.effort) if p.budget is None else days(p.effort)
    said = [f"{_bounded(p)}{_in_moves(first, p)}{_how_far(a)}{_levels_before(a)}.", *_levels_beyond(a)]
    if p.supposed:
        answers = counted(p.supposed, "open answer is", "open answers are")
        said.append(f"That supposes that {answers} at the lowest choice{_at_best(p)}.")
    if p.projected_level > max(_reached(p), a.level):
        said.append(f"As answered that makes Level {p.projected_level}, unless what is open turns out low.")
    if p.projected_low != p.projected_high:
        what = f"what is open besides{_deciding(a)}"
        said.append(f"Not sure yet: {what} could still put it between {p.projected_low} and {p.projected_high}.")
    return said


def _at_best(p: Path) -> str:
    """What the path would come to with the open answers at their highest choice."""
    if p.at_best is None:
        return ""
    if not p.at_best.moves:
        return "; at the highest nothing would have to be done"
    moves = counted(p.at_best.moves, "move")
    return f"; at the highest it would take {days(p.at_best.effort)} in {moves}"


def _deciding(a: Assessment) -> str:
    """Up to two open questions outside the gates that the path mends, in brackets: those that decide one already."""
    mended = {move.level for move in a.path.steps} - {a.path.towards}
    besides = [q for q in a.open if q.level not in mended and (q.level or 0) <= a.path.projected_high]
    names = [quoted(q.short) for q in [q for q in besides if q.decides] or besides]
    more = "above all " if len(names) > 2 else ""
    return f" ({more}{and_list(names[:2])})" if names else ""


def _no_moves(a: Assessment) -> str:
    p = a.path
    if a.level == p.target:
        return "Nothing to add." if a.settled else "Nothing to add on these answers; ask what is open first."
    if p.budget is not None and a.ways[0].steps:
        return f"{_bounded(p)}no move leads further; {_costs(a, a.level)}."
    if p.excluded:
        return f"{_bounded(p)}no recommendation leads further from here."
    return "No recommendation leads further from here."


def _bounded(p: Path) -> str:
    """What the path keeps to: `Within 60 days, without “Award”: `."""
    within = [f"within {working_days(p.budget)}"] if p.budget is not None else []
    without = [f"without {and_list([quoted(move.label) for move in p.excluded])}"] if p.excluded else []
    kept = ", ".join([*within, *without])
    return f"{kept[0].upper()}{kept[1:]}: " if kept else ""


def _cost(p: Path) -> str:
    return _in_moves(days(p.effort), p)


def _in_moves(effort: str, p: Path) -> str:
    return f"{effort} in {counted(len(p.steps), 'move')}"


def _how_far(a: Assessment) -> str:
    p = a.path
    goal = nearer = ""
    end = ", no further" if _reached(p) < p.target and not _levels_beyond(a) and not p.towards else ""
    if _reached(p) > a.level:
        goal = f" to Level {p.reached}{end}"
    elif p.reached and not a.secured:
        goal = f" to secure Level 1{end}"
    if p.towards:
        share = f"{int(p.progress * 100 + 1e-9)}% of the points that Level {p.towards} is missing"
        nearer = f" for {share if p.progress else f'a part of what Level {p.towards} cannot do without'}"
    return (
        f"{goal}, and{nearer}" if goal and nearer else goal or nearer or f", none of which leads above Level {a.level}"
    )


def _reached(p: Path) -> int:
    return p.reached or 0


def _levels_before(a: Assessment) -> str:
    """`; 21 days in 3 moves to Level 3`: of those that take the same, the highest."""
    said, effort = "", a.path.effort
    for way in reversed(a.ways):
        if way.reached == way.target < _reached(a.path) and way.effort < effort:
            said, effort = f"{said}; {_cost(way)} to Level {way.target}", way.effort
    return said


def _levels_beyond(a: Assessment) -> list[str]:
    """What a budget does not pay for."""
    said = _costs(a, _reached(a.path)) if a.path.budget is not None else ""
    return [f"{said}."] if said else []


def _costs(a: Assessment, above: int) -> str:
    """`Level 3 takes 83 days in 7 moves`."""
    beyond = [way for way in a.ways if way.reached == way.target > above]
    return and_list([f"Level {way.target} takes {_cost(way)}" for way in beyond])


def proof(p: Path) -> str:
    """What is proved of a path: that there is none better, or how much better one could be at most."""
    if not p.steps:
        return ""
    is_end = p.reached != p.target
    if p.exact and is_end and p.budget is not None:
        return f"Proved: nothing that fits into {working_days(p.budget)} leads to a higher level."
    if p.exact:
        return f"Proved: no set of moves leads as far in fewer days{', and none leads further' if is_end else ''}."
    if p.bound < p.effort:
        return f"Too many sets of moves to try them all: a cheaper one may exist, but none under {days(p.bound)}."
    return "Too many sets of moves to try them all: none as far is cheaper, but one may lead further."


def safe_bets(p: Path) -> str:
    """Which moves, by number, stay in the path whatever the size of efforts.

    That none does is told of a path without a budget alone: what fits into a budget always hangs on efforts.
    """
    if not p.steps:
        return ""
    where = "if every effort is a size smaller or larger"
    numbers = [number for number, move in enumerate(p.steps, 1) if move.recommendation in p.safe_bets]
    if not numbers:
        return "" if p.budget is not None else f"No move is a safe bet: none stays in {where}."
    if len(numbers) == len(p.steps):
        return (
            f"{'All moves are safe bets: they stay' if len(numbers) > 1 else 'It is a safe bet: it stays'} in {where}."
        )
    bets = "is a safe bet: it stays" if len(numbers) == 1 else "are safe bets: they stay"
    return f"{'Move' if len(numbers) == 1 else 'Moves'} {_ranges(numbers)} {bets} in {where}."


def alternatives(p: Path) -> list[str]:
    """What could take the place of what, at no more effort in all."""
    return [
        f"In place of {and_list([quoted(move.label) for move in one.left_out])}, at no more effort: "
        f"{and_list([quoted(move.label) for move in one.instead])}."
        for one in p.alternatives
    ]


def roadmap(p: Path) -> str:
    """Which moves, by number, are done by when, one after the other."""
    done, parts = 0, []
    for phase in p.roadmap:
        numbers = list(range(done + 1, done + 1 + len(phase.ends)))
        if numbers:
            when = "later" if phase.until is None else f"by calendar day {phase.until}"
            noun = "" if done else "move " if len(numbers) == 1 else "moves "
            parts.append(f"{noun}{_ranges(numbers)} {when}")
        done += len(phase.ends)
    return f"One after the other: {', '.join(parts)}." if parts else ""


def _ranges(numbers: list[int]) -> str:
    """`1 to 4, 6 and 7, 9`."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(f"{run[0]} to {run[-1]}" if len(run) > 2 else and_list([str(n) for n in run]) for run in runs)
