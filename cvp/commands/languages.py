"""`--lang`: the language of a questionnaire's texts, and what is said where it has none in it."""

from typing import TYPE_CHECKING

from cvp.commands.failing import say
from cvp.text import one_line

if TYPE_CHECKING:
    from cvp.assessment import Assessment
    from cvp.comparing.measure import Measure
    from cvp.questionnaire import Questionnaire


def language_shown(questionnaire: "Questionnaire", wanted: str | None, otherwise: str | None = None) -> str:
    """The language that is wanted, where the questionnaire has texts in it, else its default one, which is told.

    Where none is wanted it is the one `otherwise`, without a word.
    """
    shown = questionnaire.language_for(wanted or otherwise)
    if wanted and shown not in (wanted, wanted.partition("-")[0]):
        say(f"cvp: `{questionnaire.id}` has no texts in {one_line(wanted)}; it is shown in {shown}")
    return shown


def in_language(file: str, a: "Assessment", wanted: str | None) -> "Assessment":
    """A saved assessment in the language that is wanted. Raises Unreadable where its questionnaire is not at hand."""
    if wanted in (None, a.language):
        return a
    from cvp.comparing.retelling import retold
    from cvp.errors import Unreadable

    found, name = _questionnaire(file, a.questionnaire.id, a.questionnaire.sha256), one_line(a.questionnaire.id)
    again = f"assess the answers again with --lang {one_line(wanted or '')}"
    if found is None:
        raise Unreadable(
            f"{file}: holds its texts in {one_line(a.language)} alone, and no `{name}` of the same content is at hand "
            f"for the others; lay {name}.yaml beside it, or {again}"
        )
    told = retold(a, found, language_shown(found, wanted))
    if told is None:
        raise Unreadable(f"{file}: its answers do not give what it states, so it cannot be told otherwise; {again}")
    return told


def labels_in(file: str, measure: "Measure", language: str) -> "Measure":
    """A saved measure with the labels of its questionnaire in the language, where that is at hand."""
    from cvp.comparing.retelling import relabelled

    found = _questionnaire(file, measure.questionnaire.id, measure.questionnaire.sha256)
    return relabelled(measure, found, found.language_for(language)) if found else measure


def _questionnaire(file: str, name: str, sha256: str) -> "Questionnaire | None":
    """The questionnaire of that content, beside the file or among the shipped."""
    from cvp.loading import Finder

    found = Finder(file)(name)
    return found if found and found.sha256 == sha256 else None
