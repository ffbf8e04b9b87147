"""A questionnaire as people read it."""

import textwrap
from collections.abc import Iterator

from cvp.level import LEVELS
from cvp.questionnaire import Criterion, Questionnaire, Safeguard
from cvp.reports import Look
from cvp.text import counted, one_line


def render(questionnaire: Questionnaire, look: Look, language: str | None = None) -> str:
    """All of it, wrapped to the width, ending with a line feed."""
    lines: list[str] = []
    for indent, text in _paragraphs(questionnaire, language):
        hang = indent + ("  " if text.startswith(("- ", "* ")) else "")
        lines += textwrap.wrap(one_line(text), max(20, look.width), initial_indent=indent, subsequent_indent=hang) or [
            ""
        ]
    return "\n".join(lines) + "\n"


def _paragraphs(q: Questionnaire, language: str | None) -> Iterator[tuple[str, str]]:
    yield "", f"{q.say(q.title, language)} ({q.id} {q.version}, answered by the {q.perspective})"
    yield "", q.say(q.summary, language)
    for informed, words in q.informs.items():
        yield "", f"For {informed}: {q.say(words, language)}"
    for level in LEVELS:
        text = q.level(level)
        yield "", ""
        yield "", f"LEVEL {level}: {q.say(text.name, language)} (needs {text.passing:g})"
        yield "", q.say(text.summary, language)
        for criterion in q.criteria:
            if criterion.level == level:
                yield from _question(q, criterion, language)
    if q.safeguards:
        yield "", ""
        yield "", "SAFEGUARDS"
    for safeguard in q.safeguards:
        yield from _question(q, safeguard, language)
    yield from _recommendations(q, language)
    yield "", ""
    yield "", "SOURCES"
    for key, source in q.sources.items():
        yield "  ", f"- {key}: {source}"


def _question(q: Questionnaire, question: Criterion | Safeguard, language: str | None) -> Iterator[tuple[str, str]]:
    yield "", ""
    yield "  ", f"{q.say(question.label, language)} ({', '.join(_terms(question))})"
    if question.hint:
        yield "  ", q.say(question.hint, language)
    for choice in q.choices_of(question):
        yield "    ", f"- {q.say(choice.label, language)} ({choice.value}, {choice.score:g})"


def _terms(question: Criterion | Safeguard) -> Iterator[str]:
    yield question.id
    if isinstance(question, Safeguard):
        yield f"under {question.below:g} caps at Level {question.cap}"
        return
    if question.weight != 1:
        yield f"weight {question.weight:g}"
    if question.must is not None:
        yield f"must reach {question.must:g}"
    if question.fresh_for:
        yield f"fresh for {counted(question.fresh_for, 'month')}"


def _recommendations(q: Questionnaire, language: str | None) -> Iterator[tuple[str, str]]:
    if q.recommendations:
        yield "", ""
        yield "", "RECOMMENDATIONS"
    for r in q.recommendations:
        yield "", ""
        lifts = ", ".join(f"{key} to {score:g}" for key, score in r.lifts.items())
        yield "  ", f"{q.say(r.label, language)} ({counted(r.effort, 'day')}; lifts {lifts})"
        yield "    ", f"First step: {q.say(r.first_step, language)}"
        yield "    ", f"The customer gains: {q.say(r.customer_gain, language)}"
