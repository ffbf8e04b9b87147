"""What was saved in one language, told in another: an assessment is scored again, a measure has its labels replaced."""

from cvp.answers import DONT_KNOW, Answer, AnswerSheet
from cvp.assessment import Assessment, Room
from cvp.comparing.measure import Item, LensOfBuyers, Measure
from cvp.comparing.replay import Question, questions_by_id
from cvp.path import Constraints
from cvp.questionnaire import Questionnaire
from cvp.scoring import score


def retold(a: Assessment, questionnaire: Questionnaire, language: str) -> Assessment | None:
    """The same assessment in a language of its questionnaire; None where its answers do not give it as it was saved.

    Another version of cvp may have scored it, or somebody changed it.
    """
    try:
        is_same = _told(a, questionnaire, a.language) == a
    except (KeyError, ValueError):  # it names a question that is not there, or holds an answer that nobody can give
        return None
    return _told(a, questionnaire, language) if is_same else None


def _told(a: Assessment, questionnaire: Questionnaire, language: str) -> Assessment:
    told = score(
        questionnaire,
        [_sheet(a)],
        company=a.company,
        date=a.date,
        language=language,
        answered_by=a.answered_by,
        constraints=Constraints(a.path.budget, frozenset(move.recommendation for move in a.path.excluded)),
    )
    return told.model_copy(update={"room": _room(a.room, told)}) if a.room else told


def _sheet(a: Assessment) -> AnswerSheet:
    """What was answered; of a room, what it made of its votes."""
    given = {key: _answer(question) for key, question in questions_by_id(a).items()}
    return {key: answer for key, answer in given.items() if answer}


def _answer(question: Question) -> Answer | None:
    said = question.answer
    match said.state:
        case "unanswered":
            return None
        case "not_applicable":
            return Answer(not_applicable=said.note, evidence=said.evidence)
    return Answer(choice=said.choice or DONT_KNOW, note=said.note or None, evidence=said.evidence)


def _room(room: Room, told: Assessment) -> Room:
    """The votes, with the words of the questions as they are told."""
    questions = questions_by_id(told)
    criteria = tuple(
        criterion.model_copy(
            update={
                "short": questions[criterion.id].short,
                "choices": tuple(choice.label for choice in questions[criterion.id].choices),
            }
        )
        for criterion in room.criteria
    )
    return room.model_copy(update={"criteria": criteria})


def relabelled(measure: Measure, questionnaire: Questionnaire, language: str) -> Measure:
    """The measure by this very questionnaire, with labels in the language."""

    def item(found: Item) -> Item:
        asked = questionnaire.questions.get(found.id)
        if asked is None:
            return found
        said = {"label": questionnaire.say(asked.label, language), "short": questionnaire.short(asked, language)}
        return found.model_copy(update=said)

    def by_lens(found: LensOfBuyers) -> LensOfBuyers:
        lens = questionnaire.lenses.get(found.id)
        return found.model_copy(update={"label": questionnaire.say(lens.label, language)}) if lens else found

    told = {
        "items": measure.items and tuple(map(item, measure.items)),
        "lenses": measure.lenses and tuple(map(by_lens, measure.lenses)),
    }
    return measure.model_copy(update=told)
