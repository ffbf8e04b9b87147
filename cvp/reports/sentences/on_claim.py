"""What a consultant says of a claim beside its buyers' measure, in whole sentences; the same in every format."""

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

from cvp.comparing.claim import ClaimComparison, Gap, ItemGap, LevelClaim, LevelFlag, Seen
from cvp.level import LEVELS
from cvp.reports.sentences import quoted, score, signed
from cvp.text import and_list, counted, one_line

SELF_SELECTED: Final = "self-selected"

UNTOLD: Final = "cannot tell at this size"
SHORT: Final = "cannot tell"

VERDICTS: Final[dict[tuple[bool, LevelFlag], str]] = {
    (True, "agreed"): "confirmed",
    (False, "agreed"): "agreed",
    (True, UNTOLD): SHORT,
    (False, UNTOLD): SHORT,
}
"""For levels claimed and not claimed; all other flags are their own words."""


def headline(c: ClaimComparison) -> str:
    """`Buyers put you on Level 2; you claim Level 3`: the measure first, the claim beside it."""
    measured, claimed = c.measure.level, _claimed(c)
    if measured == c.claim.level and c.measure.settled:
        return f"Buyers put you on Level {measured}, as you claim: {c.measure.level_name}"
    if measured == c.claim.level:
        return f"Buyers confirm the Level {measured} that you claim: {c.measure.level_name}"
    if c.measure.settled:
        return f"Buyers put you on Level {measured}; you claim {claimed}"
    if measured == 1:
        return f"Buyers confirm no level above 1 yet; you claim {claimed}"
    return f"Buyers confirm Level {measured}, and no higher one yet; you claim {claimed}"


def _claimed(c: ClaimComparison) -> str:
    return f"Level {c.claim.level}{'' if c.claim.secured else ', not secured'}"


def basis(c: ClaimComparison) -> str:
    """What is the measure, and what the claim."""
    buyers = counted_buyers(c.measure.buyers, "buyer")
    if c.measure.self_selected:
        return f"What {buyers} say is the measure, but they selected themselves; your own answers are a claim."
    return f"What {buyers} say is the measure; your own answers are a claim."


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
        yield f"Confirmed: {_share(last.seen)} see you on Level {last.level} or above, which you claim."
    if c.measure.not_secured * 2 > c.measure.buyers:
        yield f"For {c.measure.not_secured:,} of {c.measure.buyers:,} not even Level 1 is secured."


def _difference(level: LevelClaim) -> str | None:
    """What is said of a level on which claim and buyers do not plainly agree."""
    seen = level.seen
    assert seen
    where = f"Level {level.level}{'' if level.level == LEVELS[-1] else ' or above'}"
    if seen.flag == "blind spot":
        return f"Blind spot: you claim Level {level.level}, but only {_share(seen)} see you on {where}."
    if seen.flag == "hidden strength":
        return f"Hidden strength: {_share(seen)} see you on {where}, which you do not claim."
    if seen.flag == "agreed":
        return None
    return f"Whether most see you on {where} cannot be told at this size: {_share(seen)} do. {settling(seen)}"


def settling(seen: Seen) -> str:
    """How many more buyers it takes; empty where it is settled."""
    if seen.more is None:
        return "They are split into halves, which no number of buyers who answer alike would settle."
    if not seen.more:
        return ""
    way = "confirm it" if 2 * seen.count > seen.n else "rule it out"
    return f"{counted_buyers(seen.more, 'more buyer')} who answer alike would {way}."


