"""The story of the questions themselves: which do their work, which do not, and by what figures."""

from typing import Final

from cvp.items import Item, ItemAnalysis, Scale
from cvp.items.guttman import Errors
from cvp.items.verdicts import ENOUGH, MEDIUM, RELIABLE, RULES, STRONG, WEAK, ItemVerdict
from cvp.level import LEVELS, Level
from cvp.reports.sentences import signed
from cvp.reports.story.blocks import Block, Bullets, Cell, Paragraph, Section, Story, Table
from cvp.reports.story.cells import number, words
from cvp.reports.story.telling import story_of
from cvp.text import counted

NO_VALIDITY: Final = (
    "These figures say how the questions hang together, not whether they ask for the right thing. A high alpha says "
    "nothing about validity: a level whose questions all miss the point alike has one too."
)
PAIRWISE: Final = (
    "What two questions have in common is reckoned from all rows that answered both; so the figures of a level rest on "
    f"different rows for different pairs. Under {ENOUGH} such rows there is no verdict."
)

FLAT: Final = 0.1
"""Where the mean of a level is as near as this to 0 or 1, its answers hardly differ."""

_WORDS: Final[dict[ItemVerdict, str]] = {
    "too_few": "too few ({n}) to say",
    "mostly_unknown": "most don't know ({unknown}): ask otherwise or drop it",
    "all_the_same": "nearly all answer the same ({same}): it tells hardly anybody apart",
    "against_the_others": "runs against the others of its level: look at the order of its choices",
    "tells_no_levels_apart": "does not tell levels apart",
    "wrong_level": "out of the ladder's order: {way} than the questions of Level {place}",
    "apart_from_its_level": "has little in common with its level",
    "often_unknown": "works, but many don't know ({unknown})",
    "works": "works",
}
_SOUND: Final = ("works", "often_unknown")


@story_of.register
def _(analysis: ItemAnalysis) -> Story:
    q = analysis.questionnaire
    return Story(
        title=f"The questions of: {q.say(q.title)}",
        subject=analysis.source,
        date=analysis.date,
        language=q.default_language,
        headline=in_short(analysis),
        basis="What the answers say of the questions. Nothing here is about the company.",
        sections=_sections(analysis) if analysis.is_shown else (),
        footer=f"{q.id} {q.version}, content {q.sha256[:12]}. Interval of alpha: Bonett, 95 %.",
    )


def in_short(analysis: ItemAnalysis) -> str:
    """`14 of 18 questions work, by 2,000 rows; 3 do not, of 1 there are too few answers`."""
    if not analysis.is_shown:
        return f"Only {analysis.rows} rows count, fewer than {analysis.min_group}: nothing is shown of them"
    verdicts = [item.verdict for item in analysis.items]
    few = verdicts.count("too_few")
    bad = sum(verdict not in (*_SOUND, "too_few") for verdict in verdicts)
    said = f"{len(verdicts) - few - bad} of {counted(len(verdicts), 'question')} work, by {analysis.rows:,} rows"
    rest = [
        *([f"{bad} {'does' if bad == 1 else 'do'} not"] if bad else []),
        *([f"of {few} there are too few answers"] if few else []),
    ]
    return f"{said}; {', '.join(rest)}" if rest else said


def words_for(item: Item) -> str:
    """The verdict on a question, as its owner understands it."""
    answers = item.answers
    same = max(answers.choices) / answers.n if answers.n else 0.0
    way = "harder" if item.level and item.out_of_place and item.level < item.out_of_place else "easier"
    shares = {"same": f"{same:.0%}", "unknown": f"{_unknown(item):.0%}"}
    return _WORDS[item.verdict].format(n=answers.n, **shares, way=way, place=item.out_of_place)


def _unknown(item: Item) -> float:
    """The share of don't-knows among those to whom the question applies."""
    asked = item.answers.n + item.answers.dont_know
    return item.answers.dont_know / asked if asked else 0.0


def _sections(analysis: ItemAnalysis) -> tuple[Section, ...]:
    levels = [_level(analysis, scale) for scale in analysis.scales if scale.level is not None]
    return (_in_short(analysis), *levels, _ladder(analysis), _open(analysis), _meanings())


def _in_short(analysis: ItemAnalysis) -> Section:
    found = [
        f"{_short(analysis, item)}{_at(item)}: {words_for(item)}" for item in analysis.items if item.verdict != "works"
    ]
    blocks: list[Block] = [Paragraph(_of_whole(analysis.whole))]
    if found:
        blocks.append(Bullets(tuple(found), title="Questions to look at"))
    blocks.append(Paragraph(NO_VALIDITY, tone="quiet"))
    return Section("in-short", "In short", tuple(blocks))


def _of_whole(whole: Scale) -> str:
    if whole.h is None or whole.strength is None:
        return f"Too few rows ({whole.n}) to say how all questions go together."
    return f"All criteria together: H {_said(whole.h)}, {_scale_words(whole)}."


def _scale_words(scale: Scale) -> str:
    return "no scale by Mokken's rule" if scale.strength == "none" else f"a {scale.strength} scale"


