"""A summary of buyers' answers, as `cvp batch --summary` writes it in JSON → Measure."""

from collections.abc import Iterator

from cvp.comparing.measure import Buyers, Measure
from cvp.document import Document, Fault, Route
from cvp.errors import Unreadable
from cvp.finding import Invalid
from cvp.level import LEVELS
from cvp.reading import parse_document, read_bytes
from cvp.rules import LOADING, check
from cvp.rules.shape import validated
from cvp.rules.subject import Subject

FORMAT = "batch/1"

_SHAPE = tuple(rule for rule in LOADING if rule.family == "1")


def load_measure(name: str) -> Measure:
    """The summary in a file, or on standard input (`-`). Raises Invalid or Unreadable."""
    return measure_in(name, read_bytes(name))


def measure_in(name: str, data: bytes) -> Measure:
    """The summary in these bytes. Raises Invalid or Unreadable: what contradicts itself is refused too."""
    document = parse_document(name, data)
    if isinstance(document.data, dict) and (kind := document.data.get("cvp")) != FORMAT:
        if isinstance(kind, str) and kind.startswith("batch/"):
            raise Unreadable(f"{name}: is of another version than {FORMAT}, the one that this cvp reads")
        raise Unreadable(f"{name}: is no summary; `cvp batch TABLE --questionnaire buyers --summary FILE` writes one")
    measure, faults = validated(Measure, document)
    if measure and not faults:
        faults = list(_contradictions(measure, document))
    if findings := check(Subject(document, "answers", tuple(faults)), _SHAPE):
        raise Invalid(findings)
    assert measure
    return measure


def _contradictions(measure: Measure, document: Document) -> Iterator[Fault]:  # noqa: ARG001
    groups: list[tuple[Route, Buyers]] = [(("all",), measure.everyone)] if measure.everyone else []
    for number, cut in enumerate(measure.segments):
        groups += [(("segments", number, "groups", at), group) for at, group in enumerate(cut.groups)]
    most = measure.everyone.n if measure.everyone else 0
    for route, group in groups:
        if sum(group.levels.values()) != group.n:
            yield Fault("`levels` do not add up to `n`", (*route, "levels"), kind="wrong_value")
        if group.n > most:
            yield Fault("`n` is more than there are buyers", (*route, "n"), kind="wrong_value")
        if group.not_secured > group.levels["1"]:
            yield Fault("`not_secured` is more than are on Level 1", (*route, "not_secured"), kind="wrong_value")
        for level in LEVELS:
            mean = group.scores[str(level)]  # type: ignore[index] # the keys are these
            if mean.n > group.n or (mean.mean is None) != (mean.n == 0):
                yield Fault("`n` does not fit", (*route, "scores", str(level)), kind="wrong_value")
    for at, item in enumerate(measure.items or ()):
        if item.n > most or (item.mean is None) != (item.n == 0):
            yield Fault("`n` does not fit", ("items", at), kind="wrong_value")
