"""Where each level's score is after the path."""

from cvp.assessment import Assessment, LevelResult


def score_after(a: Assessment, level: LevelResult) -> float | None:
    """The level's score (method.md, one respondent, 1) with what the path lifts.

    What is open in a gate that holds today stays open, as the path leaves it.
    """
    lifted = {lift.question: lift.after for move in a.path.steps for lift in move.lifts}
    total = weight = 0.0
    for c in a.criteria:
        if c.level != level.level or c.answer.state == "not_applicable":
            continue
        known = c.answer.score if c.answer.state == "answered" else None
        after = lifted.get(c.id, known) if known is not None or not level.holds else None
        if after is not None:
            total, weight = total + c.weight * max(after, known or 0), weight + c.weight
    return total / weight if weight else None
