"""A questionnaire as people read it."""

import textwrap
from collections.abc import Iterator

from cvp.level import LEVELS
from cvp.questionnaire import Criterion, Questionnaire, Safeguard
from cvp.reports import Look
from cvp.reports.sentences.phrases import in_a_row
from cvp.speaking import _, decimal, ngettext, speaking, threshold
from cvp.text import one_line


def render(questionnaire: Questionnaire, look: Look, language: str | None = None) -> str:
    """All of it, wrapped to the width, ending with a line feed."""
    lines: list[str] = []
    width = max(20, look.width)
    with speaking(language or questionnaire.default_language):
        for indent, text in _paragraphs(questionnaire, language):
            hang = indent + ("  " if text.startswith(("- ", "* ")) else "")
            lines += textwrap.wrap(one_line(text), width, initial_indent=indent, subsequent_indent=hang) or [""]
    return "\n".join(lines) + "\n"


def _paragraphs(q: Questionnaire, language: str | None) -> Iterator[tuple[str, str]]:
    titled = _("{title} ({id} {version}, answered by the company)")
    if q.perspective == "buyer":
        titled = _("{title} ({id} {version}, answered by the buyer)")
    yield "", titled.format(title=q.say(q.title, language), id=q.id, version=q.version)
    yield "", q.say(q.summary, language)
    for informed, words in q.informs.items():
        yield "", _("For {questionnaire}: {words}").format(questionnaire=informed, words=q.say(words, language))
    for level in LEVELS:
        text = q.level(level)
        yield "", ""
        headed = _("LEVEL {level}: {name} (needs {threshold})")
        yield "", headed.format(level=level, name=q.say(text.name, language), threshold=threshold(text.passing))
        yield "", q.say(text.summary, language)
        for criterion in q.criteria:
            if criterion.level == level:
                yield from _question(q, criterion, language)
    if q.safeguards:
        yield "", ""
        yield "", _("SAFEGUARDS")
    for safeguard in q.safeguards:
        yield from _question(q, safeguard, language)
    yield from _recommendations(q, language)
    yield "", ""
    yield "", _("SOURCES")
    for key, source in q.sources.items():
        yield "  ", f"- {key}: {source}"


def _question(q: Questionnaire, question: Criterion | Safeguard, language: str | None) -> Iterator[tuple[str, str]]:
    yield "", ""
    yield "  ", f"{q.say(question.label, language)} ({in_a_row(_terms(question))})"
    if question.hint:
        yield "  ", q.say(question.hint, language)
    for choice in q.choices_of(question):
        yield "    ", f"- {q.say(choice.label, language)} ({choice.value}, {threshold(choice.score)})"


def _terms(question: Criterion | Safeguard) -> Iterator[str]:
    yield question.id
    if isinstance(question, Safeguard):
        yield _("under {score} caps at Level {level}").format(score=threshold(question.below), level=question.cap)
        return
    if question.weight != 1:
        yield _("weight {weight}").format(weight=decimal(question.weight, "g"))
    if question.must is not None:
        yield _("must reach {score}").format(score=threshold(question.must))
    if question.fresh_for:
        fresh = ngettext("fresh for {n} month", "fresh for {n} months", question.fresh_for)
        yield fresh.format(n=question.fresh_for)


def _recommendations(q: Questionnaire, language: str | None) -> Iterator[tuple[str, str]]:
    if q.recommendations:
        yield "", ""
        yield "", _("RECOMMENDATIONS")
    for r in q.recommendations:
        yield "", ""
        lifts = [_("{question} to {score}").format(question=key, score=threshold(to)) for key, to in r.lifts.items()]
        costs = ngettext("{move} ({n} day; lifts {lifts})", "{move} ({n} days; lifts {lifts})", r.effort)
        yield "  ", costs.format(move=q.say(r.label, language), n=r.effort, lifts=in_a_row(lifts))
        yield "    ", _("First step: {words}").format(words=q.say(r.first_step, language))
        yield "    ", _("The customer gains: {words}").format(words=q.say(r.customer_gain, language))
