"""What `cvp explain` says: a rule with a bad and a good example, a criterion with what it weighs and moves."""

import difflib
import textwrap
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from cvp.checking import Named, Request, check_read, read
from cvp.diagnostics.text import blocks
from cvp.gates import evaluate, scale_of
from cvp.loading import Finder
from cvp.questionnaire import Criterion, Questionnaire, Safeguard
from cvp.rules import RULES, Rule
from cvp.speaking import _, decimal, ngettext, speaking, threshold
from cvp.text import one_line, printable

EXAMPLES = Path(__file__).parent.parent / "rules" / "examples"


def list_rules() -> str:
    """A line a rule."""
    return "\n".join(f"{rule.code}  {rule.severity.label:<8} {rule.name:<32} {rule.title}" for rule in RULES)


def on_rule(rule: Rule, width: int) -> str:
    """What is wrong, why, how to mend it; what check says of a bad example, and how the good one differs."""
    title, __, rest = rule.text.partition("\n")
    parts = [f"{rule.code} {rule.name} ({rule.severity.label})\n{title}"]
    parts += [textwrap.fill(one_line(paragraph), width) for paragraph in rest.strip().split("\n\n")]
    if file := next(iter(sorted(EXAMPLES.glob(f"{rule.code}.*"))), None):
        parts += _example(rule, file)
    return "\n\n".join(parts)


def _example(rule: Rule, file: Path) -> Iterator[str]:
    checked = check_read(Named(str(file)), read(Named(str(file))), Request(), Finder(str(file)))
    for finding in checked.findings if checked else ():
        if finding.code == rule.code:
            shown = "\n".join(blocks([replace(finding, file=file.name)]))
            yield f"A bad example\n\n{textwrap.indent(shown, '  ')}"
            break
    if difference := "\n".join(_difference(file)):
        yield f"The good one instead (- bad, + good)\n\n{textwrap.indent(difference, '  ')}"


def _difference(bad: Path) -> Iterator[str]:
    """The lines that differ from the good example."""
    before = bad.read_bytes().decode("utf-8", "replace").splitlines()
    good = EXAMPLES / ("example-answers.yaml" if "answers:" in before else "example.yaml")
    after = good.read_text(encoding="utf-8").splitlines()
    for line in difflib.unified_diff(before, after, n=0, lineterm=""):
        if not line.startswith(("---", "+++", "@@")):
            yield printable(line)


def on_question(questionnaire: Questionnaire, question: Criterion | Safeguard, width: int, language: str) -> str:
    """What it asks and why, what it weighs in its gate, and what lifts it, in a language of the questionnaire."""
    with speaking(language):
        lines = list(_on_question(questionnaire, question, language))
    wrapped = (textwrap.fill(one_line(line), width, subsequent_indent="  ") if line.strip() else "" for line in lines)
    return "\n".join(wrapped)


def _on_question(q: Questionnaire, question: Criterion | Safeguard, language: str) -> Iterator[str]:
    yield f"{question.id}: {q.say(question.label, language)}"
    yield from _terms(q, question)
    yield ""
    for choice in q.choices_of(question):
        yield f"  {threshold(choice.score)}  {q.say(choice.label, language)} ({choice.value})"
    yield ""
    if question.guidance:
        yield _("For the facilitator: {guidance}").format(guidance=q.say(question.guidance, language))
        yield ""
    if isinstance(question, Safeguard) and question.why:
        yield _("Why it caps: {why}").format(why=q.say(question.why, language))
        yield ""
    yield _("Source: {source}").format(source=q.sources[question.source])
    for r in q.recommendations:
        if question.id in r.lifts:
            reached, label = threshold(r.lifts[question.id]), q.say(r.label, language)
            said = ngettext(
                "Lifted to {score} by: {move} ({id}, {n} day)",
                "Lifted to {score} by: {move} ({id}, {n} days)",
                r.effort,
            )
            yield said.format(score=reached, move=label, id=r.id, n=r.effort)


def _terms(q: Questionnaire, question: Criterion | Safeguard) -> Iterator[str]:
    if isinstance(question, Safeguard):
        said = _("Safeguard: answered below {below}, it caps the level at {cap}.")
        yield said.format(below=threshold(question.below), cap=question.cap)
        return
    scale = scale_of(q)
    item = scale.items[question.id]
    share = item.weight / evaluate(scale, dict.fromkeys(scale.items)).gates[question.level, "highest"].weight
    spread = share * (item.highest - item.lowest) / scale.one
    passing = q.level(question.level).passing
    yield _("Level {level}, weight {weight}: {share} of the level's score, which needs {passing}.").format(
        level=question.level,
        weight=decimal(question.weight, "g"),
        share=decimal(share, ".0%"),
        passing=threshold(passing),
    )
    moved = _("Between its lowest and its highest choice the level's score moves by {spread}.")
    yield moved.format(spread=decimal(spread, ".2f"))
    if question.must is not None:
        must = _("Must-have: the gate does not hold while it scores less than {must}.")
        yield must.format(must=threshold(question.must))
    if question.fresh_for:
        old = ngettext(
            "Evidence older than {n} month leaves the answer open.",
            "Evidence older than {n} months leaves the answer open.",
            question.fresh_for,
        )
        yield old.format(n=question.fresh_for)
