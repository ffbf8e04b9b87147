"""A summary of buyers' answers, as `cvp batch --summary` writes it in JSON → Measure."""

from collections.abc import Iterator, Mapping

from cvp.comparing.measure import KEYS, Buyers, Measure
from cvp.document import Fault, Route
from cvp.errors import Unreadable
from cvp.questionnaire import LevelKey
from cvp.reading import parse_document, read_bytes
from cvp.rules.sound import sound

FORMAT = "batch/1"


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
    return sound(Measure, document, _contradictions)


def _contradictions(measure: Measure) -> Iterator[Fault]:
    groups: list[tuple[Route, Buyers]] = [(("all",), measure.everyone)] if measure.everyone else []
    for number, cut in enumerate(measure.segments):
        groups += [(("segments", number, "groups", at), group) for at, group in enumerate(cut.groups)]
    most = measure.everyone.n if measure.everyone else 0
    for route, group in groups:
        yield from _contradictions_of(group, route, most)
    for at, item in enumerate(measure.items or ()):
        if item.n > most or (item.mean is None) != (item.n == 0):
            yield Fault("`n` does not fit", ("items", at), kind="wrong_value")


def _contradictions_of(group: Buyers, route: Route, most: int) -> Iterator[Fault]:
    if sum(group.levels.values()) != group.n:
        yield Fault("`levels` do not add up to `n`", (*route, "levels"), kind="wrong_value")
    if group.n > most:
        yield Fault("`n` is more than there are buyers", (*route, "n"), kind="wrong_value")
    if group.not_secured > group.levels["1"]:
        yield Fault("`not_secured` is more than are on Level 1", (*route, "not_secured"), kind="wrong_value")
    if group.uncapped_levels and not _is_lifted(group, group.uncapped_levels):
        yield Fault("safeguards never lift a level", (*route, "uncapped_levels"), kind="wrong_value")
    for key in KEYS:
        mean = group.scores[key]
        if mean.n > group.n or (mean.mean is None) != (mean.n == 0):
            yield Fault("`n` does not fit", (*route, "scores", key), kind="wrong_value")


def _is_lifted(group: Buyers, uncapped: Mapping[LevelKey, int]) -> bool:
    """Whether without safeguards all are there, at no lower levels than with them."""
    if sum(uncapped.values()) != group.n or (group.capped or 0) > group.n:
        return False
    return all(
        sum(uncapped[key] for key in KEYS[at:]) >= sum(group.levels[key] for key in KEYS[at:])
        for at in range(len(KEYS))
    )
