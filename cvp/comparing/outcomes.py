"""What became of what was proposed and disputed: the moves of the earlier path, and the room."""

from cvp.assessment import Assessment, Lift, Move
from cvp.comparing.comparison import LiftOutcome, MoveOutcome, Outcome, RoomChange
from cvp.comparing.refitting import former_ids
from cvp.comparing.replay import questions_by_id


def move_outcomes(before: Assessment, after: Assessment) -> tuple[MoveOutcome, ...]:
    """The moves of the earlier path, in their order, by the later answers; who did what nobody asked."""
    later = {old: new for new, old in former_ids(before, after).items()}
    return tuple(_outcome(move, after, later) for move in before.path.steps)


def _outcome(move: Move, after: Assessment, later: dict[str, str]) -> MoveOutcome:
    lifts = tuple(_lift(lift, after, later) for lift in move.lifts)
    return MoveOutcome(
        recommendation=move.recommendation,
        label=move.label,
        level=move.level,
        effort=move.effort,
        outcome=_verdict(lifts),
        lifts=lifts,
    )


def _lift(lift: Lift, after: Assessment, later: dict[str, str]) -> LiftOutcome:
    question = questions_by_id(after).get(later.get(lift.question, ""))
    known = question.answer.score if question and question.answer.state == "answered" else None
    return LiftOutcome(question=lift.question, short=lift.short, wanted=lift.after, before=lift.before, after=known)


def _verdict(lifts: tuple[LiftOutcome, ...]) -> Outcome:
    """Scores are compared as they are: both come from the same decimals."""
    known = [lift for lift in lifts if lift.after is not None]
    if not known:
        return "cannot tell"
    if all(lift.after is not None and lift.after >= lift.wanted for lift in lifts):
        return "shows"
    risen = any((lift.after or 0) > (lift.before or 0) for lift in known)
    return "in part" if risen else "not yet"


def room_change(before: Assessment, after: Assessment) -> RoomChange | None:
    """How the rooms agreed; None where nobody voted, either time."""
    old, new = before.room, after.room
    if old is None and new is None:
        return None
    later = {former: key for key, former in former_ids(before, after).items()}
    names = {key: question.short for a in (before, after) for key, question in questions_by_id(a).items()}
    talk_before = [later.get(key, key) for key in old.agenda] if old else []
    talk = list(new.agenda) if new else []
    both = old is not None and new is not None
    return RoomChange(
        respondents_before=old.respondents if old else 0,
        respondents=new.respondents if new else 0,
        agreement_before=old.agreement if old else None,
        agreement=new.agreement if new else None,
        talk_before=len(talk_before),
        talk=len(talk),
        settled=tuple(names[key] for key in talk_before if key not in talk) if both else (),
        new=tuple(names[key] for key in talk if key not in talk_before) if both else (),
    )
