"""The story of the questions themselves: which do their work, which do not, and by what figures."""

from collections.abc import Iterator
from typing import Final

from cvp.items import Item, ItemAnalysis, Scale
from cvp.items.guttman import Errors
from cvp.items.verdicts import ENOUGH, MEDIUM, RELIABLE, RULES, STRONG, WEAK, ItemVerdict, Strength
from cvp.level import LEVELS, Level
from cvp.reports.sentences import level_label, percent, score, signed, whole
from cvp.reports.sentences.phrases import content
from cvp.reports.story.blocks import Block, Bullets, Cell, Paragraph, Section, Story, Table
from cvp.reports.story.cells import number, words
from cvp.speaking import N_, _, decimal, ngettext, pgettext, rounded

NO_VALIDITY: Final = N_(
    "These figures say how the questions hang together, not whether they ask for the right thing. A high alpha says "
    "nothing about validity: a level whose questions all miss the point alike has one too."
)
PAIRWISE: Final = N_(
    "What two questions have in common is reckoned from all rows that answered both; so the figures of a level rest on "
    "different rows for different pairs. Under {enough} such rows there is no verdict."
)

FLAT: Final = 0.1
"""Where the mean of a level is as near as this to 0 or 1, its answers hardly differ."""

_WORDS: Final[dict[ItemVerdict, str]] = {
    "too_few": N_("too few ({n}) to say"),
    "mostly_unknown": N_("most don't know ({unknown}): ask otherwise or drop it"),
    "all_the_same": N_("nearly all answer the same ({same}): it tells hardly anybody apart"),
    "against_the_others": N_("runs against the others of its level: look at the order of its choices"),
    "tells_no_levels_apart": N_("does not tell levels apart"),
    "wrong_level": N_("out of the ladder's order: easier than the questions of Level {place}"),
    "apart_from_its_level": N_("has little in common with its level"),
    "often_unknown": N_("works, but many don't know ({unknown})"),
    "works": N_("works"),
}
_HARDER: Final = N_("out of the ladder's order: harder than the questions of Level {place}")
_SCALES: Final[dict[Strength, str]] = {
    "none": N_("no scale by Mokken's rule"),
    "weak": N_("a weak scale"),
    "medium": N_("a medium scale"),
    "strong": N_("a strong scale"),
}
_SOUND: Final = ("works", "often_unknown")


def story(analysis: ItemAnalysis) -> Story:
    q, footer = analysis.questionnaire, _("{questionnaire}. Interval of alpha: Bonett, 95 %.")
    return Story(
        title=_("The questions of: {questionnaire}").format(questionnaire=analysis.say(q.title)),
        subject=analysis.source,
        date=analysis.date,
        language=analysis.language,
        headline=in_short(analysis),
        basis=_("What the answers say of the questions. Nothing here is about the company."),
        sections=_sections(analysis) if analysis.is_shown else (),
        footer=footer.format(questionnaire=content(q.id, q.version, q.sha256)),
    )


def in_short(analysis: ItemAnalysis) -> str:
    """`14 of 18 questions work, by 2,000 rows; 3 do not, of 1 there are too few answers`."""
    if not analysis.is_shown:
        return ngettext(
            "Only {n} row counts, fewer than {least}: nothing is shown of it",
            "Only {n} rows count, fewer than {least}: nothing is shown of them",
            analysis.rows,
        ).format(n=analysis.rows, least=analysis.min_group)
    verdicts = [item.verdict for item in analysis.items]
    few = verdicts.count("too_few")
    bad = sum(verdict not in (*_SOUND, "too_few") for verdict in verdicts)
    said = ngettext(
        "{good} of {n} question work, by {rows} rows", "{good} of {n} questions work, by {rows} rows", len(verdicts)
    ).format(good=len(verdicts) - few - bad, n=len(verdicts), rows=whole(analysis.rows))
    rest = [
        *([ngettext("{n} does not", "{n} do not", bad).format(n=bad)] if bad else []),
        *([_("of {n} there are too few answers").format(n=few)] if few else []),
    ]
    return _("; ").join([said, ", ".join(rest)]) if rest else said


