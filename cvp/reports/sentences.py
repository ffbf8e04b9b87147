"""What a consultant says of an assessment, in whole sentences; the same in every format."""

from cvp.assessment import Assessment, LevelResult, Room
from cvp.text import and_list, counted


def basis(a: Assessment) -> str:
    """Claim or measure: every report says which in its first lines."""
    if a.perspective == "company" and a.answered_by:
        return f"A claim: answered by {a.answered_by}. Only the company's buyers can confirm the level."
    if a.perspective == "company":
        return "A claim: these are the company's own answers. Only its buyers can confirm the level."
    return "A measure: these are a buyer's answers."


def level_line(a: Assessment) -> str:
    """`Level 2: Gets the job done`."""
    name = f"Level {a.level}: {a.levels[a.level - 1].name}"
    return name if a.secured else f"{name}, not secured"


def bounds(a: Assessment) -> str:
    if a.settled:
        return f"settled: no open answer can change Level {a.level}" if a.open else "settled: nothing is open"
    return f"between {a.low} and {a.high}, as the open answers turn out"


def why_not_higher(a: Assessment) -> str:
    """What keeps the company from the next level: a safeguard, its score, a must-have, or several of them."""
    if a.level == 4:
        return f"All four gates hold, on {a.basis.answered} of {counted(a.basis.questions, 'answer')}."
    said = []
    failing = next((level for level in a.levels[: a.level + 1] if not level.holds), None)
    if failing:
        said.append(_why_gate_fails(a, failing))
    if caps := _caps(a, even_so=failing is not None):
        said.append(caps)
    return " ".join(said) or "An open safeguard may yet hold it down."


def _caps(a: Assessment, even_so: bool) -> str:
    """Which safeguards hold the company where it is, and which would hold it higher up."""
    hits = [s for s in a.safeguards if s.hit and s.cap < max(a.uncapped_level, a.level + 1)]
    now = [quoted(s.short) for s in hits if s.cap <= a.level]
    later = [f"{quoted(s.short)} would hold it at Level {s.cap}" for s in hits if s.cap > a.level]
    said = []
    if now and even_so:
        said.append(f"{and_list(now)} would hold it at Level {a.level} all the same")
    elif now:
        said.append(f"Held at Level {a.level} by {and_list(now)}")
    said += later
    if a.uncapped_level > a.level:
        said.append(f"without {'that' if len(hits) == 1 else 'those'} it would be Level {a.uncapped_level}")
    return f"{'; '.join(said)}." if said else ""


def _why_gate_fails(a: Assessment, gate: LevelResult) -> str:
    name = f"Level {gate.level}"
    if gate.score is None:
        return f"Nothing of {name} is answered, so its gate does not hold."
    said = []
    if gate.score < gate.passing:
        lost = [c for c in a.criteria if c.level == gate.level and c.answer.state == "answered" and c.answer.score != 1]
        lost.sort(key=lambda c: -c.weight * (1 - (c.answer.score or 0)))
        most = and_list([quoted(c.short) for c in lost[:2]])
        said.append(f"scores {score(gate.score, gate.passing)} and needs {score(gate.passing)}; most is lost on {most}")
    for criterion in a.criteria:
        if criterion.id in gate.must_failed:
            why = "falls short" if criterion.answer.state == "answered" else "is open"
            said.append(f"cannot do without {quoted(criterion.short)}, which {why}")
    return f"{name} {', and '.join(said)}." if said else f"{name} does not hold."


