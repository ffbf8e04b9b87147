"""CVP6xx: what changed since an earlier revision, and whether the version says so."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from cvp.document import Fault, Route
from cvp.questionnaire import Questionnaire
from cvp.rules.subject import Subject
from cvp.text import counted

if TYPE_CHECKING:
    from cvp.changes import Change

_NEVER_STALE = "0001-01-01"


def version_behind(subject: Subject) -> Iterator[Fault]:
    """The meaning changed, and the version does not say so.

    Results name the version that they were scored with, and people compare results of one version. A change after
    which old and new levels cannot be compared needs a new first number (2.0.0), one that adds or alters something
    else a second (1.1.0), wording a third (1.0.1). A version never goes back.
    """
    if compared := _compared(subject):
        from cvp.changes import bump_needed, is_enough  # no check without --against pays for these

        before, after, found = compared
        if not is_enough(before.version, after.version, bump_needed(found)):
            yield Fault(_behind(before.version, after.version, found), ("version",))


def _behind(before: str, after: str, found: tuple[Change, ...]) -> str:
    from cvp.changes import bump_made, bump_needed, next_version

    made, needed = bump_made(before, after), bump_needed(found)
    if needed is None:
        return f"the version went back from {before} to {after}; make it {before} again, since nothing else changed"
    number = sum(change.needs == needed for change in found)
    weight = f"{counted(number, 'change')} that {'needs' if number == 1 else 'need'} a new {needed} version"
    how = {"none": f"is still {after}", "back": f"went back from {before} to {after}"}
    is_now = how.get(made, f"went from {before} to {after} only")
    return f"the meaning changed ({weight}), but the version {is_now}; make it {next_version(before, needed)}"


def changed_meaning(subject: Subject) -> Iterator[Fault]:
    """Something means something else than at the earlier revision.

    This is what a reviewer needs to see; it asks for nothing by itself. The help says which version the change needs,
    and whether levels from before and after it can be compared.
    """
    if compared := _compared(subject):
        for change in compared.changes:
            is_there, route = _placed(subject, change, compared.after)
            on_key = is_there and change.on_key
            yield Fault(change.sentence, route, on_key=on_key, help=_WEIGHS[change.comparable].format(change.needs))


_WEIGHS = {
    "no": "needs a new {} version: levels from before and after it are not comparable",
    "with care": "needs a new {} version: people may answer otherwise, so compare levels with care",
    "yes": "needs a new {} version: levels stay comparable",
}


def _placed(subject: Subject, change: Change, after: Questionnaire) -> tuple[bool, Route]:
    """Where to point at in this file, and whether its section is there at all; a selection holds no more than picks."""
    route = change.route
    if subject.selection:
        route = _picked(subject, route, after)
    data = subject.document.data
    if route and isinstance(data, dict) and route[0] in data:
        return True, route
    return False, ("id",)


def _picked(subject: Subject, route: Route, after: Questionnaire) -> Route:
    assert subject.selection
    picks = {"criteria": subject.selection.picks.criteria, "safeguards": subject.selection.picks.safeguards}
    match route:
        case ("id" | "title" | "summary", *_):
            return route
        case ("criteria" | "safeguards" as part, int(index), *_):
            asked = after.criteria if part == "criteria" else after.safeguards
            return ("picks", part, picks[part].index(asked[index].id))
        case ("criteria" | "safeguards" as part,) if picks[part]:
            return ("picks", part)
    return ("picks", "from")


def not_comparable(subject: Subject) -> Iterator[Fault]:
    """Levels from before and after these changes cannot be compared.

    A level that rises because a weight fell is no progress. Score old answers again with the new version, or show the
    two apart and say so. CVP602 lists every change.
    """
    if compared := _compared(subject):
        before, after, found = compared
        if breaking := [change.sentence for change in found if change.comparable == "no"]:
            more = f", and {counted(len(breaking) - 1, 'more change')}" if len(breaking) > 1 else ""
            was = f"version {before.version}" if before.version != after.version else "before"
            message = f"levels cannot be compared with those of {was}: {breaking[0]}{more}"
            yield Fault(message, ("version",), help="score the old answers again, or show old and new levels apart")


def moved_level(subject: Subject) -> Iterator[Fault]:
    """The same answers come out at another level than at the earlier revision.

    Whoever changes a weight or a threshold should see whom it moves. If that is meant, the expectation of the case and
    the version of the questionnaire say so.
    """
    answers, before, after = subject.answers, subject.before, subject.questionnaire
    if answers and before and after and not _is_faulty(subject):
        from cvp.changes import Case, moves

        case = Case(answers.company, answers.sheets, answers.date or _NEVER_STALE)
        for moved in moves(before, after, [case]):
            route: Route = ("expect", "level") if answers.expect else ("questionnaire",)
            was = f"version {before.version}" if before.version != after.version else "the earlier revision"
            yield Fault(f"these answers come out at level {moved.after}; with {was} it was {moved.before}", route)


def nothing_to_compare(subject: Subject) -> Iterator[Fault]:
    """There is no earlier questionnaire to compare this one with.

    The file is new since the revision, or what it was then had errors or was no questionnaire. Nothing is wrong with
    that; only nothing could be said of what changed.
    """
    if subject.uncompared:
        yield Fault(subject.uncompared, ("version",))


class _Comparison(NamedTuple):
    before: Questionnaire
    after: Questionnaire
    changes: tuple[Change, ...]


def _compared(subject: Subject) -> _Comparison | None:
    """The questionnaire before and after, where the file makes a sound one: of half a one, half would seem gone."""
    before, after = subject.before, subject.questionnaire
    if subject.kind == "answers" or not before or not after or _is_faulty(subject):
        return None
    from cvp.changes import changes

    return _Comparison(before, after, changes(before, after))


def _is_faulty(subject: Subject) -> bool:
    return bool(subject.document.faults or subject.shape_faults)