def words_for(item: Item) -> str:
    """The verdict on a question, as its owner understands it."""
    answers = item.answers
    same = max(answers.choices) / answers.n if answers.n else 0.0
    is_harder = item.level and item.out_of_place and item.level < item.out_of_place
    said = _HARDER if item.verdict == "wrong_level" and is_harder else _WORDS[item.verdict]
    shares = {"same": percent(same), "unknown": percent(_unknown(item))}
    return _(said).format(n=answers.n, **shares, place=item.out_of_place)


def _unknown(item: Item) -> float:
    """The share of don't-knows among those to whom the question applies."""
    asked = item.answers.n + item.answers.dont_know
    return item.answers.dont_know / asked if asked else 0.0


def _sections(analysis: ItemAnalysis) -> tuple[Section, ...]:
    levels = [_level(analysis, scale) for scale in analysis.scales if scale.level is not None]
    return (_in_short(analysis), *levels, _ladder(analysis), _open(analysis), _meanings())


def _in_short(analysis: ItemAnalysis) -> Section:
    said = _("{question} ({level}): {verdict}")
    found = [
        said.format(question=analysis.short(item.id), level=_at(item), verdict=words_for(item))
        for item in analysis.items
        if item.verdict != "works"
    ]
    blocks: list[Block] = [Paragraph(_of_whole(analysis.whole))]
    if found:
        blocks.append(Bullets(tuple(found), title=_("Questions to look at")))
    blocks.append(Paragraph(_(NO_VALIDITY), tone="quiet"))
    return Section("in-short", _("In short"), tuple(blocks))


def _of_whole(all_items: Scale) -> str:
    if all_items.h is None or all_items.strength is None:
        return _("Too few rows ({n}) to say how all questions go together.").format(n=all_items.n)
    said = _("All criteria together: H {h}, {scale}.")
    return said.format(h=_said(all_items.h), scale=_(_SCALES[all_items.strength]))


def _level(analysis: ItemAnalysis, scale: Scale) -> Section:
    q = analysis.questionnaire
    assert scale.level
    items = [item for item in analysis.items if item.level == scale.level]
    rows = tuple(
        (
            words(analysis.short(item.id)),
            number(item.answers.n, whole(item.answers.n)),
            words("–") if item.mean is None else Cell(score(item.mean), item.mean),
            _figure(item.item_rest),
            _figure(item.h),
            words(words_for(item), "good" if item.verdict == "works" else ""),
        )
        for item in items
    )
    headers = (_("Question"), _("n"), _("Mean"), _("Rest r"), _("H"), _("Verdict"))
    table = Table(headers, rows, right=frozenset({1, 2, 3, 4}))
    title = _("Level {level}: {name}").format(level=scale.level, name=analysis.say(q.level(scale.level).name))
    return Section(f"level-{scale.level}", title, (Paragraph(_of_level(scale, items)), *([table] if rows else [])))


def _of_level(scale: Scale, items: list[Item]) -> str:
    """`Alpha 0.78 (0.75 to 0.81), omega 0.79: enough to compare groups. H 0.44: a medium scale.`"""
    if len(items) < 2:
        alone = _("One question only: there is nothing to compare it with.")
        return alone if items else _("No question was asked.")
    said = []
    if scale.alpha is not None:
        enough = _("{figures}: enough to compare groups.")
        verdict = enough if scale.alpha >= RELIABLE else _("{figures}: not enough to compare groups.")
        said.append(verdict.format(figures=", ".join(_reliability(scale))))
    if scale.h is not None and scale.strength is not None:
        said.append(_("H {h}: {scale}.").format(h=_said(scale.h), scale=_(_SCALES[scale.strength])))
    means = [item.mean for item in items if item.mean is not None]
    if said and not FLAT < sum(means) / len(means) < 1 - FLAT:
        said.append(_("Answers hardly differ here: that alone lowers every figure of this level."))
    few = _("Too few rows answered two of its questions to say anything; {enough} are needed.")
    return " ".join(said) or few.format(enough=ENOUGH)


def _reliability(scale: Scale) -> Iterator[str]:
    """`Alpha 0.78 (0.75 to 0.81), omega 0.79`."""
    alpha = _("Alpha {alpha}")
    low = high = ""
    if scale.interval:
        alpha = _("Alpha {alpha} ({low} to {high})")
        low, high = signed(scale.interval.low), signed(scale.interval.high)
    yield alpha.format(alpha=_said(scale.alpha), low=low, high=high)
    if scale.omega is not None:
        yield _("omega {omega}").format(omega=_said(scale.omega))


