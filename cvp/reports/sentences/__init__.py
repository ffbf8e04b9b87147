"""What a consultant says of an assessment, in whole sentences; the same in every format."""

from fractions import Fraction

from cvp.assessment import Assessment, LevelResult, SafeguardResult
from cvp.reports.buyers import ENOUGH
from cvp.reports.sentences.on_sureness import bounds, bounds_sentence, covered, how_sure
from cvp.reports.sentences.phrases import (
    and_more,
    days,
    level_label,
    listed,
    percent,
    quoted,
    score,
    signed,
    whole,
    working_days,
)
from cvp.speaking import N_, _, ngettext, pgettext, threshold

__all__ = (
    "FIND_OUT",
    "and_more",
    "basis",
    "bounds",
    "bounds_sentence",
    "buyers_needed",
    "covered",
    "days",
    "find_out",
    "gate_state",
    "how_sure",
    "level_label",
    "level_line",
    "listed",
    "meaning",
    "percent",
    "quoted",
    "safeguards",
    "score",
    "signed",
    "whole",
    "why_not_higher",
    "working_days",
)


def basis(a: Assessment) -> str:
    """What kind of answers these are: every report says so in its first lines."""
    if a.perspective == "company" and a.answered_by:
        claim = _("A claim: answered by {name}. Only the company's buyers can confirm the level.")
        return claim.format(name=a.answered_by)
    if a.perspective == "company":
        return _("A claim: these are the company's own answers. Only its buyers can confirm the level.")
    if a.room and a.room.respondents > 1:
        said = _("The answers of {n} buyers ({notes}), not yet a measure of how buyers see the company.")
        bare = _("The answers of {n} buyers, not yet a measure of how buyers see the company.")
        notes, buyers = [], a.room.respondents
    else:
        said = _("One buyer's answers ({notes}), not yet a measure of how buyers see the company.")
        bare = _("One buyer's answers, not yet a measure of how buyers see the company.")
        notes, buyers = [_("answered by {name}").format(name=a.answered_by)] if a.answered_by else [], 1
    if a.basis.assumed:
        notes.append(_("{n} of {total} assumed").format(n=a.basis.assumed, total=a.basis.answered))
    return (said if notes else bare).format(n=buyers, notes=", ".join(notes))


def meaning(a: Assessment) -> str:
    """What it means to be on the level; empty where the questionnaire does not say."""
    summary = a.levels[a.level - 1].summary
    return _("Level {level} means: {summary}").format(level=a.level, summary=summary) if summary else ""


def safeguards(a: Assessment) -> list[str]:
    """What caps the level whatever else improves, lowest cap first, and what may yet cap it."""
    said = []
    if hits := sorted((s for s in a.safeguards if s.hit), key=lambda s: s.cap):
        said.append(_capped(hits))
    if unknown := [s for s in a.safeguards if s.answer.state not in ("answered", "not_applicable")]:
        said.append(_("; ").join([_how_many_open(len(unknown), len(a.safeguards)), _may_cap(a, unknown)]) + ".")
    return said


def _capped(hits: list[SafeguardResult]) -> str:
    caps = {cap: listed([quoted(s.short) for s in hits if s.cap == cap]) for cap in (s.cap for s in hits)}
    (level, names), *rest = caps.items()
    said = _("Capped at Level {level} whatever else improves: {names}.")
    if rest:
        said = _("Capped at Level {level} whatever else improves: {names}; {later}.")
    later = (_("at Level {level}: {names}").format(level=cap, names=those) for cap, those in rest)
    return said.format(level=level, names=names, later=_("; ").join(later))


def _how_many_open(unknown: int, total: int) -> str:
    if total == 1:
        return _("The one safeguard is open")
    if unknown == total:
        return _("None of the {total} safeguards is answered").format(total=total)
    said = ngettext("{n} of {total} safeguards is open", "{n} of {total} safeguards are open", unknown)
    return said.format(n=unknown, total=total)


def _may_cap(a: Assessment, unknown: list[SafeguardResult]) -> str:
    """A safeguard whose cap is no lower than the level can only keep it from rising."""
    caps = sum(s.cap < a.level for s in unknown)
    if len(unknown) == 1:
        return _("it could cap this level") if caps else _("it could cap the level higher up")
    if not caps:
        return _("each could cap the level higher up")
    if caps == len(unknown):
        return _("each could cap this level")
    return ngettext("{n} could cap this level", "{n} could cap this level", caps).format(n=caps)


def level_line(a: Assessment) -> str:
    """`Level 2: Gets the job done`."""
    said = _("Level {level}: {name}")
    if not a.secured:
        undecided = any(question.decides and question.level == 1 for question in a.open)
        said = _("Level {level}: {name}, not yet secured") if undecided else _("Level {level}: {name}, not secured")
    return said.format(level=a.level, name=a.levels[a.level - 1].name)


def why_not_higher(a: Assessment) -> str:
    """What keeps the company from the next level: a safeguard, its score, a must-have, or several of them."""
    if a.level == 4:
        return _("All four gates hold.")
    said = []
    failing = next((level for level in a.levels[: a.level + 1] if not level.holds), None)
    if failing:
        said.append(_why_gate_fails(a, failing))
    if caps := _caps(a, even_so=failing is not None):
        said.append(caps)
    return " ".join(said) or _("An open safeguard may yet hold it down.")


