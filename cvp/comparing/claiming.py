"""A company's claim beside what its buyers say: where the two differ by more than chance."""

from collections.abc import Iterable, Mapping

from cvp.assessment import Assessment, CriterionResult, Move, SafeguardResult
from cvp.comparing.claim import (
    Claim,
    ClaimComparison,
    Flag,
    Gap,
    GroupSeen,
    ItemGap,
    LensGaps,
    LevelClaim,
    LevelFlag,
    Measured,
    MeasuredBy,
    Seen,
    SegmentSeen,
)
from cvp.comparing.measure import KEYS, Buyers, Item, LensOfBuyers, Mean, Measure
from cvp.comparing.replay import Question, questions_by_id
from cvp.level import LEVELS, Level
from cvp.proportions import Interval, Proportion, wilson


def compare_claim(claim: Assessment, measure: Measure, company: str | None = None) -> ClaimComparison:
    """A claim that `is_sound` beside a measure of its buyers, by a questionnaire that mirrors the claim's.

    ValueError where the measure shows nobody (`everyone` is None).
    """
    everyone = measure.everyone
    if everyone is None:
        raise ValueError("the measure shows nobody")
    in_question = max(claim.level, LEVELS[1])
    return ClaimComparison(
        company=company or claim.company,
        language=claim.language,
        claim=_claim(claim),
        measure=_measured(claim, measure, everyone),
        levels=tuple(_level(claim, everyone, level) for level in LEVELS),
        lenses=None if measure.lenses is None else tuple(_lenses(claim, measure.lenses)),
        items=None if measure.items is None else tuple(_items(claim, measure.items)),
        in_question=in_question,
        segments=tuple(
            SegmentSeen(
                column=cut.column,
                withheld=cut.withheld,
                groups=tuple(_group(claim, group, in_question) for group in cut.groups),
            )
            for cut in measure.segments
        ),
        next_move=_next_move(claim, everyone, measure.items or ()),
        supposed=claim.path.supposed,
    )


def gap_of(name: str, label: str, claim: float | None, buyers: Mean) -> Gap:
    """A claimed score beside a mean one, flagged only where the interval of their difference excludes 0.

    The company's team is the whole population, so its score is known and has no interval. Newcombe's method 10
    (Statistics in Medicine 17, 1998, 873-890) gives p₁ - p₂ the limits p₁ - p₂ ∓ √((p₁ - l₁)² + (u₂ - p₂)²) and its
    mirror image; with l₁ = p₁ = u₁ these are p₁ - u₂ and p₁ - l₂, Wilson's limits seen from the claim. A mean score is
    the share of all points; `wilson` says why the interval of a share serves, on the safe side, for it too.
    """
    if claim is None or buyers.mean is None or not buyers.n:
        return Gap(id=name, label=label, claim=claim, buyers=buyers.mean, n=buyers.n)
    within = wilson(buyers.mean, buyers.n)
    interval = Interval(claim - within.high, claim - within.low)
    return Gap(
        id=name,
        label=label,
        claim=claim,
        buyers=buyers.mean,
        n=buyers.n,
        difference=claim - buyers.mean,
        low=interval.low,
        high=interval.high,
        flag=_flag(interval),
    )


def _flag(interval: Interval) -> Flag:
    if interval.low > 0:
        return "blind spot"
    return "hidden strength" if interval.high < 0 else "cannot tell at this size"


def seen_of(found: Proportion, claimed: bool) -> Seen:
    """How many see the company at a level or above, beside whether it claims that.

    To claim a level is to say that most buyers see the company there, so the claim stands for one half, known like any
    claim: the difference's limits are Wilson's less one half, and exclude 0 just where the level is confirmed, or where
    its contrary is.
    """
    most, few = _is_confirmed(found), _is_confirmed(Proportion(found.total - found.count, found.total))
    larger = Proportion(max(found.count, found.total - found.count), found.total)
    flag: LevelFlag = "cannot tell at this size"
    if most or few:
        flag = "agreed" if most == claimed else "hidden strength" if most else "blind spot"
    return Seen(
        count=found.count,
        n=found.total,
        share=found.share,
        low=found.interval.low,
        high=found.interval.high,
        flag=flag,
        more=0 if most or few else None if larger.needed is None else larger.needed - found.total,
    )


def _is_confirmed(found: Proportion) -> bool:
    return found.verdict == "confirmed"


