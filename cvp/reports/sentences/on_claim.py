"""What a consultant says of a claim beside its buyers' measure, in whole sentences; the same in every format."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from cvp.comparing.claim import ClaimComparison, Flag, Gap, ItemGap, LevelClaim, LevelFlag, Seen
from cvp.level import LEVELS, Level
from cvp.reports.sentences import level_label, listed, percent, quoted, score, signed, whole
from cvp.reports.sentences.phrases import percent_range
from cvp.speaking import N_, _, decimal, ngettext
from cvp.text import one_line

UNTOLD: Final = "cannot tell at this size"

FLAGS: Final[Mapping[Flag | LevelFlag, str]] = {
    "blind spot": N_("blind spot"),
    "hidden strength": N_("hidden strength"),
    "cannot tell at this size": N_("cannot tell"),
}
"""How a flag is called; what agrees is called by what was claimed."""


def headline(c: ClaimComparison) -> str:
    """`Buyers put you on Level 2; you claim Level 3`: the measure first, the claim beside it."""
    measured, is_settled = c.measure.level, c.measure.settled
    if measured == c.claim.level:
        said = _("Buyers confirm the Level {measured} that you claim: {name}")
        said = _("Buyers put you on Level {measured}, as you claim: {name}") if is_settled else said
    elif is_settled:
        said = _("Buyers put you on Level {measured}; you claim {claimed}")
    elif measured == 1:
        said = _("Buyers confirm no level above 1 yet; you claim {claimed}")
    else:
        said = _("Buyers confirm Level {measured}, and no higher one yet; you claim {claimed}")
    return said.format(measured=measured, claimed=_claimed(c), name=c.measure.level_name)


def _claimed(c: ClaimComparison) -> str:
    if c.claim.secured:
        return level_label(c.claim.level)
    said = _("Level {level}, not secured") if c.claim.high == 1 else _("Level {level}, not yet secured")
    return said.format(level=c.claim.level)


def basis(c: ClaimComparison) -> str:
    """What is the measure, and what the claim."""
    said = ngettext(
        "What {n} buyer says is the measure; your own answers are a claim.",
        "What {n} buyers say is the measure; your own answers are a claim.",
        c.measure.buyers,
    )
    if c.measure.self_selected:
        said = ngettext(
            "What {n} buyer says is the measure, but they selected themselves; your own answers are a claim.",
            "What {n} buyers say is the measure, but they selected themselves; your own answers are a claim.",
            c.measure.buyers,
        )
    return said.format(n=whole(c.measure.buyers))


def why(c: ClaimComparison) -> list[str]:
    """What the headline rests on: the levels where the two differ or nobody can tell, and those that agree."""
    return list(_why(c))


def _why(c: ClaimComparison) -> Iterator[str]:
    levels = [level for level in c.levels if level.seen]
    near = max(c.claim.level, c.measure.level + 1)
    for level in levels:
        if level.level <= near and (said := _difference(level)) is not None:
            yield said
    if agreed := [level for level in levels if level.seen and level.seen.flag == "agreed" and level.claimed]:
        last = agreed[-1]
        assert last.seen
        confirmed = _("Confirmed: {buyers} see you on Level {level} or above, which you claim.")
        yield confirmed.format(buyers=_share(last.seen), level=last.level)
    yield from _caps(c)
    if c.measure.not_secured * 2 > c.measure.buyers:
        bare = _("For {n} of {total} not even Level 1 is secured.")
        yield bare.format(n=whole(c.measure.not_secured), total=whole(c.measure.buyers))


def _caps(c: ClaimComparison) -> Iterator[str]:
    """What safeguards hold down, on either side."""
    measure, claim = c.measure, c.claim
    if measure.capped and measure.uncapped_level:
        same = _("Safeguards lower the level of {n} of {total} buyers; buyers would confirm no more without them.")
        higher = _(
            "Safeguards lower the level of {n} of {total} buyers; without them buyers would confirm Level {level}."
        )
        said = higher if measure.uncapped_level > measure.level else same
        yield said.format(n=whole(measure.capped), total=whole(measure.buyers), level=measure.uncapped_level)
    if claim.uncapped_level > claim.level:
        said = _("Safeguards hold your own claim at Level {level}; without them it would be Level {uncapped}.")
        yield said.format(level=claim.level, uncapped=claim.uncapped_level)


def _difference(level: LevelClaim) -> str | None:
    """What is said of a level on which claim and buyers do not plainly agree."""
    seen = level.seen
    assert seen
    if seen.flag == "agreed":
        return None
    if seen.flag == "blind spot":
        said = _("Blind spot: you claim Level {level}, but only {buyers} see you on {where}.")
    elif seen.flag == "hidden strength":
        said = _("Hidden strength: {buyers} see you on {where}, which you do not claim.")
    else:
        said = _("Whether most see you on {where} cannot be told at this size: {buyers} do. {settling}")
    return said.format(level=level.level, buyers=_share(seen), where=or_above(level.level), settling=settling(seen))


def or_above(level: Level) -> str:
    """`Level 2 or above`; the highest alone."""
    return level_label(level) if level == LEVELS[-1] else _("Level {level} or above").format(level=level)


def settling(seen: Seen) -> str:
    """How many more buyers it takes; empty where it is settled."""
    if seen.more is None:
        return _("They are split into halves, which no number of buyers who answer alike would settle.")
    if not seen.more:
        return ""
    said = ngettext(
        "{n} more buyer who answer alike would rule it out.",
        "{n} more buyers who answer alike would rule it out.",
        seen.more,
    )
    if 2 * seen.count > seen.n:
        said = ngettext(
            "{n} more buyer who answer alike would confirm it.",
            "{n} more buyers who answer alike would confirm it.",
            seen.more,
        )
    return said.format(n=whole(seen.more))


def counted_buyers(number: int) -> str:
    return ngettext("{n} buyer", "{n} buyers", number).format(n=whole(number))


def _share(seen: Seen) -> str:
    said = ngettext("{n} of {total} buyers", "{n} of {total} buyers", seen.count)
    return said.format(n=whole(seen.count), total=whole(seen.n))


def share_seen(seen: Seen) -> str:
    """`45% (18)`."""
    return f"{percent(seen.share)} ({whole(seen.count)})"


def interval(c: ClaimComparison, seen: Seen) -> str:
    return _marked(c, percent_range(seen.low, seen.high))


def _marked(c: ClaimComparison, shown: str) -> str:
    """An interval of a sample that selected itself says so."""
    return _("{interval}, self-selected").format(interval=shown) if c.measure.self_selected else shown


def verdict(seen: Seen, claimed: bool) -> str:
    if seen.flag == "agreed":
        return _("confirmed") if claimed else _("agreed")
    return _(FLAGS[seen.flag])


def rung(c: ClaimComparison, level: LevelClaim) -> str:
    """What the picture says beside a level's share."""
    if level.seen is None:
        return _("everyone")
    said = _("{verdict}, you claim it") if level.claimed else _("{verdict}, not claimed")
    return _marked(c, said.format(verdict=verdict(level.seen, level.claimed)))


