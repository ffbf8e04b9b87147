"""How sure a level is, in whole sentences; the same in every format."""

from cvp.assessment import Assessment
from cvp.reports.sentences.phrases import listed
from cvp.speaking import _, ngettext


def bounds(a: Assessment) -> str:
    if not a.settled:
        return _("between {low} and {high}, as the open answers turn out").format(low=a.low, high=a.high)
    if not a.open:
        return _("settled: nothing is open")
    return _("settled: no open answer can change Level {level}").format(level=a.level)


def bounds_sentence(a: Assessment) -> str:
    """The bounds as a sentence of their own."""
    if not a.settled:
        return _("Between {low} and {high}, as the open answers turn out.").format(low=a.low, high=a.high)
    if not a.open:
        return _("Settled: nothing is open.")
    return _("Settled: no open answer can change Level {level}.").format(level=a.level)


def how_sure(a: Assessment) -> list[str]:
    """What the level rests on, and what it would take to be wrong."""
    kinds = _kinds(a)
    said = [_("{answered}: {kinds}.").format(answered=covered(a), kinds=kinds) if kinds else f"{covered(a)}."]
    said.extend(_margin(a))
    if stale := sum(q.state == "stale" for q in a.open):
        old = ngettext(
            "{n} answer rests on evidence that is too old, and counts as open.",
            "{n} answers rest on evidence that is too old, and count as open.",
            stale,
        )
        said.append(old.format(n=stale))
    if a.level_if_not_applicable_counts != a.level:
        counted = ngettext(
            "With the {n} not-applicable question at the lowest choice it would be Level {level}.",
            "With the {n} not-applicable questions at the lowest choice it would be Level {level}.",
            a.basis.not_applicable,
        )
        said.append(counted.format(n=a.basis.not_applicable, level=a.level_if_not_applicable_counts))
    said.extend(_out_of_order(a))
    return said


def _kinds(a: Assessment) -> str:
    """`12 on evidence, 3 assumed, 2 without evidence`."""
    b = a.basis
    parts = [_("{n} on evidence").format(n=b.with_evidence)] if b.with_evidence else []
    parts += [_("{n} assumed").format(n=b.assumed)] if b.assumed else []
    if bare := b.answered - b.with_evidence - b.assumed:
        parts.append(_("{n} without evidence").format(n=bare) if parts else _("all without evidence"))
    return ", ".join(parts)


def covered(a: Assessment) -> str:
    """How many of the questions have an answer that counts."""
    said = ngettext("{answered} of {n} question answered", "{answered} of {n} questions answered", a.basis.questions)
    return said.format(answered=a.basis.answered, n=a.basis.questions)


def _margin(a: Assessment) -> list[str]:
    lower = _("Level {level} or lower") if a.level > 2 else _("Level {level}")
    higher = _("Level {level} or higher") if a.level < 3 else _("Level {level}")
    ends = ((a.margin.fall, lower, a.level - 1), (a.margin.rise, higher, a.level + 1))
    told = [(n, said.format(level=level)) for n, said, level in ends if n is not None]
    if not told:
        return []
    (n, level), *rest = told
    least, other = rest[0] if rest else (0, "")
    return [_wrong(n, least).format(n=n, level=level, least=least, other=other)]


def _wrong(n: int, least: int) -> str:
    """Of how many answers must be wrong; `least` are those for the other level, 0 where there is none."""
    if n == 1 and least == 1:
        return _("One wrong answer is enough to make this {level}, or {other}.")
    if n == 1:
        also = _("One wrong answer is enough to make this {level}; {other} takes at least {least}.")
        return also if least else _("One wrong answer is enough to make this {level}.")
    if least == 1:
        return _("At least {n} answers must be wrong for this to be {level}; one is enough for {other}.")
    also = _("At least {n} answers must be wrong for this to be {level}; at least {least} for {other}.")
    return also if least else _("At least {n} answers must be wrong for this to be {level}.")


def _out_of_order(a: Assessment) -> list[str]:
    if not a.out_of_order:
        return []
    missing = next(level for level in a.levels if not level.holds)
    said = ngettext(
        "Level {levels}'s gate holds, but Level {missing}'s does not; levels count from the bottom.",
        "The gates of Levels {levels} hold, but Level {missing}'s does not; levels count from the bottom.",
        len(a.out_of_order),
    ).format(levels=listed([str(level) for level in a.out_of_order]), missing=missing.level)
    if 4 not in a.out_of_order or 3 in a.out_of_order:
        return [said]
    hint = _("What builds social capital is itself a way to build the bond.")
    return [f"{said} {hint}"]