def _caps(a: Assessment, even_so: bool) -> str:
    """Which safeguards hold the company where it is, and which would hold it higher up."""
    hits = [s for s in a.safeguards if s.hit and s.cap < max(a.uncapped_level, a.level + 1)]
    said = []
    if now := listed([quoted(s.short) for s in hits if s.cap <= a.level]):
        all_the_same = _("{names} would hold it at Level {level} all the same")
        held = all_the_same if even_so else _("Held at Level {level} by {names}")
        said.append(held.format(names=now, level=a.level))
    later = [s for s in hits if s.cap > a.level]
    for cap in sorted({s.cap for s in later}):
        named = [quoted(s.short) for s in later if s.cap == cap]
        higher = ngettext(
            "{names} would hold it at Level {level}", "{names} would hold it at Level {level}", len(named)
        )
        said.append(higher.format(names=listed(named), level=cap))
    if a.uncapped_level > a.level:
        without = ngettext(
            "without that it would be Level {level}", "without those it would be Level {level}", len(hits)
        )
        said.append(without.format(level=a.uncapped_level))
    return f"{'; '.join(said)}." if said else ""


def _why_gate_fails(a: Assessment, gate: LevelResult) -> str:
    if gate.score is None:
        return _nothing_counts(a, gate)
    said = _too_little(a, gate, gate.score) if gate.score < gate.passing else ""
    for criterion in a.criteria:
        if criterion.id in gate.must_failed:
            lacks = _lacks_too(criterion.answer.state) if said else _lacks(criterion.answer.state)
            said = lacks.format(said=said, level=gate.level, criterion=quoted(criterion.short))
    return f"{said}." if said else _("Level {level} does not hold.").format(level=gate.level)


def _nothing_counts(a: Assessment, gate: LevelResult) -> str:
    """Of a gate without a score: what was answered there, if anything, is too old."""
    states = [c.answer.state for c in a.criteria if c.level == gate.level and c.answer.state != "not_applicable"]
    stale = states.count("stale")
    if not stale:
        said = _("Nothing of Level {level} is answered, so its gate does not hold.")
    elif stale == len(states):
        said = ngettext(
            "The one answer to Level {level} rests on evidence that is too old to count, so its gate does not hold.",
            "All {n} answers to Level {level} rest on evidence that is too old to count, so its gate does not hold.",
            stale,
        )
    else:
        said = ngettext(
            "The one answer to Level {level} rests on evidence that is too old to count, and the rest is open, "
            "so its gate does not hold.",
            "The {n} answers to Level {level} rest on evidence that is too old to count, and the rest is open, "
            "so its gate does not hold.",
            stale,
        )
    return said.format(level=gate.level, n=stale)


def _too_little(a: Assessment, gate: LevelResult, reached: float) -> str:
    lost = [c for c in a.criteria if c.level == gate.level and c.answer.state == "answered" and c.answer.score != 1]
    lost.sort(key=lambda c: -c.weight * (1 - (c.answer.score or 0)))
    return _("Level {level} scores {score} and needs {needed}; most is lost on {most}").format(
        level=gate.level,
        score=score(reached, gate.passing),
        needed=threshold(gate.passing),
        most=listed([quoted(c.short) for c in lost[:2]]),
    )


def _lacks(state: str) -> str:
    if state == "answered":
        return _("Level {level} cannot do without {criterion}, which falls short")
    return _("Level {level} cannot do without {criterion}, which is open")


def _lacks_too(state: str) -> str:
    """After something that was said of the level already."""
    if state == "answered":
        return _("{said}, and cannot do without {criterion}, which falls short")
    return _("{said}, and cannot do without {criterion}, which is open")


FIND_OUT = N_("What to find out first")


def find_out(a: Assessment) -> str:
    """The open questions that are worth asking before anything else; empty where none decides a gate."""
    deciding = [quoted(q.short) for q in a.open if q.decides][:3]
    return f"{', '.join(deciding)}." if deciding and not a.settled else ""


def buyers_needed() -> str:
    """How many buyers it takes (method.md, many buyers)."""
    (*__, everyone), (share, most), *fewer = ENOUGH
    rest = (_("{buyers} if {share}").format(buyers=buyers, share=_out_of(part)) for part, buyers in fewer)
    return _(
        "To be 95 % sure that most buyers see it so, ask {everyone} drawn at random, not chosen by you, "
        "if all of them do, {most} if {share} do, {fewer}."
    ).format(everyone=everyone, most=most, share=_out_of(share), fewer=", ".join(rest))


def _out_of(share: float) -> str:
    """`4 in 5`."""
    part = Fraction(share).limit_denominator(10)
    return _("{part} in {whole}").format(part=part.numerator, whole=part.denominator)


def gate_state(a: Assessment, level: LevelResult) -> str:
    """A few words for a gate."""
    if level.score is None:
        stale = any(c.level == level.level and c.answer.state == "stale" for c in a.criteria)
        return pgettext("a level's gate", "too old") if stale else _("not answered")
    if level.must_failed:
        return _("a must-have fails")
    return _("holds") if level.holds else _("fails")
