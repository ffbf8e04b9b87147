"""The story of many rows: all of them, by segment, and over time."""

from collections.abc import Sequence
from typing import Final

from cvp.level import LEVELS, Level
from cvp.proportions import Interval, Proportion
from cvp.reports.sentences import level_label, listed, percent, score, whole
from cvp.reports.sentences.phrases import content, merged, percent_range
from cvp.reports.story.blocks import Block, Cell, Figure, Paragraph, Section, Story, Table
from cvp.reports.story.cells import number, words
from cvp.reports.story.charts import Bar, Bars
from cvp.reports.story.charts import Trend as Line
from cvp.reports.story.obstacles import obstacles, weakest
from cvp.segments import Flow, Group, Segment, Summary, Trend
from cvp.segments.judging import level_of
from cvp.speaking import N_, _, ngettext, pgettext
from cvp.text import one_line

MOST_DRAWN: Final = 12
"""Groups whose levels are drawn; of more, tables say it."""
VERDICTS: Final = {"confirmed": N_("confirmed"), "leaning": N_("leaning"), "not shown": N_("not shown")}
_FEW: Final = 10


def story(summary: Summary) -> Story:
    q, footer = summary.questionnaire, _("{questionnaire}. 95 % intervals: Wilson of shares, Student of means.")
    return Story(
        title=summary.say(q.title),
        subject=summary.source,
        date=summary.date,
        language=summary.language,
        headline=_headline(summary),
        basis=_basis(summary),
        sections=_sections(summary),
        footer=footer.format(questionnaire=content(q.id, q.version, q.sha256)),
        level=_level(summary, summary.total) if summary.total.counts.n >= summary.min_group else None,
    )


def _sections(s: Summary) -> tuple[Section, ...]:
    if s.total.counts.n < s.min_group:
        few = ngettext(
            "Only {n} row counts, fewer than {least}: nothing is shown of it.",
            "Only {n} rows count, fewer than {least}: nothing is shown of them.",
            s.total.counts.n,
        ).format(n=s.total.counts.n, least=s.min_group)
        return (Section("all", _("All"), (Paragraph(few), Paragraph(flow_sentence(s.flow), tone="quiet"))),)
    shown = [_all(s), *(_segment(s, segment, index) for index, segment in enumerate(s.segments))]
    return (*shown, *([_trend(s, s.trend)] if s.trend else []))


def flow_sentence(flow: Flow) -> str:
    """`1,000 rows in = 970 scored + 20 rejected + 10 left out (10 unfinished)`."""
    why = ", ".join(f"{whole(count)} {_(reason)}" for reason, count in sorted(flow.left_out.items()))
    said = ngettext(
        "{rows} row in = {scored} scored + {rejected} rejected + {left} left out.",
        "{rows} rows in = {scored} scored + {rejected} rejected + {left} left out.",
        flow.rows_in,
    )
    if why:
        said = ngettext(
            "{rows} row in = {scored} scored + {rejected} rejected + {left} left out ({why}).",
            "{rows} rows in = {scored} scored + {rejected} rejected + {left} left out ({why}).",
            flow.rows_in,
        )
    return said.format(
        rows=whole(flow.rows_in),
        scored=whole(flow.scored),
        rejected=whole(flow.rejected),
        left=whole(sum(flow.left_out.values())),
        why=why,
    )


def _is_buyers(s: Summary) -> bool:
    return s.questionnaire.perspective == "buyer"


def _level(s: Summary, group: Group) -> Level:
    return level_of(s.questionnaire, group)


def _headline(s: Summary) -> str:
    n = s.total.counts.n
    if n < s.min_group:
        return _("Too few to say anything")
    level = _level(s, s.total)
    name = s.say(s.questionnaire.level(level).name)
    if not _is_buyers(s):
        said = _("Most of {n} claims: Level {level}, {name}")
    elif level == 1 and s.total.counts.not_secured * 2 > n:
        said = _("{n} buyers confirm no level above 1; most do not see Level 1 secured")
    else:
        said = _("{n} buyers: Level {level}, {name}")
    return said.format(n=whole(n), level=level, name=name)


def _basis(s: Summary) -> str:
    if not _is_buyers(s):
        return _(
            "Many claims: each row is what somebody says of their own company. No number of claims is a measure; "
            "that is what buyers say."
        )
    if s.self_selected:
        return _("These buyers selected themselves: intervals tell of chance alone, not of who chose to answer.")
    return _("What buyers say: each row is one buyer. Intervals hold as far as the buyers were drawn at random.")


def _all(s: Summary) -> Section:
    blocks: list[Block] = [
        Paragraph(flow_sentence(s.flow)),
        _distribution(s, s.total, _("Rows by level")),
        _reached(s, [s.total], _("All")),
        _means(s, [s.total], _("All")),
    ]
    blocks += obstacles(s, s.total)
    return Section("all", _("All"), tuple(blocks))


def _segment(s: Summary, segment: Segment, index: int) -> Section:
    column = one_line(segment.column)
    blocks: list[Block] = []
    if segment.groups:
        blocks += [_overview(s, segment.groups, column), _reached(s, segment.groups, column)]
        blocks.append(_means(s, segment.groups, column))
        drawn = segment.groups if len(segment.groups) <= MOST_DRAWN else ()
        blocks += [_distribution(s, group, f"{column}: {_name(s, group)}") for group in drawn]
    for group in segment.groups:
        if group.merged:
            few = [one_line(name) for name in group.merged[:_FEW]]
            if more := len(group.merged) - len(few):
                few.append(ngettext("{n} more", "{n} more", more).format(n=whole(more)))
            said = _("Merged, since some have fewer than {least} rows: {names}.")
            blocks.append(Paragraph(said.format(least=s.min_group, names=listed(few)), tone="quiet"))
    if segment.withheld:
        withheld = ngettext(
            "{n} rows are withheld: their groups are too small.",
            "{n} rows are withheld: their groups are too small.",
            segment.withheld,
        )
        blocks.append(Paragraph(withheld.format(n=segment.withheld), tone="quiet"))
    return Section(f"by-{index + 1}", _("By {column}").format(column=column), tuple(blocks))


