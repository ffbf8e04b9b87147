"""What a group of rows comes to: its level, what keeps it from the next, and how it looks through a lens."""

from collections.abc import Sequence

from cvp.level import LEVELS, Level
from cvp.proportions import Perceived
from cvp.questionnaire import Questionnaire
from cvp.segments import SCALE, Answered, Counts, Group


def level_of(questionnaire: Questionnaire, group: Group) -> Level:
    """What buyers perceive; of claims, the highest level that more than half claim."""
    return _level(questionnaire, group.perceived)


def uncapped_level_of(questionnaire: Questionnaire, group: Group) -> Level:
    """The level that it would be without safeguards."""
    return _level(questionnaire, group.uncapped)


def _level(questionnaire: Questionnaire, perceived: Perceived) -> Level:
    if questionnaire.perspective == "buyer":
        return perceived.level
    return max(level for level in LEVELS if level == 1 or perceived.at_least(level).share > 0.5)


def through_lens(questionnaire: Questionnaire, counts: Counts, lens: str, value: str) -> tuple[float | None, int]:
    """The mean score of the criteria that carry the value, by weight, over all their answers; and how many gave one.

    Where several carry it, that many gave an answer at least: the most answered one's.
    """
    carriers = [criterion for criterion in questionnaire.criteria if criterion.lenses.get(lens) == value]
    given = [(criterion.weight, counts.answers.get(criterion.id, Answered())) for criterion in carriers]
    weight = sum(weight * found.n for weight, found in given)
    if not weight:
        return None, 0
    total = sum(weight * found.total for weight, found in given)
    return min(1.0, total / SCALE / weight), max(found.n for _, found in given)


def weakest_of(questionnaire: Questionnaire, group: Group) -> Sequence[str]:
    """The criteria of the lowest level that the group has not, the weakest first; of equals the first in the file.

    Weakest is the one whose mean score lacks most weighted points of the level's threshold, then the one that has
    least above it. None where the group is on Level 4, or where `holding_of` says what keeps it from the next.
    """
    if holding_of(questionnaire, group):
        return ()
    counts = group.counts
    level = 1 if counts.not_secured * 2 > counts.n else level_of(questionnaire, group) + 1
    lacks = {}
    for criterion in questionnaire.criteria:
        mean = counts.answers.get(criterion.id, Answered()).mean
        if criterion.level == level and mean is not None:
            lack = questionnaire.level(criterion.level).passing - mean
            lacks[criterion.id] = lack * criterion.weight if lack > 0 else lack
    return sorted(lacks, key=lambda name: -lacks[name])


def holding_of(questionnaire: Questionnaire, group: Group) -> Sequence[str]:
    """The safeguards that fall short, lowest mean score first, where a group is on a lower level for them alone."""
    level, uncapped = level_of(questionnaire, group), uncapped_level_of(questionnaire, group)
    if uncapped <= level:
        return ()
    means = {
        guard.id: mean
        for guard in questionnaire.safeguards
        if guard.cap < uncapped
        and (mean := group.counts.answers.get(guard.id, Answered()).mean) is not None
        and mean < 1
    }
    return sorted(means, key=lambda name: means[name])
