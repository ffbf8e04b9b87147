"""What a consultant says of two assessments side by side, in whole sentences; the same in every format."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from cvp.comparing.comparison import (
    AnswerChange,
    Cause,
    Comparison,
    LevelChange,
    RoomChange,
    Said,
    Side,
    Step,
)
from cvp.reports.questions import WHY_OPEN
from cvp.reports.sentences import quoted, score, signed
from cvp.text import and_list, counted

MOST_DECISIVE = 3


def headline(c: Comparison) -> str:
    """`Up from Level 2 to Level 3: Emotional bond`; of several, `Level 2 now; 3 in 2027-01, 1 in 2026-01`."""
    secured = "" if c.after.secured else ", not secured"
    if c.trend:
        return _course(c, secured)
    if c.before.level == c.after.level:
        return f"Level {c.after.level} as before: {c.after.level_name}{secured}"
    way = "Up" if c.after.level > c.before.level else "Down"
    return f"{way} from Level {c.before.level} to Level {c.after.level}: {c.after.level_name}{secured}"


def _course(c: Comparison, secured: str) -> str:
    """The levels of all, the last first, so that nothing between two ends is hidden."""
    dates = [point.date for point in c.trend]
    months = [date[:7] for date in dates]
    when = [
        f"in {month}" if months.count(month) == 1 else f"on {date}" for month, date in zip(months, dates, strict=True)
    ]
    now = "now" if dates[-1] == max(dates) else when[-1]
    earlier = [f"{point.level} {said}" for point, said in zip(c.trend[:-1], when, strict=False)]
    return f"Level {c.after.level} {now}{secured}; {', '.join(reversed(earlier))}"


def basis(c: Comparison) -> str:
    """Claim or measure, by whom: what both rest on."""
    if c.before.perspective != c.after.perspective:
        return "A claim beside a buyer's answers: read first what follows below."
    both = "The first and the last are" if c.trend else "Both are"
    if c.after.perspective == "buyer":
        return f"{both} buyers' answers, not yet a measure of how buyers see the company."
    by = c.after.answered_by if c.after.answered_by == c.before.answered_by else ""
    who = f", answered by {by}" if by else ": these are the company's own answers"
    return f"{both} claims{who}. Only the company's buyers can confirm a level."


def why(c: Comparison) -> list[str]:
    """What each cause did to the level, in the order of the attribution; then the gates, then who decides."""
    said = [*_time(c), *_questionnaire(c), *_answers(c)] or ["Nothing moved: the same answers count in the same way."]
    return [*said, *(gate(level) for level in c.levels if level.holds != level.held), bounds(c)]


def moved(c: Comparison, cause: Cause) -> list[AnswerChange]:
    return [change for change in c.answers if cause in change.causes]


def _time(c: Comparison) -> Iterator[str]:
    if not (old := moved(c, "time")):
        return
    then = _level_then(c, 0)
    if c.after.date < c.before.date:
        yield f"Time: at the earlier date, {counted(len(old), 'answer is', 'answers are')} not yet too old; {then}."
    else:
        grown = counted(len(old), "answer has", "answers have")
        yield f"Time: by {c.after.date}, {grown} grown too old to count; {then}."


def _questionnaire(c: Comparison) -> Iterator[str]:
    if not any(change.counts for change in c.instrument):
        return
    version = c.after.questionnaire.version
    ruler = "the later questionnaire" if version == c.before.questionnaire.version else f"version {version}"
    yield f"Questionnaire: by {ruler} the earlier answers would count otherwise; {_level_then(c, 1)}."


def _answers(c: Comparison) -> Iterator[str]:
    if not (changes := moved(c, "answers")):
        return
    kinds: dict[str, int] = {}
    for change in changes:
        kinds[direction(change)] = kinds.get(direction(change), 0) + 1
    listed = and_list([f"{number} {kind}" for kind, number in kinds.items()])
    yield f"Answers: {counted(len(changes), 'answer')} changed, {listed}; {_level_then(c, 2)}."
    yield from _decisive(c, changes)


def _decisive(c: Comparison, changes: Sequence[AnswerChange]) -> Iterator[str]:
    """The changed answers that carry the level by themselves."""
    alone = [change for change in changes if change.level_without != c.after.level]
    for change in alone[:MOST_DECISIVE]:
        without = f"with its earlier answer it would be Level {change.level_without}"
        yield f"{quoted(change.short)} decides alone: {without}."


def _level_then(c: Comparison, step: int) -> str:
    """What the step from one stage to the next did to the level."""
    before, after = c.stages[step].level, c.stages[step + 1].level
    verb = "leave" if before == after else "lower" if after < before else "raise"
    where = f"at {after}" if before == after else f"from {before} to {after}"
    if _goes_on(c, step):
        alone = "that on top" if step and moved(c, "time") else "that alone"
        return f"{alone} would {verb} it {where}"
    return f"that {verb}s the level {where}"


def _goes_on(c: Comparison, step: int) -> bool:
    """Whether a later cause did something too, so that this one is only part of the way."""
    instrument = step == 0 and any(change.counts for change in c.instrument)
    return instrument or (step < 2 and bool(moved(c, "answers")))


def gate(level: LevelChange) -> str:
    """A gate that opened or closed."""
    verb = "now holds" if level.holds else "no longer holds"
    now = "nothing that counts is answered" if level.after is None else f"scores {score(level.after, level.passing)}"
    was = "nothing" if level.before is None else score(level.before, level.passing_before)
    parts = [f"{now} (before: {was})", f"needs {needs(level)}"]
    if level.must_failed:
        parts.append(f"lacks {and_list([quoted(name) for name in level.must_failed])}")
    return f"The gate of Level {level.level} {verb}: {', '.join(parts)}."


def bounds(c: Comparison) -> str:
    """How sure either level is."""
    before, after = (
        "settled" if side.low == side.high else f"open between {side.low} and {side.high}"
        for side in (c.before, c.after)
    )
    if before == after:
        return f"How sure: {after}, both times."
    return f"How sure: {before} before, {after} now."


def needs(level: LevelChange) -> str:
    """The threshold, with the earlier one where it was another."""
    was = f" (was {score(level.passing_before)})" if level.passing_before != level.passing else ""
    return f"{score(level.passing)}{was}"


def shown_scores(c: Comparison, level: LevelChange) -> list[str]:
    """A level's score at each stage, as it is shown."""
    passing = (level.passing_before, level.passing_before, level.passing, level.passing)
    scores = (stage.scores[level.level - 1] for stage in c.stages)
    return [score(share, least) for share, least in zip(scores, passing, strict=True)]


