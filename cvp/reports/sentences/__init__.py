"""What a consultant says of an assessment, in whole sentences; the same in every format."""

from fractions import Fraction

from cvp.assessment import Assessment, LevelResult, SafeguardResult
from cvp.reports.buyers import ENOUGH
from cvp.text import and_list, counted


def basis(a: Assessment) -> str:
    """What kind of answers these are: every report says so in its first lines."""
    if a.perspective == "company" and a.answered_by:
        return f"A claim: answered by {a.answered_by}. Only the company's buyers can confirm the level."
    if a.perspective == "company":
        return "A claim: these are the company's own answers. Only its buyers can confirm the level."
    if a.room and a.room.respondents > 1:
        whose, notes = f"The answers of {a.room.respondents} buyers", []
    else:
        whose, notes = "One buyer's answers", [f"answered by {a.answered_by}"] if a.answered_by else []
    notes += [f"{a.basis.assumed} of {a.basis.answered} assumed"] if a.basis.assumed else []
    told = f" ({', '.join(notes)})" if notes else ""
    return f"{whose}{told}, not yet a measure of how buyers see the company."


def meaning(a: Assessment) -> str:
    """What it means to be on the level; empty where the questionnaire does not say."""
    summary = a.levels[a.level - 1].summary
    return f"Level {a.level} means: {summary}" if summary else ""


def safeguards(a: Assessment) -> list[str]:
    """What caps the level whatever else improves, lowest cap first, and what may yet cap it."""
    said = []
    hits = sorted((s for s in a.safeguards if s.hit), key=lambda s: s.cap)
    if hits:
        caps = {cap: and_list([quoted(s.short) for s in hits if s.cap == cap]) for cap in (s.cap for s in hits)}
        first, *rest = caps.items()
        later = "".join(f"; at Level {cap}: {names}" for cap, names in rest)
        said.append(f"Capped at Level {first[0]} whatever else improves: {first[1]}{later}.")
    if unknown := [s for s in a.safeguards if s.answer.state not in ("answered", "not_applicable")]:
        said.append(f"{_how_many_open(len(unknown), len(a.safeguards))}; {_may_cap(a, unknown)}.")
    return said


def _how_many_open(unknown: int, total: int) -> str:
    if total == 1:
        return "The one safeguard is open"
    if unknown == total:
        return f"None of the {total} safeguards is answered"
    return f"{unknown} of {total} safeguards {'is' if unknown == 1 else 'are'} open"


def _may_cap(a: Assessment, unknown: list[SafeguardResult]) -> str:
    """A safeguard whose cap is no lower than the level can only keep it from rising."""
    caps = sum(s.cap < a.level for s in unknown)
    subject = "it" if len(unknown) == 1 else "each" if caps in (0, len(unknown)) else str(caps)
    return f"{subject} could cap {'this level' if caps else 'the level higher up'}"


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
        return "All four gates hold."
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
        parts.append(f"{bare} without evidence" if parts else "all without evidence")
    said = [f"{covered(a)}{': ' if parts else ''}{', '.join(parts)}."]
    said.extend(_margin(a))
    if stale := sum(q.state == "stale" for q in a.open):
        rests, counts = ("answer rests", "counts") if stale == 1 else ("answers rest", "count")
        said.append(f"{stale} {rests} on evidence that is too old, and {counts} as open.")
    if a.level_if_not_applicable_counts != a.level:
        count = counted(b.not_applicable, "not-applicable question")
        said.append(f"With the {count} at the lowest choice it would be Level {a.level_if_not_applicable_counts}.")
    said.extend(_out_of_order(a))
    return said


def covered(a: Assessment) -> str:
    """How many of the questions have an answer that counts."""
    return f"{a.basis.answered} of {counted(a.basis.questions, 'question')} answered"


FIND_OUT = "What to find out first"


def find_out(a: Assessment) -> str:
    """The open questions that are worth asking before anything else; empty where none decides a gate."""
    deciding = [quoted(q.short) for q in a.open if q.decides][:3]
    return f"{', '.join(deciding)}." if deciding and not a.settled else ""


def buyers_needed() -> str:
    """How many buyers it takes (method.md, many buyers)."""
    everyone, most, *fewer = ENOUGH
    rest = "".join(f", {buyers} if {_out_of(share)}" for share, buyers in fewer)
    return (
        f"To be 95 % sure that most buyers see it so, ask {everyone[1]} drawn at random, not chosen by you, "
        f"if all of them do, {most[1]} if {_out_of(most[0])} do{rest}."
    )


def _out_of(share: float) -> str:
    """`4 in 5`."""
    part = Fraction(share).limit_denominator(10)
    return f"{part.numerator} in {part.denominator}"


def _margin(a: Assessment) -> list[str]:
    fall, rise = a.margin.fall, a.margin.rise
    if fall is None and rise is None:
        return []
    lower = f"Level {a.level - 1}{' or lower' if a.level > 2 else ''}"
    higher = f"Level {a.level + 1}{' or higher' if a.level < 3 else ''}"
    first, *rest = [(n, level) for n, level in ((fall, lower), (rise, higher)) if n is not None]
    if first[0] == 1:
        also = "".join(f", or {level}" if n == 1 else f"; {level} takes at least {n}" for n, level in rest)
        return [f"One wrong answer is enough to make this {first[1]}{also}."]
    also = "".join(f"; {'one is enough' if n == 1 else f'at least {n}'} for {level}" for n, level in rest)
    return [f"At least {first[0]} answers must be wrong for this to be {first[1]}{also}."]


def _out_of_order(a: Assessment) -> list[str]:
    if not a.out_of_order:
        return []
    missing = next(level for level in a.levels if not level.holds)
    levels = and_list([str(level) for level in a.out_of_order])
    hold = f"Level {levels}'s gate holds" if len(a.out_of_order) == 1 else f"The gates of Level {levels} hold"
    hint = " What builds social capital is itself a way to build the bond." if 4 in a.out_of_order else ""
    return [f"{hold}, but Level {missing.level}'s does not; levels count from the bottom.{hint}"]


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
    """A few words for a gate."""
    if level.score is None:
        return "not answered"
    if level.must_failed:
        return "a must-have fails"
    return "holds" if level.holds else "fails"


def days(effort: int) -> str:
    """After `working_days` has said once what kind of days they are."""
    return counted(effort, "day")


def working_days(effort: int) -> str:
    return counted(effort, "working day")
