"""What a consultant says of an assessment, in whole sentences; the same in every format."""

from cvp.assessment import Assessment, LevelResult
from cvp.text import and_list, counted


def basis(a: Assessment) -> str:
    """Claim or measure: every report says which in its first lines."""
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
    """One sentence: what keeps the company from the next level."""
    if a.level < a.uncapped_level:
        hits = [quoted(s.short) for s in a.safeguards if s.hit and s.cap < a.uncapped_level]
        without = "that" if len(hits) == 1 else "those"
        return f"Held at Level {a.level} by {and_list(hits)}; without {without} it would be Level {a.uncapped_level}."
    failing = next((level for level in a.levels[: a.level + 1] if not level.holds), None)
    if failing is None:
        return "All four gates hold." if a.level == 4 else "An open safeguard may yet hold it down."
    return _why_gate_fails(a, failing)


def _why_gate_fails(a: Assessment, gate: LevelResult) -> str:
    name = f"Level {gate.level}"
    if gate.score is None:
        return f"Nothing of {name} is answered, so its gate does not hold."
    if gate.must_failed:
        names = and_list([quoted(c.short) for c in a.criteria if c.id in gate.must_failed])
        return f"{name} cannot do without {names}, and the answer there is not enough."
    lost = [
        c for c in a.criteria if c.level == gate.level and c.answer.state == "answered" and (c.answer.score or 0) < 1
    ]
    lost.sort(key=lambda c: -c.weight * (1 - (c.answer.score or 0)))
    names = and_list([quoted(c.short) for c in lost[:2]])
    return f"{name} scores {score(gate.score)} and needs {score(gate.passing)}; most is lost on {names}."


def how_sure(a: Assessment) -> list[str]:
    """What the level rests on, and what it would take to be wrong."""
    b = a.basis
    assumed = f", {b.assumed} of them assumed" if b.assumed else ""
    evidence = f"; {b.with_evidence} rest on evidence" if b.with_evidence else "; none rests on evidence"
    said = [f"{b.answered} of {counted(b.questions, 'question')} answered{assumed}{evidence}."]
    said.extend(_margin(a))
    if stale := sum(q.state == "stale" for q in a.open):
        said.append(f"{counted(stale, 'answer rests', 'answers rest')} on evidence that is too old, and count as open.")
    if a.level_if_not_applicable_counts != a.level:
        count = counted(b.not_applicable, "not-applicable question")
        said.append(f"With the {count} at the lowest choice it would be Level {a.level_if_not_applicable_counts}.")
    said.extend(_out_of_order(a))
    return said


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
    held = and_list([str(level) for level in a.out_of_order])
    missing = next(level for level in a.levels if not level.holds)
    hint = " What builds social capital is itself a way to build the bond." if 4 in a.out_of_order else ""
    return [f"Out of order: the gate of Level {held} holds above that of Level {missing.level}, which does not.{hint}"]


def path(a: Assessment) -> str:
    """What it takes to get to Level 4, in one sentence."""
    p = a.path
    if not p.steps and a.level == p.target:
        return "Nothing to add." if a.settled else "Nothing to add on these answers; ask what is open first."
    if not p.steps:
        return "No recommendation leads further from here."
    moves, days = counted(len(p.steps), "move"), counted(p.effort, "day")
    if p.projected_level == p.target:
        return f"{moves} of {days} in all lead to Level {p.target}."
    return f"{moves} of {days} in all lead to Level {p.projected_level}, no further."


def quoted(text: str) -> str:
    return f"“{text}”"


def score(share: float | None) -> str:
    """Two decimals, cut and not rounded, so that 0.699 never reads as a passed 0.70."""
    return "–" if share is None else f"{int(share * 100 + 1e-9) / 100:.2f}"


def gate_state(level: LevelResult) -> str:
    """One or two words for a gate."""
    if level.score is None:
        return "not answered"
    if level.must_failed:
        return "lacks a must"
    return "holds" if level.holds else "fails"


def days(effort: int) -> str:
    return counted(effort, "day")