def counted_buyers(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _share(seen: Seen) -> str:
    return f"{seen.count:,} of {seen.n:,} buyers"


def percent(seen: Seen) -> str:
    return f"{seen.share:.0%} ({seen.count:,})"


def interval(c: ClaimComparison, seen: Seen) -> str:
    return _marked(c, f"{100 * seen.low:.0f}–{100 * seen.high:.0f}%")


def _marked(c: ClaimComparison, shown: str) -> str:
    """An interval of a sample that selected itself says so."""
    return f"{shown}, {SELF_SELECTED}" if c.measure.self_selected else shown


def verdict(seen: Seen, claimed: bool) -> str:
    return VERDICTS.get((claimed, seen.flag), seen.flag)


def rung(c: ClaimComparison, level: LevelClaim) -> str:
    """What the picture says beside a level's share."""
    if level.seen is None:
        return "everyone"
    said = verdict(level.seen, level.claimed)
    return _marked(c, f"{said}, you claim it" if level.claimed else f"{said}, not claimed")


def more(seen: Seen) -> str:
    """How many more buyers are needed."""
    return "–" if seen.more is None or not seen.more else f"{seen.more:,}"


def gap(c: ClaimComparison, found: Gap) -> str:
    """`blind spot, 0.23 to 0.37`; with signs where nobody can tell, for then the interval has both."""
    if found.difference is None or found.low is None or found.high is None:
        return "you did not answer" if found.claim is None else "no buyer answered"
    if found.flag == UNTOLD:
        return _marked(c, f"{SHORT}, {signed(found.low)} to {signed(found.high)}")
    low, high = sorted((abs(found.low), abs(found.high)))
    return _marked(c, f"{found.flag}, {low:.2f} to {high:.2f}")


def tally(gaps: Iterable[Gap]) -> str:
    """What is to be seen of several gaps: `Your scores beside your buyers': 3 blind spots, 1 cannot be told.`"""
    counts = Counter(found.flag for found in gaps)
    said = [
        counted(counts["blind spot"], "blind spot"),
        counted(counts["hidden strength"], "hidden strength"),
        f"{counts[UNTOLD]} cannot be told",
        f"{counts['not compared']} not compared",
    ]
    return f"Your scores beside your buyers': {', '.join(text for text in said if not text.startswith('0 '))}."


def gap_sentence(item: ItemGap) -> str:
    """`Reason told (Level 2): you 0.75, buyers 0.45. Asked: “What do you tell a colleague …?”`."""
    level = f"Level {item.level}" if item.level else "safeguard"
    scores = f"you {score(item.gap.claim)}, {counted_buyers(item.gap.n, 'buyer')} {score(item.gap.buyers)}"
    return f"{one_line(item.short)} ({level}): {scores}. Asked: {quoted(one_line(item.gap.label))}"


def caveats(c: ClaimComparison) -> list[str]:
    """What has to be known before anything is concluded."""
    return list(_caveats(c))


def _caveats(c: ClaimComparison) -> Iterator[str]:
    if c.measure.self_selected:
        yield (
            "These buyers selected themselves, as references and fans do. Intervals tell of chance alone, not of who "
            "chose to answer: others may see you lower."
        )
    yield from _time(c)
    if uncounted := c.measure.rejected + c.measure.left_out:
        of = f"{uncounted:,} of {uncounted + c.measure.buyers:,} rows of answers do not count"
        yield f"{of}: {c.measure.rejected:,} rejected, {c.measure.left_out:,} left out."
    claim, basis = c.claim, c.claim.basis
    if claim.low != claim.high:
        between = f"it may come out between {claim.low} and {claim.high}"
        yield f"Your claim is open: with {basis.answered} of {basis.questions} questions answered, {between}."
    if basis.assumed:
        are = "is" if basis.assumed == 1 else "are"
        yield f"{basis.assumed} of your {counted(basis.answered, 'answer')} {are} assumed, and rest on no evidence."
    if c.items is None:
        yield (
            "The summary says nothing of single questions: write it anew with `cvp batch --summary`, or give the table."
        )
    yield CHANCE


def _time(c: ClaimComparison) -> Iterator[str]:
    then, now = (datetime.date.fromisoformat(day) for day in (c.claim.date, c.measure.date))
    months = abs((now.year - then.year) * 12 + now.month - then.month)
    if months:
        older, younger = ("claim", "measure") if then < now else ("measure", "claim")
        apart = counted(months, "month") if months < 24 else f"{months // 12} years"
        days = f"{c.claim.date} and {c.measure.date}"
        yield f"The {older} is {apart} older than the {younger} ({days}): what changed in between is part of every gap."


def not_compared(gaps: list[ItemGap]) -> str:
    """Questions that only one side answered; empty where there is none."""
    if not gaps:
        return ""
    mine = [one_line(item.short) for item in gaps if item.gap.claim is None]
    theirs = [one_line(item.short) for item in gaps if item.gap.claim is not None]
    said = [f"you answered nothing on {and_list(mine)}"] if mine else []
    said += [f"no buyer answered {and_list(theirs)}"] if theirs else []
    return f"Not compared: {'; '.join(said)}."


CHANCE: Final = (
    "Beside each score stands the 95 % interval of the gap between yours, which is known, and the buyers' mean. "
    "“Cannot tell” means: not with so few buyers. Of twenty things on which you and all buyers agree, about one is "
    "flagged by chance."
)


def ruler(c: ClaimComparison) -> str:
    mine, theirs = c.claim.questionnaire, c.measure.questionnaire
    return (
        f"Claim by {mine.id} {mine.version}, content {mine.sha256[:12]}; buyers by {theirs.id} {theirs.version}, "
        f"content {theirs.sha256[:12]}. 95 % intervals: Wilson of shares, Newcombe's method 10 of gaps."
    )