def shown_parts(c: Comparison, level: LevelChange) -> list[str]:
    """What each cause did to a level's score: differences of what is shown, so that they add up on paper too.

    `0` where it did nothing at all; where there is no number, what the score became.
    """
    shown = shown_scores(c, level)
    parts = (level.time, level.questionnaire, level.answers)
    return [_part(shown[at], shown[at + 1], part) for at, part in enumerate(parts)]


def _part(before: str, after: str, part: float | None) -> str:
    if part is None:
        return "–" if before == after else f"to {after}"
    if part == 0:
        return "0"
    difference = Decimal(after) - Decimal(before)
    return f"+{difference}" if difference > 0 or (difference == 0 and part > 0) else f"−{abs(difference)}"


def levels(number: int) -> str:
    """A number of levels with its sign; `0` for none."""
    return f"{number:+d}".replace("-", "−") if number else "0"


def direction(change: AnswerChange) -> str:
    """One or two words for what became of an answer."""
    before, after = change.before, change.after
    if before.state == "not_asked":
        return "new question"
    if after.state == "not_asked":
        return "no longer asked"
    if before.score is not None and after.score is not None:
        return _compared(before.score, after.score)
    if after.score is not None:
        if before.state == "stale":
            return "renewed" if before.choice == after.choice else "answered anew"
        return "newly known"
    if after.state == "not_applicable":
        return "no longer fits"
    if after.state == "stale":
        return "too old"
    return "no longer known" if before.score is not None else "open again"


def _compared(before: float, after: float) -> str:
    return "higher" if after > before else "lower" if after < before else "other, same score"


def answer(said: Said) -> str:
    """What was answered; of an open or unfitting question, why it does not count."""
    match said.state:
        case "answered":
            return f"{said.label}{'*' if said.assumed else ''}"
        case "stale":
            return f"{said.label} (too old)"
        case "not_applicable":
            return f"not applicable: {said.note}"
        case "not_asked":
            return "–"
    return WHY_OPEN[said.state]


def due_to(step: Step) -> str:
    """`time −1, the answers +2`; what did nothing to the level is left out."""
    parts = step.level_parts
    named = (("time", parts.time), ("the questionnaire", parts.questionnaire), ("the answers", parts.answers))
    return ", ".join(f"{cause} {levels(part)}" for cause, part in named if part) or "nothing moved the level"


def moved_most(step: Step) -> str:
    """`Would miss us higher (0.50 to 1.00)`, and how many others moved."""
    said = [f"{change.short} {direction(change)}{_from_to(change)}" for change in step.most]
    if others := step.moved - len(step.most):
        said.append(counted(others, "other"))
    return "; ".join(said) or "nothing"


def _from_to(change: AnswerChange) -> str:
    before, after = change.before.score, change.after.score
    if after is None or before == after:
        return ""
    return f" ({score(after)})" if before is None else f" ({score(before)} to {score(after)})"


def room(change: RoomChange) -> list[str]:
    """How many voted, how far they agreed, and what still needs talk."""
    if not (change.respondents and change.respondents_before):
        who = [_voters(number) for number in (change.respondents_before, change.respondents)]
        return [f"Before: {who[0]}. After: {who[1]}. Agreement cannot be compared."]
    said = [f"Before {_voters(change.respondents_before)}, after {_voters(change.respondents)}."]
    if change.agreement_before is not None and change.agreement is not None:
        said.append(f"Mean agreement {signed(change.agreement_before)}, now {signed(change.agreement)}.")
    said.append(f"{change.talk_before} questions needed talk, now {change.talk}.")
    if change.settled:
        said.append(f"No longer: {and_list([quoted(name) for name in change.settled])}.")
    if change.new:
        said.append(f"New: {and_list([quoted(name) for name in change.new])}.")
    return said


def _voters(number: int) -> str:
    return f"a room of {number}" if number else "one set of answers, without votes"


def ruler(c: Comparison) -> str:
    """By which questionnaire, for the foot of a page."""
    old, new = c.before.questionnaire, c.after.questionnaire
    both = f"{new.version}, both times" if old.sha256 == new.sha256 else f"{old.version} and {new.version}"
    return f"Questionnaire {new.id} {both}"


def rests_on(side: Side) -> str:
    """What one of the two rests on, and how sure its level is."""
    b = side.basis
    kinds = ((b.with_evidence, "on evidence"), (b.assumed, "assumed"))
    parts = [f"{number} {kind}" for number, kind in kinds if number]
    bounds = "settled" if side.low == side.high else f"between {side.low} and {side.high}"
    return f"{b.answered} of {b.questions} answered{': ' if parts else ''}{', '.join(parts)}; {bounds}"
