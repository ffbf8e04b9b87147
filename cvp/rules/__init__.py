"""What check knows. A rule is a generator of faults with a docstring; here it gets its id and its severity."""

import inspect
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Final, cast

from cvp.document import Fault, Place
from cvp.finding import Finding, Severity, excerpt_of
from cvp.rules.subject import Subject

ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule as the user meets it: its id, how bad what it finds is, and where its generator is (`file.syntax`).

    The generator's module is imported when the rule runs: scoring needs few of them.
    """

    code: str
    severity: Severity
    generator: str

    @property
    def faults(self) -> Callable[[Subject], Iterator[Fault]]:
        return _generator(self.generator)

    @property
    def name(self) -> str:
        return self.generator.partition(".")[2].replace("_", "-")

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


@cache
def _generator(name: str) -> Callable[[Subject], Iterator[Fault]]:
    module, _, function = name.partition(".")
    return cast(Callable[[Subject], Iterator[Fault]], getattr(import_module(f"cvp.rules.{module}"), function))


RULES: Final = (
    Rule("CVP101", ERROR, "file.syntax"),
    Rule("CVP102", ERROR, "file.encoding"),
    Rule("CVP103", ERROR, "file.unprintable"),
    Rule("CVP104", ERROR, "file.depth"),
    Rule("CVP105", ERROR, "file.duplicate_key"),
    Rule("CVP106", ERROR, "file.alias"),
    Rule("CVP107", ERROR, "file.tag"),
    Rule("CVP108", ERROR, "file.second_document"),
    Rule("CVP109", ERROR, "file.key_not_text"),
    Rule("CVP110", ERROR, "file.number"),
    Rule("CVP111", ERROR, "file.unknown_key"),
    Rule("CVP112", ERROR, "file.missing_key"),
    Rule("CVP113", ERROR, "file.wrong_type"),
    Rule("CVP114", ERROR, "file.wrong_value"),
    Rule("CVP115", ERROR, "file.unrecognised"),
    Rule("CVP116", ERROR, "file.size"),
    Rule("CVP117", ERROR, "file.unreadable"),
    Rule("CVP201", ERROR, "references.duplicate_id"),
    Rule("CVP202", ERROR, "references.duplicate_choice"),
    Rule("CVP203", ERROR, "references.unknown_choice_list"),
    Rule("CVP204", ERROR, "references.unknown_source"),
    Rule("CVP205", ERROR, "references.unknown_lens"),
    Rule("CVP206", ERROR, "references.unknown_lift"),
    Rule("CVP207", ERROR, "references.unknown_prerequisite"),
    Rule("CVP208", ERROR, "references.circular_prerequisites"),
    Rule("CVP209", ERROR, "references.missing_default_language"),
    Rule("CVP210", ERROR, "elsewhere.unknown_pick"),
    Rule("CVP211", ERROR, "elsewhere.unknown_origin"),
    Rule("CVP212", WARNING, "references.unused_choice_list"),
    Rule("CVP213", WARNING, "references.unused_source"),
    Rule("CVP214", WARNING, "references.unused_lens"),
    Rule("CVP215", ERROR, "references.language_case"),
    Rule("CVP216", ERROR, "elsewhere.unknown_mirror"),
    Rule("CVP217", ERROR, "references.unknown_grid"),
    Rule("CVP218", WARNING, "references.outside_grid"),
    Rule("CVP219", WARNING, "elsewhere.unknown_informed"),
    Rule("CVP301", ERROR, "measurement.unreachable_level"),
    Rule("CVP302", ERROR, "measurement.unfailing_gate"),
    Rule("CVP303", WARNING, "measurement.idle_criterion"),
    Rule("CVP304", ERROR, "measurement.unreachable_must"),
    Rule("CVP305", WARNING, "measurement.unfailing_must"),
    Rule("CVP306", ERROR, "measurement.falling_scores"),
    Rule("CVP307", WARNING, "measurement.equal_scores"),
    Rule("CVP308", WARNING, "measurement.missing_extreme"),
    Rule("CVP309", WARNING, "measurement.lone_decider"),
    Rule("CVP310", WARNING, "measurement.few_criteria"),
    Rule("CVP311", WARNING, "measurement.drowning_weight"),
    Rule("CVP312", ERROR, "measurement.idle_safeguard"),
    Rule("CVP313", ERROR, "measurement.constant_cap"),
    Rule("CVP314", ERROR, "measurement.no_way_up"),
    Rule("CVP315", WARNING, "measurement.unlifted_criterion"),
    Rule("CVP316", ERROR, "measurement.idle_recommendation"),
    Rule("CVP317", WARNING, "measurement.unreachable_lift"),
    Rule("CVP318", ERROR, "measurement.no_customer_gain"),
    Rule("CVP401", WARNING, "wording.two_questions"),
    Rule("CVP402", WARNING, "wording.double_negation"),
    Rule("CVP403", WARNING, "wording.leading_words"),
    Rule("CVP404", WARNING, "wording.long_label"),
    Rule("CVP405", ERROR, "wording.repeated_anchor"),
    Rule("CVP406", WARNING, "wording.anchors_by_degree"),
    Rule("CVP407", INFO, "wording.missing_hint"),
    Rule("CVP408", WARNING, "wording.missing_translation"),
    Rule("CVP409", INFO, "wording.wide_label"),
    Rule("CVP410", INFO, "wording.wide_short"),
    Rule("CVP501", ERROR, "answering.unknown_questionnaire"),
    Rule("CVP502", ERROR, "answering.other_questionnaire"),
    Rule("CVP503", ERROR, "answering.unknown_question"),
    Rule("CVP504", ERROR, "answering.unknown_choice"),
    Rule("CVP505", WARNING, "answering.other_version"),
    Rule("CVP506", WARNING, "answering.evidence_after_date"),
    Rule("CVP507", INFO, "answering.stale_answer"),
    Rule("CVP508", INFO, "answering.unanswered"),
    Rule("CVP509", WARNING, "answering.respondent_twice"),
    Rule("CVP510", ERROR, "cases.unexpected_result"),
    Rule("CVP601", ERROR, "changing.version_behind"),
    Rule("CVP602", INFO, "changing.changed_meaning"),
    Rule("CVP603", INFO, "changing.not_comparable"),
    Rule("CVP604", INFO, "changing.moved_level"),
    Rule("CVP605", INFO, "changing.nothing_to_compare"),
    Rule("CVP701", ERROR, "suppressing.suppression_without_reason"),
    Rule("CVP702", ERROR, "suppressing.suppression_of_nothing_known"),
    Rule("CVP703", WARNING, "suppressing.unused_suppression"),
)

BY_CODE: Final = {rule.code: rule for rule in RULES}

MOST: Final = 1000
"""How many findings of a file are told: whoever has more has one cause for them."""

READING: Final = frozenset(f"CVP1{number:02}" for number in (*range(1, 11), 16, 17))
"""The rules of what the reader finds, before there is a model."""

EXPECTING: Final = "CVP510"
"""The rule that scores a case; a case is scored whatever it expects."""

MIRRORING: Final = "CVP216"
"""The rule that looks into another questionnaire, which scoring does not need."""

LOADING: Final = tuple(
    r for r in RULES if r.severity == ERROR and r.family in "125" and r.code not in (EXPECTING, MIRRORING)
)
"""The rules that a file must pass before anything is scored with it."""


def check(subject: Subject, rules: Collection[Rule] = RULES) -> list[Finding]:
    """What the rules find, in the order of the file. One place has one finding of a rule."""
    findings = {finding.sort_key: finding for rule in rules for finding in _findings(subject, rule)}
    unreadable = {f.place for f in findings.values() if f.code in READING}
    # What could not be read is not also of a wrong type.
    kept = (f for f in findings.values() if f.code in READING or f.place not in unreadable)
    return sorted(kept, key=lambda finding: finding.sort_key)[:MOST]


def _findings(subject: Subject, rule: Rule) -> Iterator[Finding]:
    document = subject.document
    for fault in rule.faults(subject):
        place: Place = fault.place or document.place(fault.route, fault.on_key)
        excerpt = excerpt_of(document, place)
        yield Finding(
            file=document.name,
            place=place,
            code=rule.code,
            name=rule.name,
            severity=rule.severity,
            message=fault.message,
            help=fault.help,
            excerpt=excerpt,
            edits=fault.edits,
        )
