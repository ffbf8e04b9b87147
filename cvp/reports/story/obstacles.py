"""What keeps many rows from a higher level: Level 1 that is not secured, safeguards, the weakest criteria."""

from collections.abc import Iterator, Sequence
from typing import Final

from cvp.reports.sentences import score, whole
from cvp.reports.story.blocks import Block, Bullets, Paragraph
from cvp.segments import Group, Summary
from cvp.segments.judging import holding_of, level_of, uncapped_level_of, weakest_of
from cvp.speaking import _, ngettext, threshold

_MOST_WEAK: Final = 5


def obstacles(s: Summary, group: Group) -> Iterator[Block]:
    """All that stands in the way of a group."""
    counts = group.counts
    if counts.not_secured:
        bare = ngettext(
            "In {n} of {total} rows, Level 1 is not secured.",
            "In {n} of {total} rows, Level 1 is not secured.",
            counts.not_secured,
        ).format(n=whole(counts.not_secured), total=whole(counts.n))
        yield Paragraph(bare, tone="quiet")
    if counts.capped:
        yield Paragraph(_caps(s, group))
    if holding := holding_of(s.questionnaire, group):
        held = _("The safeguards that keep it from Level {level}, lowest first")
        title = held.format(level=level_of(s.questionnaire, group) + 1)
        yield Bullets(_by_mean(s, group, holding), ordered=True, title=title)
    if weak := weakest_of(s.questionnaire, group)[:_MOST_WEAK]:
        level = next(c.level for c in s.questionnaire.criteria if c.id == weak[0])
        title = _("The weakest criteria of Level {level}, whose gate asks for {needed}").format(
            level=level, needed=threshold(s.questionnaire.level(level).passing)
        )
        yield Bullets(_by_mean(s, group, weak), ordered=True, title=title)


def weakest(s: Summary, group: Group) -> str:
    """The short name of the first of them; a dash where there is none."""
    if holding := holding_of(s.questionnaire, group):
        return _("{name} (safeguard)").format(name=s.short(holding[0]))
    return next((s.short(name) for name in weakest_of(s.questionnaire, group)), "–")


def _by_mean(s: Summary, group: Group, questions: Sequence[str]) -> tuple[str, ...]:
    said = _("{criterion} (mean score {mean})")
    answers = group.counts.answers
    return tuple(said.format(criterion=s.short(name), mean=score(answers[name].mean)) for name in questions)


def _caps(s: Summary, group: Group) -> str:
    """In how many rows safeguards lower the level, and what would be without them."""
    level, uncapped = level_of(s.questionnaire, group), uncapped_level_of(s.questionnaire, group)
    said = ngettext(
        "Safeguards lower the level in {n} of {total} rows; without them it would be Level {level}.",
        "Safeguards lower the level in {n} of {total} rows; without them it would be Level {level}.",
        group.counts.capped,
    )
    if uncapped == level:
        said = ngettext(
            "Safeguards lower the level in {n} of {total} rows; without them it would be Level {level} all the same.",
            "Safeguards lower the level in {n} of {total} rows; without them it would be Level {level} all the same.",
            group.counts.capped,
        )
    return said.format(n=whole(group.counts.capped), total=whole(group.counts.n), level=uncapped)
