"""How firmly a path stands and how it goes, in whole sentences; what it takes is in `cvp.reports.sentences.path`."""

from cvp.assessment import Path
from cvp.reports.sentences import days, quoted, working_days
from cvp.text import and_list


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
