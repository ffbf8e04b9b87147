"""Several questionnaires in one report: scored, joined, or refused."""

from collections.abc import Sequence

from cvp.assessment import Assessment
from cvp.assessment.joined import Joined, join
from cvp.commands.failing import say
from cvp.commands.given import Given
from cvp.commands.languages import languages_shown
from cvp.commands.limits import Limits
from cvp.errors import WrongUsage
from cvp.scoring import score
from cvp.text import one_line


def refuse_several(given: Sequence[Given], limits: Limits) -> None:
    """Limits of a path where there are several paths. Raises WrongUsage."""
    if len(given) > 1 and limits != Limits():
        raise WrongUsage(
            "--budget, --exclude and --by are about one path, and each questionnaire has its own; "
            "score them apart with --save, then join them with `cvp report`"
        )


def refuse_several_interviews(names: Sequence[str]) -> None:
    """Several questionnaires on a terminal. Raises WrongUsage."""
    if len(names) > 1:
        raise WrongUsage(
            "one questionnaire is asked at a time; keep each with --save, then join them: cvp report A.json B.json"
        )


def scored(given: Sequence[Given], language: str | None, limits: Limits) -> Assessment | Joined:
    """What comes out of each questionnaire, joined where there are several; of one that was asked, in its language."""
    if len(given) == 1 and (asked_in := given[0].language):
        languages = [asked_in]
    else:
        languages = languages_shown([one.questionnaire for one in given], language)
    return joined([_scored(one, shown, limits) for one, shown in zip(given, languages, strict=True)])


def joined(assessments: Sequence[Assessment], company: str | None = None) -> Assessment | Joined:
    """One as it is, several in one; of several days, that is told.

    Raises WrongUsage for two by one questionnaire, DifferentCompanies.
    """
    if len(assessments) == 1:
        return assessments[0].model_copy(update={"company": one_line(company)}) if company else assessments[0]
    together = join(assessments, company)
    if len(days := sorted({a.date for a in together.assessments})) > 1:
        say(f"cvp: these are of different days, from {days[0]} to {days[-1]}; the report says which is of which")
    return together


def _scored(given: Given, language: str, limits: Limits) -> Assessment:
    questionnaire = given.questionnaire
    return score(
        questionnaire,
        given.said,
        company=given.company,
        date=given.date,
        language=language,
        answered_by=given.by,
        constraints=limits.constraints(questionnaire, given.date),
    )