def more(seen: Seen) -> str:
    """How many more buyers are needed."""
    return "–" if seen.more is None or not seen.more else whole(seen.more)


def gap(c: ClaimComparison, found: Gap) -> str:
    """`blind spot, +0.23 to +0.37`: the interval of the company's score less the buyers' mean."""
    if found.difference is None or found.low is None or found.high is None:
        return _("you did not answer") if found.claim is None else _("no buyer answered")
    low, high = (_end(end, is_told=found.flag != UNTOLD) for end in (found.low, found.high))
    return _marked(c, _("{verdict}, {low} to {high}").format(verdict=_(FLAGS[found.flag]), low=low, high=high))


def _end(value: float, is_told: bool) -> str:
    """With its sign and two decimals; more, where an interval that excludes 0 would seem to touch it."""
    places = 2
    while is_told and value and not round(value, places):
        places += 1
    return decimal(value, f"+.{places}f").replace("-", "−") if round(value, places) else signed(0)


def both_hold(c: ClaimComparison) -> str:
    """Why a level may be agreed on and its score a blind spot; empty where no level is told in two ways."""
    told = _("Level {level}: {verdict} level by level, {flag} by its score")
    twofold = [
        told.format(level=level.level, verdict=verdict(level.seen, level.claimed), flag=_(FLAGS[level.score.flag]))
        for level in reversed(c.levels)
        if level.seen and level.seen.flag != level.score.flag and UNTOLD not in (level.seen.flag, level.score.flag)
        if level.score.flag in FLAGS
    ]
    said = _(
        "{levels}. Both hold: a level takes its gate, the levels below it and the safeguards; its score is that of "
        "its own questions alone."
    )
    return said.format(levels=_("; ").join(twofold)) if twofold else ""


