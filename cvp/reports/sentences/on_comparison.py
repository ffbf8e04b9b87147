"""What a consultant says of two assessments side by side, in whole sentences; the same in every format."""

from collections.abc import Iterator, Sequence
from typing import Final

from cvp.comparing.claim import Claim
from cvp.comparing.comparison import AnswerChange, Cause, Comparison, LevelChange, RoomChange, Side
from cvp.reports.sentences import listed, quoted, score, signed
from cvp.speaking import N_, _, ngettext, threshold

MOST_DECISIVE = 3
NEW_QUESTION: Final = N_("new question")
NO_LONGER_ASKED: Final = N_("no longer asked")
TOO_OLD: Final = N_("too old")


def headline(c: Comparison) -> str:
    """`Up from Level 2 to Level 3: Emotional bond`; of several, `Level 2 now; 3 in 2027-01, 1 in 2026-01`."""
    if c.trend:
        return _course(c)
    before, after = c.before.level, c.after.level
    if before == after:
        said = _("Level {after} as before: {name}")
        said = said if c.after.secured else _("Level {after} as before: {name}, not secured")
    elif after > before:
        said = _("Up from Level {before} to Level {after}: {name}")
        said = said if c.after.secured else _("Up from Level {before} to Level {after}: {name}, not secured")
    else:
        said = _("Down from Level {before} to Level {after}: {name}")
        said = said if c.after.secured else _("Down from Level {before} to Level {after}: {name}, not secured")
    return said.format(before=before, after=after, name=c.after.level_name)


def _course(c: Comparison) -> str:
    """The levels of all, the last first, so that nothing between two ends is hidden."""
    dates = [point.date for point in c.trend]
    months = [date[:7] for date in dates]
    is_alone = [months.count(month) == 1 for month in months]
    points = zip(c.trend[:-1], dates, months, is_alone, strict=False)
    earlier = [
        (_("{level} in {date}") if alone else _("{level} on {date}")).format(
            level=point.level, date=month if alone else date
        )
        for point, date, month, alone in points
    ]
    if dates[-1] == max(dates):
        said = _("Level {level} now; {earlier}") if c.after.secured else _("Level {level} now, not secured; {earlier}")
    elif is_alone[-1]:
        said = _("Level {level} in {date}; {earlier}")
        said = said if c.after.secured else _("Level {level} in {date}, not secured; {earlier}")
    else:
        said = _("Level {level} on {date}; {earlier}")
        said = said if c.after.secured else _("Level {level} on {date}, not secured; {earlier}")
    when = months[-1] if is_alone[-1] else dates[-1]
    return said.format(level=c.after.level, date=when, earlier=", ".join(reversed(earlier)))


def basis(c: Comparison) -> str:
    """Claim or measure, by whom: what both rest on."""
    if c.before.perspective != c.after.perspective:
        return _("A claim beside a buyer's answers: read first what follows below.")
    if c.after.perspective == "buyer":
        both = _("Both are buyers' answers, not yet a measure of how buyers see the company.")
        several = _("The first and the last are buyers' answers, not yet a measure of how buyers see the company.")
    elif c.after.answered_by and c.after.answered_by == c.before.answered_by:
        both = _("Both are claims, answered by {name}. Only the company's buyers can confirm a level.")
        several = _(
            "The first and the last are claims, answered by {name}. Only the company's buyers can confirm a level."
        )
    else:
        both = _("Both are claims: these are the company's own answers. Only the company's buyers can confirm a level.")
        several = _(
            "The first and the last are claims: these are the company's own answers. "
            "Only the company's buyers can confirm a level."
        )
    return (several if c.trend else both).format(name=c.after.answered_by)


def why(c: Comparison) -> list[str]:
    """What each cause did to the level, in the order of the attribution; then the gates, then who decides."""
    nothing = _("Nothing moved: the same answers count in the same way.")
    said = [*_time(c), *_questionnaire(c), *_answers(c)] or [nothing]
    return [*said, *(gate(level) for level in c.levels if level.holds != level.held), bounds(c)]


def moved(c: Comparison, cause: Cause) -> list[AnswerChange]:
    return [change for change in c.answers if cause in change.causes]


