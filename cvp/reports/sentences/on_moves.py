"""What is said of moves that were proposed, by the answers that followed; the same in every format."""

from cvp.comparing.comparison import Comparison, LiftOutcome, MoveOutcome, Outcome
from cvp.reports.sentences import listed, score
from cvp.reports.sentences.phrases import in_a_row
from cvp.speaking import N_, _, ngettext

OUTCOMES: dict[Outcome, str] = {
    "shows": N_("yes"),
    "in part": N_("in part"),
    "not yet": N_("not yet"),
    "newly known": N_("cannot be told: known for the first time"),
    "renewed": N_("cannot be told: the same answer as before, on newer evidence"),
    "cannot tell": N_("cannot tell"),
}


def moves(c: Comparison) -> str:
    """Of the moves that were proposed, how many show."""
    outcomes: tuple[Outcome, ...] = ("shows", "in part", "fell", "newly known", "renewed", "cannot tell")
    shows, part, fell, first, same, unknown = (_having(c, outcome) for outcome in outcomes)
    more = [_("{n} in part").format(n=part)] if part else []
    more += [_("at {n} the answer fell").format(n=fell)] if fell else []
    if first:
        told = _("of {n} it cannot be told, for the answer is known for the first time")
        more.append(told.format(n=first))
    if same:
        told = _("of {n} it cannot be told, for it is the same answer as before, on newer evidence")
        more.append(told.format(n=same))
    if unknown:
        told = _("of {n} nobody can tell, since what they lift is open or no longer asked")
        more.append(told.format(n=unknown))
    return _("; ").join([_shown(c, shows), *more]) + "."


def _shown(c: Comparison, shows: int) -> str:
    proposed = ngettext("{n} move", "{n} moves", len(c.moves)).format(n=len(c.moves))
    if not shows:
        said = _("Of the {moves} proposed, none shows in the answers")
        if c.trend:
            said = _("Of the {moves} proposed at first, on {date}, none shows in the answers")
    elif c.trend:
        said = ngettext(
            "Of the {moves} proposed at first, on {date}, {n} shows in the answers",
            "Of the {moves} proposed at first, on {date}, {n} show in the answers",
            shows,
        )
    else:
        said = ngettext(
            "Of the {moves} proposed, {n} shows in the answers",
            "Of the {moves} proposed, {n} show in the answers",
            shows,
        )
    return said.format(moves=proposed, date=c.before.date, n=shows)


def _having(c: Comparison, outcome: Outcome) -> int:
    return sum(move.outcome == outcome for move in c.moves)


def lifts(move: MoveOutcome) -> str:
    """`Would miss you 0.50 (wanted 0.75)`."""
    return in_a_row(_lift(move, lift) for lift in move.lifts)


def _lift(move: MoveOutcome, lift: LiftOutcome) -> str:
    """Of several lifts, which fell; of a single one the outcome says so."""
    fell = lift.before is not None and lift.after is not None and lift.after < lift.before
    said = _("{question} {reached} (wanted {wanted})")
    if fell and len(move.lifts) > 1:
        said = _("{question} {reached} (was {was}, wanted {wanted})")
    return said.format(question=lift.short, reached=_reached(lift), was=score(lift.before), wanted=score(lift.wanted))


def _reached(lift: LiftOutcome) -> str:
    if lift.after is None:
        return _("open")
    reached = _("{score}, renewed") if lift.renewed else "{score}"
    if lift.before is None:
        reached = _("{score}, newly known")
    return reached.format(score=score(lift.after))


def outcome(move: MoveOutcome) -> str:
    """`yes`, `in part`, or why not: `no: fell from 0.75 to 0.50`."""
    if move.outcome != "fell":
        return _(OUTCOMES[move.outcome])
    fallen = ((lift.before, lift.after) for lift in move.lifts if not lift.renewed)
    said = _("fell from {before} to {after}")
    falls = [
        said.format(before=score(a), after=score(b)) for a, b in fallen if a is not None and b is not None and b < a
    ]
    return _("no: {falls}").format(falls=listed(falls))
