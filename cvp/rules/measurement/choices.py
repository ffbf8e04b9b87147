"""Choice lists whose scores do not measure what their order says."""

from collections.abc import Iterator
from itertools import pairwise

from cvp.document import Fault, Route
from cvp.questionnaire import Choice
from cvp.rules.measurement.measures import Measures, measures_of
from cvp.rules.subject import Subject


def falling_scores(subject: Subject) -> Iterator[Fault]:
    """Scores that fall where choices rise.

    Choices are read from the least to the most. A later choice with a lower score rewards the worse answer, most often
    by a slip. Put the choices in rising order, or mend the score.
    """
    for route, choices in _lists(subject):
        falls = [(index, *pair) for index, pair in enumerate(_neighbours(choices), 1) if pair[1].score < pair[0].score]
        rises = any(before.score < after.score for before, after in _neighbours(choices))
        for index, before, after in falls if rises else falls[:1]:
            message = f"`{after.value}` scores {after.score:g}, less than `{before.value}` before it, {before.score:g}"
            help_ = "mend the score, or put the choices in rising order" if rises else "turn the list round"
            yield Fault(message, (*route, index, "score"), help=help_)


def equal_scores(subject: Subject) -> Iterator[Fault]:
    """Two neighbouring choices with one score.

    Whoever chooses between them says something that the result does not hear. Give them different scores, or make
    them one choice.
    """
    for route, choices in _lists(subject):
        for index, (before, after) in enumerate(_neighbours(choices), 1):
            if before.score == after.score:
                message = f"`{after.value}` scores {after.score:g}, as `{before.value}` before it does"
                help_ = "give them different scores, or make them one choice"
                yield Fault(message, (*route, index, "score"), help=help_)


def missing_extreme(subject: Subject) -> Iterator[Fault]:
    """A choice list without a lowest 0 or without a highest 1.

    Scores of different criteria are averaged, so each must run over the same range: otherwise a criterion gives points
    for nothing, or nobody can have all of its points. Let the lowest choice score 0 and the highest 1.
    """
    if not (measures := measures_of(subject)):
        return
    said = set(_said_elsewhere(subject, measures))
    for route, choices in measures.lists.items():
        scores = [choice.score for choice in choices]
        lowest, highest = min(scores), max(scores)
        if lowest == highest:
            continue  # such a list measures nothing, which is said elsewhere
        if lowest > 0:
            at = (*route, scores.index(lowest), "score")
            yield Fault(f"the lowest choice scores {lowest:g}, not 0", at, help="let the lowest choice score 0")
        if highest < 1 and route not in said:
            at = (*route, scores.index(highest), "score")
            yield Fault(f"the highest choice scores {highest:g}, not 1", at, help="let the highest choice score 1")


def _said_elsewhere(subject: Subject, measures: Measures) -> Iterator[Route]:
    """Lists with a must-have, a safeguard's threshold or a lift above their highest choice, which is told there."""
    asked = {item.id: max(item.must or 0, item.below if item.cap < 4 else 0) for item in measures.scale.items.values()}
    for recommendation in measures.questionnaire.recommendations:
        for key, score in recommendation.lifts.items():
            if key in asked:
                asked[key] = max(asked[key], measures.scale.points(score))
    for key, points in asked.items():
        if points > measures.scale.items[key].highest:
            choices = measures.questionnaire.questions[key].choices
            yield ("choices", choices) if isinstance(choices, str) else (*subject.routes[key], "choices")


def _lists(subject: Subject) -> Iterator[tuple[Route, tuple[Choice, ...]]]:
    if measures := measures_of(subject):
        yield from measures.lists.items()


def _neighbours(choices: tuple[Choice, ...]) -> Iterator[tuple[Choice, Choice]]:
    return pairwise(choices)