def _time(c: Comparison) -> Iterator[str]:
    if not (old := len(moved(c, "time"))):
        return
    if c.after.date < c.before.date:
        said = ngettext(
            "Time: at the earlier date, {n} answer is not yet too old; {then}.",
            "Time: at the earlier date, {n} answers are not yet too old; {then}.",
            old,
        )
    else:
        said = ngettext(
            "Time: by {date}, {n} answer has grown too old to count; {then}.",
            "Time: by {date}, {n} answers have grown too old to count; {then}.",
            old,
        )
    yield said.format(n=old, date=c.after.date, then=_level_then(c, 0))


def _questionnaire(c: Comparison) -> Iterator[str]:
    if not any(change.counts for change in c.instrument):
        return
    version = c.after.questionnaire.version
    if version == c.before.questionnaire.version:
        said = _("Questionnaire: by the later questionnaire the earlier answers would count otherwise; {then}.")
    else:
        said = _("Questionnaire: by version {version} the earlier answers would count otherwise; {then}.")
    yield said.format(version=version, then=_level_then(c, 1))


def _answers(c: Comparison) -> Iterator[str]:
    if not (changes := moved(c, "answers")):
        return
    kinds: dict[str, int] = {}
    for change in changes:
        kinds[direction(change)] = kinds.get(direction(change), 0) + 1
    said = ngettext(
        "Answers: {n} answer changed, {kinds}; {then}.", "Answers: {n} answers changed, {kinds}; {then}.", len(changes)
    )
    told = listed([f"{number} {_(kind)}" for kind, number in kinds.items()])
    yield said.format(n=len(changes), kinds=told, then=_level_then(c, 2))
    yield from _decisive(c, changes)


def _decisive(c: Comparison, changes: Sequence[AnswerChange]) -> Iterator[str]:
    """The changed answers that carry the level by themselves."""
    said = _("{question} decides alone: with its earlier answer it would be Level {level}.")
    alone = [change for change in changes if change.level_without != c.after.level]
    for change in alone[:MOST_DECISIVE]:
        yield said.format(question=quoted(change.short), level=change.level_without)


def _level_then(c: Comparison, step: int) -> str:
    """What the step from one stage to the next did to the level."""
    before, after = c.stages[step].level, c.stages[step + 1].level
    if not _goes_on(c, step):
        said = _did(before, after)
    elif step and moved(c, "time"):
        said = _would_do_on_top(before, after)
    else:
        said = _would_do(before, after)
    return said.format(before=before, after=after)


def _did(before: int, after: int) -> str:
    if before == after:
        return _("that leaves the level at {after}")
    lowers = _("that lowers the level from {before} to {after}")
    return lowers if after < before else _("that raises the level from {before} to {after}")


def _would_do(before: int, after: int) -> str:
    if before == after:
        return _("that alone would leave it at {after}")
    lower = _("that alone would lower it from {before} to {after}")
    return lower if after < before else _("that alone would raise it from {before} to {after}")


def _would_do_on_top(before: int, after: int) -> str:
    if before == after:
        return _("that on top would leave it at {after}")
    lower = _("that on top would lower it from {before} to {after}")
    return lower if after < before else _("that on top would raise it from {before} to {after}")


def _goes_on(c: Comparison, step: int) -> bool:
    """Whether a later cause did something too, so that this one is only part of the way."""
    instrument = step == 0 and any(change.counts for change in c.instrument)
    return instrument or (step < 2 and bool(moved(c, "answers")))


def direction(change: AnswerChange) -> str:
    """One or two words for what became of an answer, in English; whoever shows them translates them."""
    before, after = change.before, change.after
    if before.state == "not_asked":
        return NEW_QUESTION
    if after.state == "not_asked":
        return NO_LONGER_ASKED
    if before.state == "not_applicable" and after.state != "stale":
        return N_("fits now")
    if "time" in change.causes and before.choice == after.choice and after.score is not None:
        return N_("renewed")
    if before.score is not None and after.score is not None:
        return _compared(before.score, after.score)
    if after.score is not None:
        if before.state == "stale":
            return N_("renewed") if before.choice == after.choice else N_("answered anew")
        return N_("newly known")
    if after.state == "not_applicable":
        return N_("no longer fits")
    if after.state == "stale":
        return TOO_OLD
    return N_("no longer known") if before.score is not None else N_("open again")