def _claim(a: Assessment) -> Claim:
    return Claim(
        questionnaire=a.questionnaire,
        date=a.date,
        answered_by=a.answered_by,
        people=a.room.respondents if a.room else 1,
        level=a.level,
        level_name=a.levels[a.level - 1].name,
        uncapped_level=a.uncapped_level,
        secured=a.secured,
        low=a.low,
        high=a.high,
        basis=a.basis,
    )


def _measured(a: Assessment, measure: Measure, everyone: Buyers) -> Measured:
    asked, level = measure.questionnaire, everyone.perceived.level
    above = _next(level)
    return Measured(
        questionnaire=MeasuredBy(id=asked.id, version=asked.version, sha256=asked.sha256),
        date=measure.date,
        buyers=everyone.n,
        self_selected=measure.self_selected,
        level=level,
        level_name=a.levels[level - 1].name,
        capped=everyone.capped,
        uncapped_level=everyone.uncapped.level if everyone.uncapped else None,
        settled=above is None or seen_of(everyone.perceived.at_least(above), False).more == 0,
        not_secured=everyone.not_secured,
        rejected=measure.rows.rejected,
        left_out=sum(measure.rows.left_out.values()),
    )


def _next(level: Level) -> Level | None:
    return LEVELS[level] if level < LEVELS[-1] else None


def _level(a: Assessment, everyone: Buyers, level: Level) -> LevelClaim:
    own, claimed = a.levels[level - 1], a.level >= level
    return LevelClaim(
        level=level,
        name=own.name,
        claimed=claimed,
        seen=seen_of(everyone.perceived.at_least(level), claimed) if level > 1 else None,  # everyone is at 1 or above
        score=gap_of(str(level), own.name, own.score, everyone.scores[KEYS[level - 1]]),
    )


def _lenses(a: Assessment, lenses: Iterable[LensOfBuyers]) -> Iterable[LensGaps]:
    """Those with values that both sides know."""
    own = {(lens.id, value.id): value for lens in a.lenses for value in lens.values}
    for lens in lenses:
        common = [(own[lens.id, value.id], value) for value in lens.values if (lens.id, value.id) in own]
        if common:
            gaps = tuple(gap_of(mine.id, mine.label, mine.score, theirs) for mine, theirs in common)
            yield LensGaps(id=lens.id, label=lens.label, values=gaps)


def _items(a: Assessment, items: Iterable[Item]) -> Iterable[ItemGap]:
    """Those that mirror a question of the claim."""
    own = questions_by_id(a)
    for item in items:
        mirrored = {name: own[name] for name in item.mirrors if name in own}
        if mirrored:
            yield ItemGap(
                id=item.id,
                short=item.short,
                level=item.level,
                mirrors=tuple(question.short for question in mirrored.values()),
                gap=gap_of(item.id, item.label, _own_score(mirrored), item),
            )


def _own_score(questions: Mapping[str, Question]) -> float | None:
    """Of the answered: the weighted mean, as of a lens; of safeguards the lowest, for any of them caps."""
    answered = [
        (question, question.answer.score)
        for question in questions.values()
        if question.answer.state == "answered" and question.answer.score is not None
    ]
    if guards := [score for question, score in answered if isinstance(question, SafeguardResult)]:
        return min(guards)
    scored = [(question.weight, score) for question, score in answered if isinstance(question, CriterionResult)]
    total = sum(weight for weight, _ in scored)
    return min(1.0, sum(weight * score for weight, score in scored) / total) if total else None


def _next_move(a: Assessment, everyone: Buyers, items: Iterable[Item]) -> Move | None:
    """Nothing has to be done for a level that buyers confirm, nor where they see already what a move is to bring."""
    missing = LEVELS[0] if everyone.not_secured * 2 > everyone.n else _next(everyone.perceived.level)
    seen: dict[str, float] = {}
    for item in items:
        if item.mean is not None:
            seen |= {name: max(item.mean, seen.get(name, 0)) for name in item.mirrors}
    moves = (move for move in a.path.steps if move.level == missing)
    return next((move for move in moves if any(seen.get(lift.question, -1) < lift.after for lift in move.lifts)), None)


def _group(a: Assessment, group: Buyers, level: Level) -> GroupSeen:
    perceived = group.perceived
    seen = seen_of(perceived.at_least(level), a.level >= level)
    return GroupSeen(group=group.group, merged=len(group.merged), level=perceived.level, seen=seen)
