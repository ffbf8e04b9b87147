"""`--lang`: the language of a questionnaire's texts, and what is said where it has none in it."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from cvp.commands.failing import say
from cvp.commands.originals import original
from cvp.speaking import language_tag
from cvp.text import and_list, one_line

if TYPE_CHECKING:
    from cvp.assessment import Assessment
    from cvp.comparing.measure import Measure
    from cvp.questionnaire import Questionnaire


def language_shown(questionnaire: "Questionnaire", wanted: str | None, otherwise: str | None = None) -> str:
    """The language that is wanted, where the questionnaire has texts in it, else its default one, which is told.

    Where none is wanted it is the one `otherwise`, without a word.
    """
    shown = questionnaire.language_for(wanted or otherwise)
    if wanted and questionnaire.language_like(wanted) is None:
        there = and_list(list(questionnaire.all_languages))
        say(f"cvp: `{questionnaire.id}` has no texts in {one_line(wanted)}, only in {there}; it is shown in {shown}")
    return shown


def languages_shown(questionnaires: Sequence["Questionnaire"], wanted: str | None) -> list[str]:
    """The languages of several in one report: the same for all of them, where there is one in which all have texts."""
    each = [language_shown(questionnaire, wanted) for questionnaire in questionnaires]
    language = _common(each, wanted, lambda tried: all(q.language_like(tried) == tried for q in questionnaires))
    return [language] * len(each) if language else each


def in_language(
    file: str, a: "Assessment", wanted: str | None, given: Sequence["Questionnaire"] | None = None
) -> "Assessment":
    """A saved assessment in the language that is wanted; `given` is what --questionnaire names, where there is that.

    Raises Unreadable where its questionnaire is not at hand.
    """
    if wanted is None or language_tag(wanted) == language_tag(a.language):
        return a
    from cvp.comparing.retelling import retold
    from cvp.errors import Unreadable

    found, name = original(file, a.questionnaire.id, a.questionnaire.sha256, given or ()), one_line(a.questionnaire.id)
    again = f"assess the answers again with --lang {one_line(wanted)}"
    if found is None:
        version = one_line(a.questionnaire.version)
        how = f"lay {name}.yaml beside it" if given is None else "give its file with --questionnaire"
        raise Unreadable(
            f"{file}: holds its texts in {one_line(a.language)} alone, and no `{name}` of the same content, "
            f"which was version {version}, is at hand for the others; {how}, or {again}"
        )
    told = retold(a, found, language_shown(found, wanted))
    if told is None:
        raise Unreadable(f"{file}: its answers do not give what it states, so it cannot be told otherwise; {again}")
    return told


def in_one_language(
    loaded: Sequence[tuple[str, "Assessment"]],
    wanted: str | None,
    lead: "Assessment",
    given: Sequence["Questionnaire"] | None = None,
) -> list["Assessment"]:
    """Saved assessments for one report, in the language that is wanted, else in that of the one that leads.

    Where not all can be told in it, they are in another in which all can be, or stay as they are; either is said.
    `given` is what `in_language` takes; raises Unreadable as it does.
    """
    each = [in_language(file, a, wanted, given) for file, a in loaded]
    led = next(told for told, (_, a) in zip(each, loaded, strict=True) if a is lead)
    tellings: dict[str, list[Assessment]] = {led.language: each}

    def all_can_be(tried: str) -> bool:
        told = [found for file, a in loaded if (found := _told(file, a, tried, given or ()))]
        tellings[tried] = told
        return len(told) == len(loaded)

    language = _common([led.language, *(told.language for told in each)], wanted, all_can_be)
    return tellings[language] if language else each


def _common(languages: Sequence[str], wanted: str | None, is_for_all: Callable[[str], bool]) -> str | None:
    """The first of the languages that all can be in; said where it is not what is expected, or where there is none."""
    if len(set(languages)) == 1:
        return languages[0]
    expected = wanted or languages[0]
    found = next((language for language in dict.fromkeys(languages) if is_for_all(language)), None)
    if found is None:
        say(f"cvp: no language is there for all of them; the report mixes {and_list(sorted(set(languages)))}")
    elif found != expected:
        say(f"cvp: not all of them are there in {one_line(expected)}; all are shown in {found}")
    return found


def _told(file: str, a: "Assessment", language: str, given: Sequence["Questionnaire"]) -> "Assessment | None":
    """A saved assessment in that very language; None where it cannot be told in it."""
    if a.language == language:
        return a
    from cvp.comparing.retelling import retold

    found = original(file, a.questionnaire.id, a.questionnaire.sha256, given)
    return retold(a, found, language) if found and found.language_like(language) == language else None


def labels_in(file: str, measure: "Measure", language: str) -> "Measure":
    """A saved measure with the labels of its questionnaire in the language, where that is at hand."""
    from cvp.comparing.retelling import relabelled

    found = original(file, measure.questionnaire.id, measure.questionnaire.sha256)
    return relabelled(measure, found, found.language_for(language)) if found else measure