def ask_first(c: ClaimComparison, first: Sequence[ItemGap]) -> str:
    """Whom to ask before anything is done, and about what; `first` is the item with the largest blind spot, if any."""
    blind = [quoted(one_line(item.short)) for item in first if item.gap.flag == "blind spot"]
    if blind:
        said = _("Ask some of your buyers about {question}: there your claim is furthest above what they say.")
        return said.format(question=blind[0])
    if c.claim.level < c.measure.level:
        return _(
            "Go through your answers again with those who deal with buyers: buyers see you higher than you do, and "
            "your own plan rests on your answers."
        )
    if c.claim.level == c.measure.level:
        return ""
    said = _("Ask some of your buyers what keeps them from seeing you on {level}, which you claim.")
    return said.format(level=or_above(LEVELS[c.measure.level]))


def tally(gaps: Iterable[Gap]) -> str:
    """What is to be seen of several gaps: `Your scores beside your buyers': 3 blind spots, 1 cannot be told.`"""
    counts = Counter(found.flag for found in gaps)
    blind, hidden, untold, alone = (counts[flag] for flag in ("blind spot", "hidden strength", UNTOLD, "not compared"))
    said = (
        (blind, ngettext("{n} blind spot", "{n} blind spots", blind)),
        (hidden, ngettext("{n} hidden strength", "{n} hidden strengths", hidden)),
        (untold, ngettext("{n} cannot be told", "{n} cannot be told", untold)),
        (alone, ngettext("{n} not compared", "{n} not compared", alone)),
    )
    found = ", ".join(text.format(n=n) for n, text in said if n)
    return _("Your scores beside your buyers': {found}.").format(found=found)


def gap_sentence(item: ItemGap) -> str:
    """`Reason told (Level 2): you 0.75, buyers 0.45. Asked: “What do you tell a colleague …?”`."""
    said = _("{question} ({level}): you {claim}, {buyers} {measure}. Asked: {asked}")
    return said.format(
        question=one_line(item.short),
        level=level_label(item.level) if item.level else _("safeguard"),
        claim=score(item.gap.claim),
        buyers=counted_buyers(item.gap.n),
        measure=score(item.gap.buyers),
        asked=quoted(one_line(item.gap.label)),
    )


def not_compared(gaps: list[ItemGap]) -> str:
    """Questions that only one side answered; empty where there is none."""
    mine = listed([one_line(item.short) for item in gaps if item.gap.claim is None])
    theirs = listed([one_line(item.short) for item in gaps if item.gap.claim is not None])
    if mine and theirs:
        said = _("Not compared: you answered nothing on {mine}; no buyer answered {theirs}.")
    elif mine:
        said = _("Not compared: you answered nothing on {mine}.")
    else:
        said = _("Not compared: no buyer answered {theirs}.") if theirs else ""
    return said.format(mine=mine, theirs=theirs)


def ruler(c: ClaimComparison) -> str:
    """By which questionnaires, for the foot of a page."""
    mine, theirs = c.claim.questionnaire, c.measure.questionnaire
    said = _("Claim by {mine}; buyers by {theirs}")
    return said.format(mine=f"{mine.id} {mine.version}", theirs=f"{theirs.id} {theirs.version}")
