"""What is said of the ladder before and after the path, and of what the path does not show."""

from collections.abc import Iterable, Iterator

from cvp.assessment import Assessment, Path, SafeguardResult
from cvp.reports.projection import Projection, lifted_to, projections
from cvp.reports.sentences.phrases import level_label, listed, quoted, score
from cvp.speaking import _, ngettext, pgettext

MOST_NAMED = 3


def levels(a: Assessment) -> str:
    """`Level 2 today, Level 4 after 120 working days (about 24 weeks, …).`; five of them make a week."""
    p = a.path
    weeks = round(p.effort / 5)
    said = ngettext(
        "Level {now} today, Level {then} after {n} working day.",
        "Level {now} today, Level {then} after {n} working days.",
        p.effort,
    )
    if weeks > 1:
        said = ngettext(
            "Level {now} today, Level {then} after {n} working day (about {weeks} weeks, one after the other).",
            "Level {now} today, Level {then} after {n} working days (about {weeks} weeks, one after the other).",
            p.effort,
        )
    told = said.format(now=a.level, then=p.projected_level, n=p.effort, weeks=weeks)
    if p.projected_low == p.projected_high:
        return told
    between = _("By the bounds it is then between {low} and {high}, as what is still open turns out.")
    return f"{told} {between.format(low=p.projected_low, high=p.projected_high)}"


def notes(a: Assessment) -> list[str]:
    """What has to be known to read the scores before and after: caps, and open questions that count or do not."""
    levels = projections(a)
    left_out = (said for one in levels for said in _left_out(one))
    return [*_caps(a), *measured_again(a, a.path), *_supposed(levels), *left_out]


def _caps(a: Assessment) -> Iterator[str]:
    """Which safeguards cap the level, and which still do after the path."""
    if hits := [s for s in a.safeguards if s.hit]:
        left = [s for s in hits if s not in mended(a, a.path)]
        yield _("Cap today: {today}. Cap after the path: {after}.").format(today=_named(hits), after=_named(left))


def _named(hits: Iterable[SafeguardResult]) -> str:
    """`Level 2 (“Paid recommending”) and Level 3 (“Gifts for reviews”)`, lowest cap first."""
    caps: dict[int, list[str]] = {}
    for s in sorted(hits, key=lambda s: s.cap):
        caps.setdefault(s.cap, []).append(quoted(s.short))
    said = _("{level} ({names})")
    named = [said.format(level=level_label(cap), names=listed(names)) for cap, names in caps.items()]
    return listed(named) or pgettext("a cap", "none")


def mended(a: Assessment, way: Path) -> list[SafeguardResult]:
    """The safeguards that cap the level today and no more after the way's moves."""
    lifts = lifted_to(way)
    return [s for s in a.safeguards if s.hit and lifts.get(s.id, 0) >= s.below]


def measured_again(a: Assessment, way: Path) -> list[str]:
    """That answers given while a safeguard fell short do not show a level above its cap, where a way leads there."""
    then = way.projected_level
    hits = [s for s in mended(a, way) if s.cap < then]
    if not hits:
        return []
    above = [str(level) for level in range(min(s.cap for s in hits) + 1, then + 1)]
    said = ngettext(
        "That does not yet show Level {level}: the answers to Level {levels} were given while {names} fell short. "
        "Measure them again once that is mended, before you claim it.",
        "That does not yet show Level {level}: the answers to Levels {levels} were given while {names} fell short. "
        "Measure them again once that is mended, before you claim it.",
        len(above),
    )
    return [said.format(level=then, levels=listed(above), names=listed([quoted(s.short) for s in hits]))]


def _supposed(ones: Iterable[Projection]) -> Iterator[str]:
    """What counts at its lowest choice, level by level, and what each scores without that."""
    levels = [_of_answers(one) for one in ones if one.supposed]
    if levels:
        said = _(
            "In a level that does not hold, what is open counts at the lowest choice, today and, unless a move lifts "
            "it, after the path: {levels}."
        )
        yield said.format(levels=_("; ").join(levels))


def _of_answers(one: Projection) -> str:
    level = one.level
    said = _("{questions} in Level {level}, by answers alone {score} today")
    if level.score is None:
        said = _("{questions} in Level {level}, of which nothing counts as answered today")
    alone = score(level.score, level.passing)
    return said.format(level=level.level, questions=_questions(one.supposed), score=alone)


def _left_out(one: Projection) -> Iterator[str]:
    if one.left_out:
        said = _(
            "Level {level} holds, so what is open in it stays out of its score until it is answered, "
            "even where the path lifts it: {questions}."
        )
        yield said.format(level=one.level.level, questions=_questions(one.left_out))


def _questions(shorts: tuple[str, ...]) -> str:
    """By name where they are few."""
    if len(shorts) <= MOST_NAMED:
        return listed([quoted(short) for short in shorts])
    return ngettext("{n} open answer", "{n} open answers", len(shorts)).format(n=len(shorts))
