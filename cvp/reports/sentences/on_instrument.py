"""In what two questionnaires differ, in words; the same in every format."""

from collections.abc import Sequence

from cvp.comparing.comparison import InstrumentChange
from cvp.reports.sentences import level_label, listed, quoted
from cvp.speaking import _, decimal, ngettext


def tally(changes: Sequence[InstrumentChange]) -> str:
    """`2 criteria added, 1 weight changed`."""
    counts: dict[tuple[str, str, str], int] = {}
    for change in changes:
        kind = (change.what, change.kind, change.field if change.kind == "changed" else "")
        counts[kind] = counts.get(kind, 0) + 1
    return listed([_tallied(*kind, n).format(n=n) for kind, n in counts.items()])


def _tallied(what: str, kind: str, field: str, n: int) -> str:
    match what:
        case "criterion":
            return _criteria_changed(field, n) if field else _criteria(kind, n)
        case "safeguard":
            return _safeguards_changed(field, n) if field else _safeguards(kind, n)
        case "choice":
            return _choices(kind, n)
    return ngettext("{n} level's threshold changed", "{n} level's thresholds changed", n)


def _criteria(kind: str, n: int) -> str:
    match kind:
        case "added":
            return ngettext("{n} criterion added", "{n} criteria added", n)
        case "removed":
            return ngettext("{n} criterion removed", "{n} criteria removed", n)
        case "renamed":
            return ngettext("{n} criterion renamed", "{n} criteria renamed", n)
    return ngettext("{n} criterion reworded", "{n} criteria reworded", n)


def _criteria_changed(field: str, n: int) -> str:
    match field:
        case "level":
            return ngettext("{n} criterion's level changed", "{n} criterion's levels changed", n)
        case "weight":
            return ngettext("{n} weight changed", "{n} weights changed", n)
        case "least score":
            return ngettext("{n} least score changed", "{n} least scores changed", n)
    return ngettext("{n} criterion's freshness changed", "{n} criteria's freshness changed", n)


def _safeguards(kind: str, n: int) -> str:
    match kind:
        case "added":
            return ngettext("{n} safeguard added", "{n} safeguards added", n)
        case "removed":
            return ngettext("{n} safeguard removed", "{n} safeguards removed", n)
        case "renamed":
            return ngettext("{n} safeguard renamed", "{n} safeguards renamed", n)
    return ngettext("{n} safeguard reworded", "{n} safeguards reworded", n)


def _safeguards_changed(field: str, n: int) -> str:
    if field == "cap":
        return ngettext("{n} safeguard's cap changed", "{n} safeguard's caps changed", n)
    return ngettext("{n} safeguard's threshold changed", "{n} safeguard's thresholds changed", n)


def _choices(kind: str, n: int) -> str:
    match kind:
        case "added":
            return ngettext("{n} choice added", "{n} choices added", n)
        case "removed":
            return ngettext("{n} choice removed", "{n} choices removed", n)
        case "renamed":
            return ngettext("{n} choice renamed", "{n} choices renamed", n)
        case "reworded":
            return ngettext("{n} choice reworded", "{n} choices reworded", n)
    return ngettext("{n} choice's score changed", "{n} choice's scores changed", n)


def instrument_change(change: InstrumentChange) -> str:
    """What changed, in a sentence without a full stop."""
    thing, before, after = _thing(change), change.before, change.after
    match change.kind:
        case "added":
            said = _("{thing} is new")
        case "removed":
            said = _("{thing} is gone")
        case "renamed":
            said = _("{thing} has another id, {after} instead of {before}; its answers count on")
        case "reworded":
            said, before = _("{thing} was {before}"), quoted(before)
        case "changed":
            said, before, after = _("{thing}: {field} {after} instead of {before}"), _figure(before), _figure(after)
            if change.field == "freshness":
                said = _("{thing}: {field} {after} months instead of {before}")
    return said.format(thing=thing, field=_(change.field), before=before, after=after)


def _thing(change: InstrumentChange) -> str:
    match change.what:
        case "level":
            return level_label(int(change.id))
        case "criterion":
            said = _("The criterion {name}")
        case "safeguard":
            said = _("The safeguard {name}")
        case "choice":
            said = _("The choice {name} of {question}")
    return said.format(name=quoted(change.name), question=quoted(change.owner))


def _figure(value: str) -> str:
    return _("none") if value == "none" else decimal(float(value), "g")