def _overview(s: Summary, groups: Sequence[Group], column: str) -> Table:
    verdict = _("Seen at") if _is_buyers(s) else _("Most claim")
    levels = (pgettext("short for Level", "L{level}").format(level=level) for level in LEVELS)
    headers = (column, _("n"), *levels, verdict, _("Weakest criterion"))
    rows = tuple(
        (
            words(_name(s, group)),
            _count(group.counts.n),
            *(_count(group.counts.levels.get(level, 0)) for level in LEVELS),
            number(_level(s, group), level_label(_level(s, group))),
            words(weakest(s, group)),
        )
        for group in groups
    )
    return Table(headers, rows, _("Rows by level"), frozenset(range(1, 6)))


def _reached(s: Summary, groups: Sequence[Group], column: str) -> Table:
    """For each group and level the share at or above it."""
    headers = [column, pgettext("a level", "At"), _("Share"), _("95 %")]
    rows = []
    for group in groups:
        for level in LEVELS[1:]:
            found = group.perceived.at_least(level)
            cells = [
                words(_name(s, group) if level == LEVELS[1] else ""),
                number(level, f"{level}+"),
                Cell(f"{percent(found.share)} ({whole(found.count)})", found.share),
                words(_interval(s, found.interval)),
            ]
            rows.append((*cells, *(_verdict(found) if _is_buyers(s) else ())))
    caption = _("Share at each level or above, with its 95 % interval")
    if _is_buyers(s):
        caption = _("Share at each level or above, with its 95 % interval; and how many buyers it takes to confirm it")
        headers += [_("Verdict"), _("Needed")]
    return Table(tuple(headers), tuple(rows), caption, frozenset({2, 5}) & frozenset(range(len(headers))))


def _verdict(found: Proportion) -> tuple[Cell, Cell]:
    needed = found.needed
    return (
        words(_(VERDICTS[found.verdict]), "good" if found.verdict == "confirmed" else ""),
        words("–") if needed is None else Cell(whole(needed), needed),
    )


def _means(s: Summary, groups: Sequence[Group], column: str) -> Table:
    headers = (column, *(_("Score {level}").format(level=level) for level in LEVELS))
    rows = tuple((words(_name(s, group)), *(_mean(group, level) for level in LEVELS)) for group in groups)
    caption = _("Mean scores, with 95 % intervals")
    if s.self_selected:
        caption = _("Mean scores, with 95 % intervals, self-selected")
    return Table(headers, rows, caption, frozenset(range(1, 5)))


def _mean(group: Group, level: Level) -> Cell:
    sums = group.counts.scores[level - 1]
    if sums.mean is None:
        return words("–")
    within = f" {score(found.low)}–{score(found.high)}" if (found := sums.interval) else ""
    return Cell(f"{score(sums.mean)}{within}", sums.mean)


def _interval(s: Summary, interval: Interval) -> str:
    shown = percent_range(interval.low, interval.high)
    return _("{interval}, self-selected").format(interval=shown) if s.self_selected else shown


def _distribution(s: Summary, group: Group, caption: str) -> Figure:
    n = group.counts.n
    bars = []
    for level in LEVELS:
        found = Proportion(group.counts.levels.get(level, 0), n)
        aside = f"{percent(found.share)} ({whole(found.count)})"
        bars.append(Bar(f"{level} {s.say(s.questionnaire.level(level).name)}", found.share, aside))
    said = ", ".join(f"{level_label(level)} {bar.aside}" for level, bar in zip(LEVELS, bars, strict=True))
    alt = ngettext("{group}, {n} rows: {levels}.", "{group}, {n} rows: {levels}.", n)
    return Figure(Bars(alt.format(group=_name(s, group), n=whole(n), levels=said), tuple(bars)), caption)


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
                blocks.append(_line(_("Mean score {level}").format(level=level), points))
    if trend.groups:
        blocks += [_overview(s, trend.groups, _("When")), _means(s, trend.groups, _("When"))]
    if trend.withheld:
        few = ngettext(
            "Not shown: {n} month or quarter, so that nobody is recognised among fewer than {least} rows.",
            "Not shown: {n} months or quarters, so that nobody is recognised among fewer than {least} rows.",
            trend.withheld,
        )
        said = few.format(n=trend.withheld, least=s.min_group)
        blocks.append(Paragraph(said, tone="quiet"))
    if trend.undated:
        undated = ngettext(
            "{n} rows have no date whose month is plain; write dates as 2026-03-31.",
            "{n} rows have no date whose month is plain; write dates as 2026-03-31.",
            trend.undated,
        )
        blocks.append(Paragraph(undated.format(n=whole(trend.undated)), tone="quiet"))
    return Section("trend", _("Over time, by {column}").format(column=one_line(trend.column)), tuple(blocks))


def _line(label: str, points: Sequence[tuple[str, float]]) -> Figure:
    (first, start), (last, end) = points[0], points[-1]
    alt = _("{label}: {start} in {first}, {end} in {last}.").format(
        label=label, start=score(start), first=first, end=score(end), last=last
    )
    return Figure(Line(alt, label, tuple(points)), label)


def _name(s: Summary, group: Group) -> str:
    if group.merged:
        return merged(len(group.merged))
    return _("all") if group is s.total else one_line(group.name)


def _count(count: int) -> Cell:
    return number(count, whole(count))