def _ladder(analysis: ItemAnalysis) -> Section:
    blocks: list[Block] = [Paragraph(_of_ladder(analysis.ladder))]
    steps = tuple(
        (words(_between(lower, higher)), *_errors(errors), words(_holds(errors)))
        for (lower, higher), errors in analysis.steps.items()
        if errors.pairs
    )
    if steps:
        right = frozenset({1, 2, 3})
        headers = (_("Out of order"), _("Of chance"), _("H"))
        blocks.append(Table((_("Levels"), *headers, _("Verdict")), steps, _("Level by level"), right))
        items = tuple(
            (words(analysis.short(item.id)), number(item.level or 0), *_errors(item.ladder))
            for item in analysis.items
            if item.ladder.pairs
        )
        by_question = (_("Question"), _("Level"), *headers)
        blocks.append(Table(by_question, items, _("Question by question"), frozenset({1, 2, 3, 4})))
    return Section("ladder", _("The ladder in these answers"), tuple(blocks))


def _of_ladder(errors: Errors) -> str:
    if errors.h is None or errors.share is None:
        return _("Too few rows answered questions of two levels to say whether the levels stand upon one another.")
    said = _("Of {pairs} pairs of answers in two levels {share} are out of order, {chance} of what chance would make.")
    told = said.format(pairs=whole(errors.pairs), share=decimal(errors.share, ".1%"), chance=percent(1 - errors.h))
    if errors.is_turned:
        ladder = _("The ladder is turned round in these answers.")
    elif errors.h >= WEAK:
        ladder = _("The ladder holds in these answers.")
    else:
        ladder = _("The ladder hardly holds in these answers.")
    return f"{told} {ladder}"


def _holds(errors: Errors) -> str:
    if errors.h is None:
        return _("cannot be seen")
    if errors.is_turned:
        return _("is turned round")
    return pgettext("the ladder", "holds") if errors.h >= WEAK else _("hardly holds")


def _between(lower: Level, higher: Level) -> str:
    return _("{lower} before {higher}").format(lower=lower, higher=higher)


def _errors(errors: Errors) -> tuple[Cell, Cell, Cell]:
    share = words("–") if errors.share is None else Cell(decimal(errors.share, ".1%"), errors.share)
    return (share, _share(None if errors.h is None else 1 - errors.h), _figure(errors.h))


def _open(analysis: ItemAnalysis) -> Section:
    """Criteria and safeguards: rows without a choice, by why."""
    rows = []
    for item in analysis.items:
        answers = item.answers
        shares = [_share(c / answers.rows) for c in (answers.dont_know, answers.not_applicable, answers.unanswered)]
        rows.append((words(analysis.short(item.id)), *shares))
    headers = (_("Question"), _("Don't know"), _("Not applicable"), _("Unanswered"))
    said = Paragraph(_("Of all rows; safeguards last, which belong to no level and have no figures but these."))
    return Section("open", _("Without a choice"), (said, Table(headers, tuple(rows), right=frozenset({1, 2, 3}))))


def _meanings() -> Section:
    said = _("{name}: {meaning}. Rule of thumb: {thumb} ({source}).")
    entries = tuple(
        said.format(
            name=_(rule.name),
            meaning=_(rule.meaning),
            thumb=_(rule.thumb).format(enough=ENOUGH),
            source=_(rule.source),
        )
        for rule in RULES
    )
    pairwise = Paragraph(_(PAIRWISE).format(enough=ENOUGH), tone="quiet")
    return Section("meanings", _("What the figures mean"), (Bullets(entries), pairwise))


def _at(item: Item) -> str:
    return level_label(item.level) if item.level in LEVELS else _("safeguard")


def _figure(value: float | None) -> Cell:
    return Cell(_said(value), value)


def _said(value: float | None) -> str:
    """Two decimals, never a threshold that is not reached."""
    if value is None:
        return "–"
    return signed(min(rounded(value, mark) for mark in (WEAK, MEDIUM, STRONG, RELIABLE)))


def _share(value: float | None) -> Cell:
    return words("–") if value is None else Cell(percent(value), value)
