"""What has to be known of a claim and its measure before anything is concluded from them."""

import datetime
from collections.abc import Iterator

from cvp.comparing.claim import ClaimComparison
from cvp.reports.sentences import on_claim, whole
from cvp.speaking import _, ngettext


def caveats(c: ClaimComparison) -> list[str]:
    """What has to be known before anything is concluded."""
    return list(_caveats(c))


def _caveats(c: ClaimComparison) -> Iterator[str]:
    if c.measure.self_selected:
        yield _(
            "These buyers selected themselves, as references and fans do. Intervals tell of chance alone, not of who "
            "chose to answer: others may see you lower."
        )
    yield from _time(c)
    yield from _uncounted(c)
    claim, basis = c.claim, c.claim.basis
    if claim.low != claim.high:
        still_open = ngettext(
            "Your claim is open: with {answered} of {n} questions answered, it may come out between {low} and {high}.",
            "Your claim is open: with {answered} of {n} questions answered, it may come out between {low} and {high}.",
            basis.questions,
        )
        yield still_open.format(answered=basis.answered, n=basis.questions, low=claim.low, high=claim.high)
    if basis.assumed:
        yield _assumed(basis.assumed, basis.answered)
    if c.items is None:
        yield _(
            "The summary says nothing of single questions: write it anew with `cvp batch --summary`, or give the table."
        )
    yield _(
        "Beside each score stands the 95 % interval of yours, which is known, less the buyers' mean: above 0 you claim "
        "more than buyers see, below 0 less. “Cannot tell” means: not with so few buyers. Of twenty things on which "
        "you and all buyers agree, about one is flagged by chance."
    )
    if twofold := on_claim.both_hold(c):
        yield twofold


def _assumed(assumed: int, answered: int) -> str:
    if answered == 1:
        return _("Your one answer is assumed, and rests on no evidence.")
    said = ngettext(
        "{n} of your {total} answers is assumed, and rests on no evidence.",
        "{n} of your {total} answers are assumed, and rest on no evidence.",
        assumed,
    )
    return said.format(n=assumed, total=answered)


def _uncounted(c: ClaimComparison) -> Iterator[str]:
    rejected, left_out = c.measure.rejected, c.measure.left_out
    if uncounted := rejected + left_out:
        said = ngettext(
            "{n} of {total} rows of answers do not count: {rejected} rejected, {left_out} left out.",
            "{n} of {total} rows of answers do not count: {rejected} rejected, {left_out} left out.",
            uncounted,
        )
        yield said.format(
            n=whole(uncounted),
            total=whole(uncounted + c.measure.buyers),
            rejected=whole(rejected),
            left_out=whole(left_out),
        )


def _time(c: ClaimComparison) -> Iterator[str]:
    then, now = (datetime.date.fromisoformat(day) for day in (c.claim.date, c.measure.date))
    months = abs((now.year - then.year) * 12 + now.month - then.month)
    if not months:
        return
    apart = ngettext("{n} month", "{n} months", months).format(n=months)
    if months >= 24:
        years = months // 12
        apart = ngettext("{n} year", "{n} years", years).format(n=years)
    said = _(
        "The measure is {apart} older than the claim ({claim} and {measure}): "
        "what changed in between is part of every gap."
    )
    if then < now:
        said = _(
            "The claim is {apart} older than the measure ({claim} and {measure}): "
            "what changed in between is part of every gap."
        )
    yield said.format(apart=apart, claim=c.claim.date, measure=c.measure.date)
