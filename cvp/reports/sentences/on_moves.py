"""What is said of moves that were proposed, by the answers that followed; the same in every format."""

from cvp.comparing.comparison import Comparison, LiftOutcome, MoveOutcome, Outcome
from cvp.reports.sentences import score
from cvp.text import and_list, counted

SAME_ANSWER = "the same answer as before, on newer evidence"


def moves(c: Comparison) -> str:
    """Of the moves that were proposed, how many show."""
    outcomes: tuple[Outcome, ...] = ("shows", "in part", "fell", "renewed", "cannot tell")
    shows, part, fell, same, unknown = (_having(c, outcome) for outcome in outcomes)
    verb = "show" if shows > 1 else "shows"
    first = f" at first, on {c.before.date}" if c.trend else ""
    said = f"Of the {counted(len(c.moves), 'move')} proposed{first}, {shows or 'none'} {verb} in the answers"
    more = [f"{part} in part"] if part else []
    more += [f"at {fell} the answer fell"] if fell else []
    more += [f"of {same} it cannot be told, for it is {SAME_ANSWER}"] if same else []
    more += [f"of {unknown} nobody can tell, since what they lift is open or no longer asked"] if unknown else []
    return "; ".join([said, *more]) + "."


def _having(c: Comparison, outcome: Outcome) -> int:
    return sum(move.outcome == outcome for move in c.moves)


def lifts(move: MoveOutcome) -> str:
    """`Would miss you 0.50 (wanted 0.75)`."""
    return ", ".join(
        f"{lift.short} {_reached(lift)} ({_was(move, lift)}wanted {score(lift.wanted)})" for lift in move.lifts
    )


def _reached(lift: LiftOutcome) -> str:
    if lift.after is None:
        return "open"
    return f"{score(lift.after)}{', renewed' if lift.renewed else ''}"


def _was(move: MoveOutcome, lift: LiftOutcome) -> str:
    """Of several lifts, which fell; of a single one the outcome says so."""
    fell = lift.before is not None and lift.after is not None and lift.after < lift.before
    return f"was {score(lift.before)}, " if fell and len(move.lifts) > 1 else ""


def outcome(move: MoveOutcome) -> str:
    """`yes`, `in part`, or why not: `no: fell from 0.75 to 0.50`."""
    match move.outcome:
        case "shows":
            return "yes"
        case "renewed":
            return f"cannot be told: {SAME_ANSWER}"
        case "fell":
            fallen = ((lift.before, lift.after) for lift in move.lifts if not lift.renewed)
            pairs = [(a, b) for a, b in fallen if a is not None and b is not None and b < a]
            return f"no: {and_list([f'fell from {score(a)} to {score(b)}' for a, b in pairs])}"
    return move.outcome
