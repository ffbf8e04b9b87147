"""What became of what was proposed and disputed: the moves of the earlier path, and the room."""

from collections.abc import Mapping

from cvp.assessment import Assessment, Lift, Move
from cvp.comparing.comparison import LiftOutcome, MoveOutcome, Outcome, RoomChange
from cvp.comparing.refitting import former_choices, former_ids
from cvp.comparing.replay import Question, questions_by_id


def move_outcomes(before: Assessment, after: Assessment) -> tuple[MoveOutcome, ...]:
    """The moves of the earlier path, in their order, by the answers then and later; who did what nobody asked.

    Where several moves lift one question, each is held against what was answered, not against the moves before it.
    """
    old, new = questions_by_id(before), questions_by_id(after)
    asked = {former: (old[former], new[key]) for key, former in former_ids(before, after).items()}
    return tuple(_outcome(move, asked) for move in before.path.steps)


def _outcome(move: Move, asked: Mapping[str, tuple[Question, Question]]) -> MoveOutcome:
    lifts = tuple(_lift(lift, asked) for lift in move.lifts)
    return MoveOutcome(
        recommendation=move.recommendation,
        label=move.label,
        level=move.level,
        effort=move.effort,
        outcome=_verdict(lifts),
        lifts=lifts,
    )


def _lift(lift: Lift, asked: Mapping[str, tuple[Question, Question]]) -> LiftOutcome:
    old, new = asked.get(lift.question, (None, None))
    known = new.answer.score if new and new.answer.state == "answered" else None
    if old is None or new is None:
        return LiftOutcome(
            question=lift.question, short=lift.short, wanted=lift.after, before=None, after=known, renewed=False
        )
    later = _later_scores(old, new)
    same = former_choices(old, new).get(new.answer.choice or "") == old.answer.choice
    return LiftOutcome(
        question=lift.question,
        short=lift.short,
        wanted=_wanted(lift, old, later),
        before=None if old.answer.choice is None else later.get(old.answer.choice),
        after=known,
        renewed=old.answer.state == "stale" and known is not None and same,
    )


def _later_scores(old: Question, new: Question) -> Mapping[str, float]:
    """What each former choice scores by the later questionnaire; one that is gone, what it scored."""
    scores = {choice.value: choice.score for choice in new.choices}
    later = {former: scores[value] for value, former in former_choices(old, new).items()}
    return {choice.value: later.get(choice.value, choice.score) for choice in old.choices}


def _wanted(lift: Lift, old: Question, later: Mapping[str, float]) -> float:
    """By the later questionnaire; of choices that scored the same, the one that scores least in it."""
    return min((later[choice.value] for choice in old.choices if choice.score == lift.after), default=lift.after)


def _verdict(lifts: tuple[LiftOutcome, ...]) -> Outcome:
    """Scores are compared as they are: both come from the same decimals."""
    telling = [(lift, lift.after) for lift in lifts if lift.after is not None and not lift.renewed]
    if not telling:
        return "renewed" if any(lift.renewed for lift in lifts) else "cannot tell"
    known = [(lift.before, after) for lift, after in telling if lift.before is not None]
    reached = len(telling) == len(lifts) and all(after >= lift.wanted for lift, after in telling)
    if any(after > before for before, after in known):
        return "shows" if reached else "in part"
    if any(after < before for before, after in known):
        return "fell"
    if reached:
        return "newly known" if len(known) < len(telling) else "shows"
    return "not yet"


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
