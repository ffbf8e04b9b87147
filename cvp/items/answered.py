"""What was answered to two criteria at once, with the scores that the questionnaire gives to choices."""

from collections.abc import Iterable, Iterator, Sequence

from cvp.items.guttman import Errors, added, errors_of, ladder_errors
from cvp.items.moments import covariance, size, variance
from cvp.items.tallies import Crossed, Pair, Tallies
from cvp.items.verdicts import ENOUGH
from cvp.level import Level
from cvp.questionnaire import Questionnaire


class Answered:
    """Tallies of a questionnaire. What fewer than ENOUGH rows say counts as not said."""

    def __init__(self, questionnaire: Questionnaire, tallies: Tallies) -> None:
        self.questionnaire = questionnaire
        self.tallies = tallies
        self.scores = {
            key: [choice.score for choice in questionnaire.choices_of(question)]
            for key, question in questionnaire.questions.items()
        }
        answers = tallies.answers
        self._levels = {c.id: c.level for c in questionnaire.criteria if c.id in answers and answers[c.id].n >= ENOUGH}

    def of(self, level: Level | None) -> list[str]:
        """The criteria of a level, or of all, that have answers enough."""
        return [key for key, own in self._levels.items() if level in (None, own)]

    def crossed(self, one: str, two: str) -> Crossed | None:
        """The first one's choices by the second one's; None where too few rows answered both."""
        pairs = self.tallies.pairs
        found = pairs.get((one, two)) or tuple(zip(*pairs.get((two, one), ()), strict=True))
        return found if size(found) >= ENOUGH else None

    def covariances(self, keys: Sequence[str]) -> list[list[float]] | None:
        """None where too few rows answered both of some pair."""
        rows = []
        for one in keys:
            row = []
            for two in keys:
                if one == two:
                    row.append(variance(self.tallies.answers[one].choices, self.scores[one]))
                    continue
                crossed = self.crossed(one, two)
                if crossed is None:
                    return None
                row.append(covariance(crossed, self.scores[one], self.scores[two]))
            rows.append(row)
        return rows

    def errors(self, pairs: Iterable[Pair]) -> Errors:
        """Against the order that the answers give."""
        found = ((one, two, self.crossed(one, two)) for one, two in pairs)
        return added(
            errors_of(crossed, self.scores[one], self.scores[two]) for one, two, crossed in found if crossed is not None
        )

    def out_of_order(self, lower: Iterable[str], higher: Sequence[str]) -> Iterator[Errors]:
        """Against the order of the ladder, of each criterion of a lower level with each of a higher one."""
        for low in lower:
            for high in higher:
                if (crossed := self.crossed(low, high)) is not None:
                    yield ladder_errors(crossed, self._passes(low), self._passes(high))

    def _passes(self, key: str) -> list[bool]:
        """Which choices reach the score that the gate of the criterion's level asks for."""
        passing = self.questionnaire.level(self._levels[key]).passing
        return [score >= passing for score in self.scores[key]]
