"""`--budget`, `--exclude` and `--by` of `assess`: what the path must keep to."""

from dataclasses import dataclass

from cvp.answers import last_day
from cvp.commands.given import day_of
from cvp.errors import UnknownName, WrongUsage
from cvp.path import Constraints, working_days
from cvp.questionnaire import Questionnaire
from cvp.rules.shape import did_you_mean


@dataclass(frozen=True)
class Limits:
    """What the options say; None and empty where they say nothing."""

    budget: int | None = None
    exclude: tuple[str, ...] = ()
    by: str | None = None

    def constraints(self, questionnaire: Questionnaire, date: str) -> Constraints:
        """At most `budget` days of work, and no more than there are working days from `date` to `by`.

        Raises UnknownName for a recommendation that is not there, WrongUsage for a day that is none or too early.
        """
        known = [recommendation.id for recommendation in questionnaire.recommendations]
        for name in self.exclude:
            if name not in known:
                hint = did_you_mean(name, known) or f"cvp show {questionnaire.id} names them"
                raise UnknownName(f"--exclude {name}: `{questionnaire.id}` has no such recommendation; {hint}")
        limits = [limit for limit in (self.budget, self._days_from(date)) if limit is not None]
        return Constraints(min(limits, default=None), frozenset(self.exclude))

    def _days_from(self, date: str) -> int | None:
        if self.by is None:
            return None
        days = working_days(last_day(date), last_day(day_of(self.by, "--by")))
        if not days:
            raise WrongUsage(f"--by {self.by}: leaves no working day after the assessment's, {date}")
        return days
