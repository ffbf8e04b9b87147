"""In what two assessments are not alike, said before anything is concluded from them."""

from collections.abc import Iterator

from cvp.comparing.comparison import Comparison, Side
from cvp.reports.sentences import quoted
from cvp.reports.sentences.on_instrument import tally
from cvp.reports.sentences.phrases import language_name
from cvp.speaking import _


def caveats(c: Comparison) -> list[str]:
    """What has to be known before anything is concluded: where the two are not alike."""
    return list(_caveats(c))


def _caveats(c: Comparison) -> Iterator[str]:
    before, after = c.before, c.after
    if before.perspective != after.perspective:
        yield _kinds(before)
    if before.company != after.company:
        names = _("Two names, taken for one company: before {before}, after {after}.")
        yield names.format(before=quoted(before.company), after=quoted(after.company))
    yield from _dates(c)
    if before.questionnaire.sha256 != after.questionnaire.sha256:
        yield _versions(c)
    if before.answered_by != after.answered_by:
        who = _("Answered before by {before}, after by {after}: some of the difference may be in who answered.")
        yield who.format(before=before.answered_by or _nobody(before), after=after.answered_by or _nobody(after))
    if before.language != after.language:
        languages = _("Asked before in {before}, after in {after}.")
        yield languages.format(before=language_name(before.language), after=language_name(after.language))


def _kinds(before: Side) -> str:
    if before.perspective == "company":
        return _(
            "NOT THE SAME THING: before it is a claim, the company's own, after it is a buyer's view. "
            "No difference between them is progress."
        )
    return _(
        "NOT THE SAME THING: before it is a buyer's view, after it is a claim, the company's own. "
        "No difference between them is progress."
    )


def _nobody(side: Side) -> str:
    """Who answered where nothing says who."""
    return _("the company itself") if side.perspective == "company" else _("the buyer")


def _dates(c: Comparison) -> Iterator[str]:
    if c.after.date < c.before.date:
        yield _(
            "The dates run backwards, from {before} to {after}: "
            "what is called before is the younger. Give the files in the other order to see what became of it."
        ).format(before=c.before.date, after=c.after.date)
    between = [point.date for point in c.trend]
    if between != sorted(between) and c.after.date >= c.before.date:
        yield _("The files are not in the order of their dates; the trend shows them as they were given.")


def _versions(c: Comparison) -> str:
    old, new = c.before.questionnaire, c.after.questionnaire
    start = _("The questionnaire changed, from version {old} to {new}")
    if old.version == new.version:
        start = _("Both say version {new} of the questionnaire, and their contents differ")
    start = start.format(old=old.version, new=new.version)
    if not c.instrument and not c.wording_compared:
        said = _("{start}; both ask, offer, weigh and demand the same.")
    elif not c.instrument and {c.before.language, c.after.language} != {c.language}:
        said = _("{start}; told in {language}, nothing of it touches a question, a choice, a weight or a threshold.")
    elif not c.instrument:
        said = _("{start}; nothing of it touches a question, a choice, a weight or a threshold.")
    elif not any(change.counts for change in c.instrument):
        said = _("{start}: {changes}. Nobody can tell whether people still answer the same.")
    else:
        said = _("{start}: {changes}. What that alone did is shown apart, as the questionnaire's part.")
    told = said.format(start=start, changes=tally(c.instrument), language=language_name(c.language))
    if c.wording_compared:
        return told
    return f"{told} " + _(
        "Their texts are in two languages here, so whether something is worded otherwise is not told."
    )
