"""Results that show the texts of a questionnaire, in one of its languages."""

from dataclasses import dataclass

from cvp.model import Words
from cvp.questionnaire import Questionnaire


@dataclass(frozen=True, kw_only=True)
class Rendition:
    """In the language that is wanted, where the questionnaire has texts in it; else in its default one."""

    questionnaire: Questionnaire
    wanted_language: str | None = None

    @property
    def language(self) -> str:
        """As in `de`."""
        return self.questionnaire.language_for(self.wanted_language)

    def say(self, words: Words) -> str:
        """A text of the questionnaire in that language."""
        return self.questionnaire.say(words, self.language)

    def short(self, question: str) -> str:
        """The name that tables use for a question, by its id."""
        return self.questionnaire.short(self.questionnaire.questions[question], self.language)