def _level(analysis: ItemAnalysis, scale: Scale) -> Section:
    q = analysis.questionnaire
    assert scale.level
    items = [item for item in analysis.items if item.level == scale.level]
    rows = tuple(
        (
            words(_short(analysis, item)),
            number(item.answers.n, f"{item.answers.n:,}"),
            _figure(item.mean),
            _figure(item.item_rest),
            _figure(item.h),
            words(words_for(item), "good" if item.verdict == "works" else ""),
        )
        for item in items
    )
    table = Table(("Question", "n", "Mean", "Rest r", "H", "Verdict"), rows, right=frozenset({1, 2, 3, 4}))
    title = f"Level {scale.level}: {q.say(q.level(scale.level).name)}"
    return Section(f"level-{scale.level}", title, (Paragraph(_of_level(scale, items)), *([table] if rows else [])))


def _of_level(scale: Scale, items: list[Item]) -> str:
    """`Alpha 0.78 (0.75 to 0.81), omega 0.79: enough to compare groups. H 0.44: a medium scale.`"""
    if len(items) < 2:
        return "One question only: there is nothing to compare it with." if items else "No question was asked."
    said = []
    if scale.alpha is not None:
        within = f" ({signed(scale.interval.low)} to {signed(scale.interval.high)})" if scale.interval else ""
        omega = f", omega {_said(scale.omega)}" if scale.omega is not None else ""
        enough = "enough" if scale.alpha >= RELIABLE else "not enough"
        said.append(f"Alpha {_said(scale.alpha)}{within}{omega}: {enough} to compare groups.")
    if scale.h is not None:
        said.append(f"H {_said(scale.h)}: {_scale_words(scale)}.")
    means = [item.mean for item in items if item.mean is not None]
    if said and not FLAT < sum(means) / len(means) < 1 - FLAT:
        said.append("Answers hardly differ here: that alone lowers every figure of this level.")
    return " ".join(said) or f"Too few rows answered two of its questions to say anything; {ENOUGH} are needed."


def _ladder(analysis: ItemAnalysis) -> Section:
    blocks: list[Block] = [Paragraph(_of_ladder(analysis.ladder))]
    steps = tuple(
        (words(_between(lower, higher)), *_errors(errors), words(_holds(errors)))
        for (lower, higher), errors in analysis.steps.items()
        if errors.pairs
    )
    if steps:
        right = frozenset({1, 2, 3})
        headers = ("Out of order", "Of chance", "H")
        blocks.append(Table(("Levels", *headers, "Verdict"), steps, "Level by level", right))
        items = tuple(
            (words(_short(analysis, item)), number(item.level or 0), *_errors(item.ladder))
            for item in analysis.items
            if item.ladder.pairs
        )
        blocks.append(Table(("Question", "Level", *headers), items, "Question by question", frozenset({1, 2, 3, 4})))
    return Section("ladder", "The ladder in these answers", tuple(blocks))


def _of_ladder(errors: Errors) -> str:
    if errors.h is None or errors.share is None:
        return "Too few rows answered questions of two levels to say whether the levels stand upon one another."
    said = f"Of {errors.pairs:,} pairs of answers in two levels {errors.share:.1%} are out of order"
    return f"{said}, {1 - errors.h:.0%} of what chance would make. The ladder {_holds(errors)} in these answers."


def _holds(errors: Errors) -> str:
    if errors.h is None:
        return "cannot be seen"
    if errors.is_turned:
        return "is turned round"
    return "holds" if errors.h >= WEAK else "hardly holds"


def _between(lower: Level, higher: Level) -> str:
    return f"{lower} before {higher}"


def _errors(errors: Errors) -> tuple[Cell, Cell, Cell]:
    share = words("–") if errors.share is None else Cell(f"{errors.share:.1%}", errors.share)
    return (share, _share(None if errors.h is None else 1 - errors.h), _figure(errors.h))


def _open(analysis: ItemAnalysis) -> Section:
    """Criteria and safeguards: rows without a choice, by why."""
    rows = []
    for item in analysis.items:
        answers = item.answers
        shares = [_share(c / answers.rows) for c in (answers.dont_know, answers.not_applicable, answers.unanswered)]
        rows.append((words(_short(analysis, item)), *shares))
    headers = ("Question", "Don't know", "Not applicable", "Unanswered")
    said = Paragraph("Of all rows; safeguards last, which belong to no level and have no figures but these.")
    return Section("open", "Without a choice", (said, Table(headers, tuple(rows), right=frozenset({1, 2, 3}))))


def _meanings() -> Section:
    entries = tuple(f"{rule.name}: {rule.meaning}. Rule of thumb: {rule.thumb} ({rule.source})." for rule in RULES)
    return Section("meanings", "What the figures mean", (Bullets(entries), Paragraph(PAIRWISE, tone="quiet")))


def _at(item: Item) -> str:
    return f" (Level {item.level})" if item.level in LEVELS else " (safeguard)"


def _short(analysis: ItemAnalysis, item: Item) -> str:
    q = analysis.questionnaire
    return q.short(q.questions[item.id])


def _figure(value: float | None) -> Cell:
    return Cell(_said(value), value)


def _said(value: float | None) -> str:
    """Two decimals, never a threshold that is not reached."""
    if value is None:
        return "–"
    missed = [mark for mark in (WEAK, MEDIUM, STRONG, RELIABLE) if value < mark <= round(value, 2)]
    return signed(round(value, 2) - 0.01 if missed else value)


def _share(value: float | None) -> Cell:
    return words("–") if value is None else Cell(f"{value:.0%}", value)
