"""(Questionnaire, Answers) → Assessment: pure, the same result for the same input, byte for byte."""

from collections.abc import Sequence
from typing import Final

from cvp.answers import AnswerSheet, last_day
from cvp.assessment import Assessment, GridLenses, Instrument, Margin
from cvp.gates import scale_of
from cvp.level import LEVELS
from cvp.path import Constraints
from cvp.questionnaire import Questionnaire
from cvp.room import Voting, room_answers, voting_of
from cvp.scoring import levels, moves, questions, votes
from cvp.scoring.case import Case
from cvp.sensitivity import margin_to_fall, margin_to_rise

_FREE: Final = Constraints()


def score(
    questionnaire: Questionnaire,
    said: Sequence[AnswerSheet] | Voting,
    *,
    company: str,
    date: str,
    language: str | None = None,
    answered_by: str = "",
    constraints: Constraints = _FREE,
) -> Assessment:
    """The assessment of a company at `date` (2013-02-12) from a sheet of answers a respondent, or from a room's voting.

    The answers must fit the questionnaire; with several respondents, the room's answers count. The path keeps to the
    `constraints`.
    """
    scale = scale_of(questionnaire)
    language = language or questionnaire.default_language
    voting = said if isinstance(said, Voting) else voting_of(said)
    case = Case(questionnaire, room_answers(questionnaire, voting), last_day(date), language, scale, voting.remarks)
    now = case.evaluation
    standing = now.standing
    path, ways = moves.paths(case, constraints)
    title, grid = case.say(questionnaire.title), questionnaire.grid
    return Assessment(
        questionnaire=Instrument(
            id=questionnaire.id,
            version=questionnaire.version,
            sha256=questionnaire.sha256,
            title=title,
            informs={key: case.say(text) for key, text in questionnaire.informs.items()},
        ),
        company=company,
        answered_by=answered_by,
        date=date,
        language=language,
        perspective=questionnaire.perspective,
        level=standing.level,
        secured=standing.secured,
        low=standing.low,
        high=standing.high,
        settled=standing.settled,
        uncapped_level=standing.uncapped_level,
        level_if_not_applicable_counts=levels.strict_level(case),
        out_of_order=levels.out_of_order(now),
        basis=questions.basis(case),
        levels=tuple(levels.level_result(case, level) for level in LEVELS),
        lenses=tuple(levels.lens_results(case)),
        grid=GridLenses(rows=grid.rows, columns=grid.columns) if grid else None,
        criteria=tuple(questions.criterion_result(case, criterion) for criterion in questionnaire.criteria),
        safeguards=tuple(questions.safeguard_result(case, safeguard) for safeguard in questionnaire.safeguards),
        open=tuple(questions.open_questions(case)),
        margin=Margin(fall=margin_to_fall(now), rise=margin_to_rise(now)),
        flips=tuple(questions.flip_results(case)),
        strengths=questions.strengths(case),
        gaps=questions.gaps(case),
        path=path,
        ways=ways,
        recommendations=moves.recommendations(case, constraints),
        room=votes.room_result(case, voting) if voting.voted else None,
        sources={key: str(source) for key, source in questionnaire.sources.items()},
    )
