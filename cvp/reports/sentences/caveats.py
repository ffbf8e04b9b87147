"""In what two assessments are not alike, said before anything is concluded from them."""

from collections.abc import Iterator, Sequence

from cvp.comparing.comparison import Comparison, InstrumentChange, Side
from cvp.reports.sentences import quoted
from cvp.text import and_list, counted


def caveats(c: Comparison) -> list[str]:
    """What has to be known before anything is concluded: where the two are not alike."""
    return list(_caveats(c))


def _caveats(c: Comparison) -> Iterator[str]:
    before, after = c.before, c.after
    if before.perspective != after.perspective:
        was, now = _kind(before), _kind(after)
        yield f"NOT THE SAME THING: before it is {was}, after it is {now}. No difference between them is progress."
    if before.company != after.company:
        names = f"before {quoted(before.company)}, after {quoted(after.company)}"
        yield f"Two names, taken for one company: {names}."
    yield from _dates(c)
    if before.questionnaire.sha256 != after.questionnaire.sha256:
        yield _versions(c)
    if before.answered_by != after.answered_by:
        who = [side.answered_by or _nobody(side) for side in (before, after)]
        yield f"Answered before by {who[0]}, after by {who[1]}: some of the difference may be in who answered."
    if before.language != after.language:
        yield f"Asked before in {before.language}, after in {after.language}."


def _kind(side: Side) -> str:
    return "a claim, the company's own" if side.perspective == "company" else "a buyer's view"


def _nobody(side: Side) -> str:
    """Who answered where nothing says who."""
    return "the company itself" if side.perspective == "company" else "the buyer"


def _dates(c: Comparison) -> Iterator[str]:
    if c.after.date < c.before.date:
        yield (
            f"The dates run backwards, from {c.before.date} to {c.after.date}: "
            "what is called before is the younger. Give the files in the other order to see what became of it."
        )
    between = [point.date for point in c.trend]
    if between != sorted(between) and c.after.date >= c.before.date:
        yield "The files are not in the order of their dates; the trend shows them as they were given."


def _versions(c: Comparison) -> str:
    old, new = c.before.questionnaire, c.after.questionnaire
    if old.version == new.version:
        start = f"Both say version {new.version} of the questionnaire, and their contents differ"
    else:
        start = f"The questionnaire changed, from version {old.version} to {new.version}"
    counting = [change for change in c.instrument if change.counts]
    if not c.instrument:
        return f"{start}; nothing of it touches a question, a choice, a weight or a threshold."
    if not counting:
        return f"{start}: {_tally(c.instrument)}. Nobody can tell whether people still answer the same."
    return f"{start}: {_tally(c.instrument)}. What that alone did is shown apart, as the questionnaire's part."


def _tally(changes: Sequence[InstrumentChange]) -> str:
    """`2 criteria added, 1 weight changed`."""
    plurals = {"criterion": "criteria", "criterion's freshness": "criteria's freshness"}
    counts: dict[tuple[str, str], int] = {}
    for change in changes:
        noun = change.what if change.kind != "changed" else f"{_of(change)}{change.field}"
        counts[noun, change.kind] = counts.get((noun, change.kind), 0) + 1
    return and_list([f"{counted(n, noun, plurals.get(noun, ''))} {kind}" for (noun, kind), n in counts.items()])


def _of(change: InstrumentChange) -> str:
    return "" if change.field in ("weight", "least score") else f"{change.what}'s "


def instrument_change(change: InstrumentChange) -> str:
    """What changed, in a sentence without a full stop."""
    name = f"Level {change.id}" if change.what == "level" else quoted(change.name)
    where = f" of {quoted(change.owner)}" if change.owner else ""
    thing = name if change.what == "level" else f"the {change.what} {name}{where}"
    match change.kind:
        case "added":
            said = f"{thing} is new"
        case "removed":
            said = f"{thing} is gone"
        case "renamed":
            said = f"{thing} has another id, {change.after} instead of {change.before}; its answers count on"
        case "reworded":
            said = f"{thing} was {quoted(change.before)}"
        case "changed":
            unit = " months" if change.field == "freshness" else ""
            said = f"{thing}: {change.field} {change.after}{unit} instead of {change.before}"
    return f"{said[0].upper()}{said[1:]}"