def how_sure(a: Assessment) -> list[str]:
    """What the level rests on, and what it would take to be wrong."""
    b = a.basis
    kinds = ((b.with_evidence, "on evidence"), (b.assumed, "assumed"))
    parts = [f"{number} {kind}" for number, kind in kinds if number]
    bare = b.answered - b.with_evidence - b.assumed
    if bare:
        parts.append(f"{bare} on their word" if parts else "all on their word")
    said = [f"{b.answered} of {counted(b.questions, 'question')} answered{': ' if parts else ''}{', '.join(parts)}."]
    said.extend(_margin(a))
    if stale := sum(q.state == "stale" for q in a.open):
        said.append(
            f"{counted(stale, 'answer rests', 'answers rest')} on evidence that is too old, and counts as open."
        )
    if a.level_if_not_applicable_counts != a.level:
        count = counted(b.not_applicable, "not-applicable question")
        said.append(f"With the {count} at the lowest choice it would be Level {a.level_if_not_applicable_counts}.")
    said.extend(_out_of_order(a))
    return said


def ask_first(a: Assessment) -> str:
    """The open questions that are worth asking before anything else; empty where none decides a gate."""
    deciding = [quoted(q.short) for q in a.open if q.decides][:3]
    return f"Ask first: {', '.join(deciding)}." if deciding and not a.settled else ""


def deciders(room: Room) -> str:
    """Whether one person alone decides the level; empty where that cannot be known."""
    if room.deciders is None:
        return ""
    alone = and_list([respondent(room, number) for number in room.deciders], "or")
    return f"Without {alone} the level would be another." if alone else "No single person decides the level."


def respondent(room: Room, number: int) -> str:
    """By name where names may be told, else by number."""
    return room.people[number - 1] if room.people else f"respondent {number}"


def _margin(a: Assessment) -> list[str]:
    fall, rise = a.margin.fall, a.margin.rise
    if fall is None and rise is None:
        return []
    ways = [f"{n} to make it {way}" for n, way in ((fall, "lower"), (rise, "higher")) if n is not None]
    first, *rest = ways
    number, _, way = first.partition(" ")
    return [f"It takes at least {counted(int(number), 'wrong answer')} {and_list([way, *rest])}."]


def _out_of_order(a: Assessment) -> list[str]:
    if not a.out_of_order:
        return []
    missing = next(level for level in a.levels if not level.holds)
    gates = f"the {'gate' if len(a.out_of_order) == 1 else 'gates'} of Level {and_list(list(map(str, a.out_of_order)))}"
    verb = "holds" if len(a.out_of_order) == 1 else "hold"
    hint = " What builds social capital is itself a way to build the bond." if 4 in a.out_of_order else ""
    return [f"Out of order: {gates} {verb} above that of Level {missing.level}, which does not.{hint}"]


def path(a: Assessment) -> list[str]:
    """What it takes to get to Level 4, what that supposes, and where it leads."""
    p = a.path
    if not p.steps and a.level == p.target:
        return ["Nothing to add." if a.settled else "Nothing to add on these answers; ask what is open first."]
    if not p.steps:
        return ["No recommendation leads further from here."]
    what = f"{counted(len(p.steps), 'move')}, {days(p.effort)} in all"
    said = [f"{what}: to Level {p.projected_level}{'' if p.projected_level == p.target else ', no further'}."]
    if p.supposed:
        needless = sum(all(lift.before is None for lift in move.lifts) for move in p.steps)
        answers = counted(p.supposed, "open answer is", "open answers are")
        spared = f"; {needless} of the moves may prove needless once they are known" if needless else ""
        said.append(f"That supposes that {answers} at the lowest choice{spared}.")
    if p.projected_low != p.projected_high:
        said.append(f"What is open besides leaves it between {p.projected_low} and {p.projected_high}.")
    return said


def quoted(text: str) -> str:
    return f"“{text}”"


def score(share: float | None, passing: float | None = None) -> str:
    """Two decimals; never rounded up to a threshold that is not reached."""
    if share is None:
        return "–"
    shown = round(share, 2)
    return f"{shown - 0.01 if passing is not None and share < passing <= shown else shown:.2f}"


def gate_state(level: LevelResult) -> str:
    """One or two words for a gate."""
    if level.score is None:
        return "not answered"
    if level.must_failed:
        return "lacks a must"
    return "holds" if level.holds else "fails"


def days(effort: int) -> str:
    return counted(effort, "day")