def _compared(before: float, after: float) -> str:
    return N_("higher") if after > before else N_("lower") if after < before else N_("other, same score")


def gate(level: LevelChange) -> str:
    """A gate that opened or closed."""
    closed = _("The gate of Level {level} no longer holds: {parts}.")
    said = _("The gate of Level {level} now holds: {parts}.") if level.holds else closed
    now = _("scores {score} (before: {was})")
    if level.after is None:
        now = _("nothing that counts is answered (before: {was})")
    was = _("nothing") if level.before is None else score(level.before, level.passing_before)
    parts = [
        now.format(score=score(level.after, level.passing), was=was),
        _("needs {needed}").format(needed=needs(level)),
    ]
    if level.must_failed:
        parts.append(_("lacks {names}").format(names=listed([quoted(name) for name in level.must_failed])))
    return said.format(level=level.level, parts=", ".join(parts))


def bounds(c: Comparison) -> str:
    """How sure either level is."""
    before, after = (_bounds(side) for side in (c.before, c.after))
    if before == after:
        return _("How sure: {bounds}, both times.").format(bounds=after)
    return _("How sure: {before} before, {after} now.").format(before=before, after=after)


def _bounds(side: Side) -> str:
    if side.low == side.high:
        return _("settled")
    return _("open between {low} and {high}").format(low=side.low, high=side.high)


def needs(level: LevelChange) -> str:
    """The threshold, with the earlier one where it was another."""
    if level.passing_before == level.passing:
        return threshold(level.passing)
    return _("{score} (was {before})").format(score=threshold(level.passing), before=threshold(level.passing_before))


def room(change: RoomChange) -> list[str]:
    """How many voted, how far they agreed, and what still needs talk."""
    voters = {"before": _voters(change.respondents_before), "after": _voters(change.respondents)}
    if not (change.respondents and change.respondents_before):
        return [_("Before: {before}. After: {after}. Agreement cannot be compared.").format(**voters)]
    said = [_("Before {before}, after {after}.").format(**voters)]
    if change.agreement_before is not None and change.agreement is not None:
        agreement = _("Mean agreement {before}, now {now}.")
        said.append(agreement.format(before=signed(change.agreement_before), now=signed(change.agreement)))
    talk = ngettext(
        "{n} questions needed talk, now {now}.", "{n} questions needed talk, now {now}.", change.talk_before
    )
    said.append(talk.format(n=change.talk_before, now=change.talk))
    if change.settled:
        said.append(_("No longer: {names}.").format(names=listed([quoted(name) for name in change.settled])))
    if change.new:
        said.append(_("New: {names}.").format(names=listed([quoted(name) for name in change.new])))
    return said


def _voters(number: int) -> str:
    return _("a room of {n}").format(n=number) if number else _("one set of answers, without votes")


def ruler(c: Comparison) -> str:
    """By which questionnaire, for the foot of a page."""
    old, new = c.before.questionnaire, c.after.questionnaire
    said = _("Questionnaire {id} {before} and {after}")
    if old.sha256 == new.sha256:
        said = _("Questionnaire {id} {after}, both times")
    return said.format(id=new.id, before=old.version, after=new.version)


def rests_on(side: Side | Claim) -> str:
    """What a claim, or one of two assessments, rests on, and how sure its level is."""
    b = side.basis
    parts = [_("{n} on evidence").format(n=b.with_evidence)] if b.with_evidence else []
    parts += [_("{n} assumed").format(n=b.assumed)] if b.assumed else []
    said = _("{answered} of {total} answered: {kinds}; {bounds}")
    if not parts:
        said = _("{answered} of {total} answered; {bounds}")
    bounds = _("settled")
    if side.low != side.high:
        bounds = _("between {low} and {high}").format(low=side.low, high=side.high)
    return said.format(answered=b.answered, total=b.questions, kinds=", ".join(parts), bounds=bounds)
