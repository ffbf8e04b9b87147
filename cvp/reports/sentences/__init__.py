"""What a consultant says of an assessment, in whole sentences; the same in every format."""

from cvp.assessment import Assessment, LevelResult, Path
from cvp.reports.buyers import ENOUGH
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
    if a.secured:
        return name
    undecided = any(question.decides and question.level == 1 for question in a.open)
    return f"{name}, {'not yet' if undecided else 'not'} secured"


def bounds(a: Assessment) -> str:
    if a.settled:
        return f"settled: no open answer can change Level {a.level}" if a.open else "settled: nothing is open"
    return f"between {a.low} and {a.high}, as the open answers turn out"


def bounds_sentence(a: Assessment) -> str:
    """The bounds as a sentence of their own."""
    said = bounds(a)
    return f"{said[0].upper()}{said[1:]}."


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


def buyers_needed(a: Assessment) -> str:
    """How many buyers it takes (method.md, many buyers)."""
    first, *rest = ENOUGH
    shares = and_list([f"{number} at {share:.0%}" for share, number in rest])
    why = "A claim becomes a measure" if a.perspective == "company" else "One buyer becomes many"
    return f"{why} with {first[1]} buyers if all of them agree, {shares}."


def _margin(a: Assessment) -> list[str]:
    fall, rise = a.margin.fall, a.margin.rise
    if fall is None and rise is None:
        return []
    lower = f"Level {a.level - 1}{' or lower' if a.level > 2 else ''}"
    higher = f"Level {a.level + 1}{' or higher' if a.level < 3 else ''}"
    first, *rest = [(n, level) for n, level in ((fall, lower), (rise, higher)) if n is not None]
    also = "".join(f", and {n} for {level}" for n, level in rest)
    return [f"At least {counted(first[0], 'answer')} must be wrong for this to be {first[1]}{also}."]


def _out_of_order(a: Assessment) -> list[str]:
    if not a.out_of_order:
        return []
    missing = next(level for level in a.levels if not level.holds)
    gates = f"the {'gate' if len(a.out_of_order) == 1 else 'gates'} of Level {and_list(list(map(str, a.out_of_order)))}"
    verb = "holds" if len(a.out_of_order) == 1 else "hold"
    hint = " What builds social capital is itself a way to build the bond." if 4 in a.out_of_order else ""
    return [f"Out of order: {gates} {verb} above that of Level {missing.level}, which does not.{hint}"]


def path(a: Assessment) -> list[str]:
    """What it takes to get to Level 4 and to the levels before it, what that supposes, and where it leads."""
    p = a.path
    if not p.steps:
        return [_no_moves(a)]
    said = [f"{_bounded(p)}{_cost(p)}{_how_far(a)}{_levels_before(a)}.", *_levels_beyond(a)]
    if p.supposed:
        answers = counted(p.supposed, "open answer is", "open answers are")
        said.append(f"That supposes that {answers} at the lowest choice{_at_best(p)}.")
    if p.projected_level > max(_reached(p), a.level):
        said.append(f"As answered that makes Level {p.projected_level}, unless what is open turns out low.")
    if p.projected_low != p.projected_high:
        said.append(f"What is open besides leaves it between {p.projected_low} and {p.projected_high}.")
    return said


def _at_best(p: Path) -> str:
    """What the path would come to with the open answers at their highest choice."""
    if p.at_best is None:
        return ""
    if not p.at_best.moves:
        return "; at the highest nothing would have to be done"
    moves = counted(p.at_best.moves, "move")
    return f"; at the highest it would take {days(p.at_best.effort)} in {moves}"


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
    within = [f"within {days(p.budget)}"] if p.budget is not None else []
    without = [f"without {and_list([quoted(move.label) for move in p.excluded])}"] if p.excluded else []
    kept = ", ".join([*within, *without])
    return f"{kept[0].upper()}{kept[1:]}: " if kept else ""


def _cost(p: Path) -> str:
    return f"{days(p.effort)} in {counted(len(p.steps), 'move')}"


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


def quoted(text: str) -> str:
    return f"“{text}”"


def score(share: float | None, passing: float | None = None) -> str:
    """Two decimals; never rounded up to a threshold that is not reached."""
    if share is None:
        return "–"
    shown = round(share, 2)
    return f"{shown - 0.01 if passing is not None and share < passing <= shown else shown:.2f}"


def signed(value: float) -> str:
    """Two decimals with a real minus."""
    return f"{value:.2f}".replace("-", "−")


def gate_state(level: LevelResult) -> str:
    """One or two words for a gate."""
    if level.score is None:
        return "not answered"
    if level.must_failed:
        return "lacks a must"
    return "holds" if level.holds else "fails"


def days(effort: int) -> str:
    return counted(effort, "day")
