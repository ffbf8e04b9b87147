"""The story of many rows: all of them, by segment, and over time."""

from collections.abc import Sequence
from typing import Final

from cvp.level import LEVELS, Level
from cvp.proportions import Interval, Proportion
from cvp.reports.story.blocks import Block, Bullets, Cell, Figure, Paragraph, Section, Story, Table
from cvp.reports.story.cells import number, words
from cvp.reports.story.charts import Bar, Bars
from cvp.reports.story.charts import Trend as Line
from cvp.reports.story.telling import story_of
from cvp.segments import Flow, Group, Segment, Summary, Trend, level_of, weakest_of
from cvp.text import and_list, one_line

MOST_DRAWN: Final = 12
"""Groups whose levels are drawn; of more, tables say it."""
_FEW: Final = 10
_MOST_WEAK: Final = 5


@story_of.register
def _(summary: Summary) -> Story:
    q = summary.questionnaire
    return Story(
        title=q.say(q.title),
        subject=summary.source,
        date=summary.date,
        language=q.default_language,
        headline=_headline(summary),
        basis=_basis(summary),
        sections=_sections(summary),
        footer=f"{q.id} {q.version}, content {q.sha256[:12]}. 95 % intervals: Wilson of shares, Student of means.",
        level=_level(summary, summary.total) if summary.total.counts.n >= summary.min_group else None,
    )


def _sections(s: Summary) -> tuple[Section, ...]:
    if s.total.counts.n < s.min_group:
        few = f"Only {s.total.counts.n} rows count, fewer than {s.min_group}: nothing is shown of them."
        return (Section("all", "All", (Paragraph(few), Paragraph(flow_sentence(s.flow), tone="quiet"))),)
    shown = [_all(s), *(_segment(s, segment, index) for index, segment in enumerate(s.segments))]
    return (*shown, *([_trend(s, s.trend)] if s.trend else []))


def flow_sentence(flow: Flow) -> str:
    """`1,000 rows in = 970 scored + 20 rejected + 10 left out (10 unfinished)`."""
    left = sum(flow.left_out.values())
    why = ", ".join(f"{count:,} {reason}" for reason, count in sorted(flow.left_out.items()))
    said = f"{flow.rows_in:,} rows in = {flow.scored:,} scored + {flow.rejected:,} rejected + {left:,} left out"
    return f"{said} ({why})." if why else f"{said}."


def _is_buyers(s: Summary) -> bool:
    return s.questionnaire.perspective == "buyer"


def _level(s: Summary, group: Group) -> Level:
    return level_of(s.questionnaire, group)


def _headline(s: Summary) -> str:
    n = s.total.counts.n
    if n < s.min_group:
        return "Too few to say anything"
    level = _level(s, s.total)
    name = s.questionnaire.say(s.questionnaire.level(level).name)
    if not _is_buyers(s):
        return f"Most of {n:,} claims: Level {level}, {name}"
    if level == 1 and s.total.counts.not_secured * 2 > n:
        return f"{n:,} buyers confirm no level above 1; most do not see Level 1 secured"
    return f"{n:,} buyers: Level {level}, {name}"


def _basis(s: Summary) -> str:
    if not _is_buyers(s):
        return (
            "Many claims: each row is what somebody says of their own company. No number of claims is a measure; "
            "that is what buyers say."
        )
    if s.self_selected:
        return "These buyers selected themselves: intervals tell of chance alone, not of who chose to answer."
    return "What buyers say: each row is one buyer. Intervals hold as far as the buyers were drawn at random."


def _all(s: Summary) -> Section:
    counts = s.total.counts
    blocks: list[Block] = [
        Paragraph(flow_sentence(s.flow)),
        _distribution(s, s.total, "Rows by level"),
        _reached(s, [s.total], "All"),
        _means(s, [s.total], "All"),
    ]
    if counts.not_secured:
        blocks.append(Paragraph(f"In {_of(counts.not_secured, counts.n)}, Level 1 is not secured.", tone="quiet"))
    if weakest := weakest_of(s.questionnaire, s.total)[:_MOST_WEAK]:
        level = next(c.level for c in s.questionnaire.criteria if c.id == weakest[0])
        held = [f"{_short(s, name)} (mean score {counts.answers[name].mean:.2f})" for name in weakest]
        passing = s.questionnaire.level(level).passing
        title = f"The weakest criteria of Level {level}, whose gate asks for {passing:g}"
        blocks.append(Bullets(tuple(held), ordered=True, title=title))
    return Section("all", "All", tuple(blocks))


def _segment(s: Summary, segment: Segment, index: int) -> Section:
    column = one_line(segment.column)
    blocks: list[Block] = []
    if segment.groups:
        blocks += [_overview(s, segment.groups, column), _reached(s, segment.groups, column)]
        blocks.append(_means(s, segment.groups, column))
        drawn = segment.groups if len(segment.groups) <= MOST_DRAWN else ()
        blocks += [_distribution(s, group, f"{column}: {one_line(group.name)}") for group in drawn]
    for group in segment.groups:
        if group.merged:
            few = [one_line(name) for name in group.merged[:_FEW]]
            more = len(group.merged) - len(few)
            names = and_list([*few, *([f"{more:,} more"] if more else [])])
            said = f"Merged, since some have fewer than {s.min_group} rows: {names}."
            blocks.append(Paragraph(said, tone="quiet"))
    if segment.withheld:
        blocks.append(Paragraph(f"{segment.withheld} rows are withheld: their groups are too small.", tone="quiet"))
    return Section(f"by-{index + 1}", f"By {column}", tuple(blocks))


