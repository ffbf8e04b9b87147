"""What moved of a level's score and of an answer, in a few words; the same in every format."""

from decimal import Decimal

from cvp.comparing.comparison import AnswerChange, Comparison, LevelChange, Said, Step
from cvp.reports.questions import WHY_OPEN
from cvp.reports.sentences import score
from cvp.reports.sentences.on_comparison import direction
from cvp.speaking import _, decimal, ngettext, pgettext, rounded


def shown_scores(c: Comparison, level: LevelChange) -> list[str]:
    """A level's score at each stage, as it is shown."""
    return ["–" if share is None else decimal(share, ".2f") for share in _scores(c, level)]


def _scores(c: Comparison, level: LevelChange) -> list[float | None]:
    """To two decimals, as they are shown."""
    passing = (level.passing_before, level.passing_before, level.passing, level.passing)
    scores = (stage.scores[level.level - 1] for stage in c.stages)
    return [None if share is None else rounded(share, least) for share, least in zip(scores, passing, strict=True)]


def shown_parts(c: Comparison, level: LevelChange) -> list[str]:
    """What each cause did to a level's score: differences of what is shown, so that they add up on paper too.

    `0` where it did nothing at all; where there is no number, what the score became.
    """
    shown = _scores(c, level)
    parts = (level.time, level.questionnaire, level.answers)
    return [_part(shown[at], shown[at + 1], part) for at, part in enumerate(parts)]


def _part(before: float | None, after: float | None, part: float | None) -> str:
    if part is None or before is None or after is None:
        became = _("to {score}").format(score=score(after)) if after is not None else pgettext("a score", "gone")
        return "–" if before == after else became
    if part == 0:
        return "0"
    difference = Decimal(f"{after:.2f}") - Decimal(f"{before:.2f}")
    shown = decimal(float(abs(difference)), ".2f")
    return f"+{shown}" if difference > 0 or (difference == 0 and part > 0) else f"−{shown}"


def levels(number: int) -> str:
    """A number of levels with its sign; `0` for none."""
    return f"{number:+d}".replace("-", "−") if number else "0"


def answer(said: Said) -> str:
    """What was answered; of an open or unfitting question, why it does not count."""
    match said.state:
        case "answered":
            return f"{said.label}{'*' if said.assumed else ''}"
        case "stale":
            return _("{answer} (too old)").format(answer=said.label)
        case "not_applicable":
            return _("not applicable: {reason}").format(reason=said.note)
        case "not_asked":
            return "–"
    return _(WHY_OPEN[said.state])


def due_to(step: Step) -> str:
    """`time −1, the answers +2`; what did nothing to the level is left out."""
    parts = step.level_parts
    named = (
        (_("time {levels}"), parts.time),
        (_("the questionnaire {levels}"), parts.questionnaire),
        (_("the answers {levels}"), parts.answers),
    )
    return ", ".join(said.format(levels=levels(part)) for said, part in named if part) or _("nothing moved the level")


def moved_most(step: Step) -> str:
    """`Would miss us higher (0.50 to 1.00)`, and how many others moved."""
    said = [_moved(change) for change in step.most]
    if others := step.moved - len(step.most):
        said.append(ngettext("{n} other", "{n} others", others).format(n=others))
    return _("; ").join(said) or _("nothing")


def _moved(change: AnswerChange) -> str:
    before, after = change.before.score, change.after.score
    said = _("{question} {change} ({before} to {after})")
    if after is None or before == after:
        said = _("{question} {change}")
    elif before is None:
        said = _("{question} {change} ({after})")
    return said.format(question=change.short, change=_(direction(change)), before=score(before), after=score(after))
