"""What check knows. A rule is a generator of faults with a docstring; here it gets its id and its severity."""

import inspect
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import Final

from cvp.document import Fault, Place
from cvp.finding import Finding, Severity, excerpt_of
from cvp.rules import answering, file, references
from cvp.rules.subject import Subject

ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule as the user meets it: its id, how bad what it finds is, and the generator that finds it."""

    code: str
    severity: Severity
    faults: Callable[[Subject], Iterator[Fault]]

    @property
    def name(self) -> str:
        return self.faults.__name__.replace("_", "-")

    @property
    def family(self) -> str:
        """The first digit of the id."""
        return self.code[3]

    @property
    def title(self) -> str:
        """What is wrong, in a line."""
        return self.text.partition("\n")[0]

    @property
    def text(self) -> str:
        """What is wrong, why it matters, and how to mend it."""
        return inspect.cleandoc(self.faults.__doc__ or "")


RULES: Final = (
    Rule("CVP101", ERROR, file.syntax),
    Rule("CVP102", ERROR, file.encoding),
    Rule("CVP103", ERROR, file.unprintable),
    Rule("CVP104", ERROR, file.depth),
    Rule("CVP105", ERROR, file.duplicate_key),
    Rule("CVP106", ERROR, file.alias),
    Rule("CVP107", ERROR, file.tag),
    Rule("CVP108", ERROR, file.second_document),
    Rule("CVP109", ERROR, file.key_not_text),
    Rule("CVP110", ERROR, file.number),
    Rule("CVP111", ERROR, file.unknown_key),
    Rule("CVP112", ERROR, file.missing_key),
    Rule("CVP113", ERROR, file.wrong_type),
    Rule("CVP114", ERROR, file.wrong_value),
    Rule("CVP115", ERROR, file.unrecognised),
    Rule("CVP201", ERROR, references.duplicate_id),
    Rule("CVP202", ERROR, references.duplicate_choice),
    Rule("CVP203", ERROR, references.unknown_choice_list),
    Rule("CVP204", ERROR, references.unknown_source),
    Rule("CVP205", ERROR, references.unknown_lens),
    Rule("CVP206", ERROR, references.unknown_lift),
    Rule("CVP207", ERROR, references.unknown_prerequisite),
    Rule("CVP208", ERROR, references.circular_prerequisites),
    Rule("CVP209", ERROR, references.missing_default_language),
    Rule("CVP210", ERROR, references.unknown_pick),
    Rule("CVP211", ERROR, references.unknown_origin),
    Rule("CVP501", ERROR, answering.unknown_questionnaire),
    Rule("CVP502", ERROR, answering.other_questionnaire),
    Rule("CVP503", ERROR, answering.unknown_question),
    Rule("CVP504", ERROR, answering.unknown_choice),
)

BY_CODE: Final = {rule.code: rule for rule in RULES}

LOADING: Final = tuple(rule for rule in RULES if rule.severity == ERROR and rule.family in "125")
"""The rules that a file must pass before anything is scored with it."""


def check(subject: Subject, rules: Collection[Rule] = RULES) -> list[Finding]:
    """What the rules find, in the order of the file. One place has one finding of a rule."""
    findings = {finding.sort_key: finding for rule in rules for finding in _findings(subject, rule)}
    unreadable = {f.place for f in findings.values() if f.code < "CVP111"}
    # What could not be read is not also of a wrong type.
    kept = (f for f in findings.values() if f.code < "CVP111" or f.place not in unreadable)
    return sorted(kept, key=lambda finding: finding.sort_key)


def _findings(subject: Subject, rule: Rule) -> Iterator[Finding]:
    document = subject.document
    for fault in rule.faults(subject):
        place: Place = fault.place or document.place(fault.route, fault.on_key)
        excerpt = excerpt_of(document, place)
        yield Finding(document.name, place, rule.code, rule.name, rule.severity, fault.message, fault.help, excerpt)