def _overview(s: Summary, groups: Sequence[Group], column: str) -> Table:
    verdict = "Seen at" if _is_buyers(s) else "Most claim"
    headers = (column, "n", *(f"L{level}" for level in LEVELS), verdict, "Weakest criterion")
    rows = tuple(
        (
            words(one_line(group.name)),
            _count(group.counts.n),
            *(_count(group.counts.levels.get(level, 0)) for level in LEVELS),
            number(_level(s, group), f"Level {_level(s, group)}"),
            words(_weakest(s, group)),
        )
        for group in groups
    )
    return Table(headers, rows, "Rows by level", frozenset(range(1, 6)))


def _reached(s: Summary, groups: Sequence[Group], column: str) -> Table:
    """For each group and level the share at or above it."""
    headers = [column, "At", "Share", "95 %"]
    rows = []
    for group in groups:
        for level in LEVELS[1:]:
            found = group.perceived.at_least(level)
            cells = [
                words(one_line(group.name) if level == LEVELS[1] else ""),
                number(level, f"{level}+"),
                Cell(f"{found.share:.0%} ({found.count:,})", found.share),
                words(_interval(s, found.interval)),
            ]
            rows.append((*cells, *(_verdict(found) if _is_buyers(s) else ())))
    caption = "Share at each level or above, with its 95 % interval"
    caption += "; and how many buyers it takes to confirm it" if _is_buyers(s) else ""
    headers += ["Verdict", "Needed"] if _is_buyers(s) else []
    return Table(tuple(headers), tuple(rows), caption, frozenset({2, 5}) & frozenset(range(len(headers))))


def _verdict(found: Proportion) -> tuple[Cell, Cell]:
    needed = found.needed
    return (
        words(found.verdict, "good" if found.verdict == "confirmed" else ""),
        words("–") if needed is None else Cell(f"{needed:,}", needed),
    )


def _means(s: Summary, groups: Sequence[Group], column: str) -> Table:
    headers = (column, *(f"Score {level}" for level in LEVELS))
    rows = tuple((words(one_line(group.name)), *(_mean(group, level) for level in LEVELS)) for group in groups)
    mark = ", self-selected" if s.self_selected else ""
    return Table(headers, rows, f"Mean scores, with 95 % intervals{mark}", frozenset(range(1, 5)))


def _mean(group: Group, level: Level) -> Cell:
    sums = group.counts.scores[level - 1]
    if sums.mean is None:
        return words("–")
    within = f" ±{sums.half:.2f}" if sums.half is not None else ""
    return Cell(f"{sums.mean:.2f}{within}", sums.mean)


def _interval(s: Summary, interval: Interval) -> str:
    shown = f"{100 * interval.low:.0f}–{100 * interval.high:.0f}%"
    return f"{shown}, self-selected" if s.self_selected else shown


def _distribution(s: Summary, group: Group, caption: str) -> Figure:
    n = group.counts.n
    bars = []
    for level in LEVELS:
        found = Proportion(group.counts.levels.get(level, 0), n)
        aside = f"{found.share:.0%} ({found.count:,})"
        bars.append(Bar(f"{level} {s.questionnaire.say(s.questionnaire.level(level).name)}", found.share, aside))
    said = ", ".join(f"Level {level} {bar.aside}" for level, bar in zip(LEVELS, bars, strict=True))
    return Figure(Bars(f"{one_line(group.name)}, {n:,} rows: {said}.", tuple(bars)), caption)


def _trend(s: Summary, trend: Trend) -> Section:
    blocks: list[Block] = []
    if len(trend.groups) > 1:
        for level in LEVELS:
            points = [
                (group.name, mean)
                for group in trend.groups
                if (mean := group.counts.scores[level - 1].mean) is not None
            ]
            if len(points) > 1:
                label = f"Mean score {level}"
                (first, start), (last, end) = points[0], points[-1]
                alt = f"{label}: {start:.2f} in {first}, {end:.2f} in {last}."
                blocks.append(Figure(Line(alt, label, tuple(points)), label))
    if trend.groups:
        blocks += [_overview(s, trend.groups, "When"), _means(s, trend.groups, "When")]
    if trend.withheld:
        said = f"Not shown: {trend.withheld} months or quarters with fewer than {s.min_group} rows."
        blocks.append(Paragraph(said, tone="quiet"))
    if trend.undated:
        said = f"{trend.undated:,} rows have no date whose month is plain; write dates as 2026-03-31."
        blocks.append(Paragraph(said, tone="quiet"))
    return Section("trend", f"Over time, by {one_line(trend.column)}", tuple(blocks))


def _weakest(s: Summary, group: Group) -> str:
    return next((_short(s, name) for name in weakest_of(s.questionnaire, group)), "–")


def _short(s: Summary, name: str) -> str:
    return s.questionnaire.short(s.questionnaire.questions[name])


def _of(count: int, total: int) -> str:
    return f"{count:,} of {total:,} rows"


def _count(count: int) -> Cell:
    return number(count, f"{count:,}")
