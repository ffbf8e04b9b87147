"""How far a version must rise for what changed, and how far it did."""

from collections.abc import Collection
from typing import Final, Literal, TypeAlias

from cvp.changes.change import Change, Comparable, Needs

Bump: TypeAlias = Literal["major", "minor", "patch", "none", "back"]
"""How a version went on: by its first, second or third number, not at all, or back to an earlier one."""

_SIZES: Final[tuple[Needs, ...]] = ("major", "minor", "patch")
_COMPARABLE: Final[tuple[Comparable, ...]] = ("no", "with care", "yes")


def comparable(changes: Collection[Change]) -> Comparable:
    """Whether levels from before and after the changes can be compared."""
    return min((change.comparable for change in changes), key=_COMPARABLE.index, default="yes")


def bump_needed(changes: Collection[Change]) -> Needs | None:
    """The largest bump that one of the changes needs; None where nothing changed."""
    return min((change.needs for change in changes), key=_SIZES.index, default=None)


def bump_made(before: str, after: str) -> Bump:
    """How the version went on.

    Before 1.0.0 the second number counts as the first and the third as the second, as is usual. A pre-release may
    change anything up to the version that it comes before: from 2.0.0-rc.1 to -rc.2 or to 2.0.0 is a major bump.
    """
    old, new = _numbers(before), _numbers(after)
    if _rank(after) <= _rank(before):
        return "none" if _rank(after) == _rank(before) else "back"
    if old == new:  # from a pre-release on
        place = 0 if new[1:] == (0, 0) else 1 if new[2] == 0 else 2
    else:
        place = next(index for index in range(3) if old[index] != new[index])
    return _SIZES[max(0, place - (new[0] == 0))]


def is_enough(before: str, after: str, needed: Needs | None) -> bool:
    """Whether the version rose as far as it must, and did not go back."""
    made = bump_made(before, after)
    if made == "back":
        return False
    if needed is None:
        return True
    return made != "none" and _SIZES.index(made) <= _SIZES.index(needed)


def next_version(before: str, needed: Needs) -> str:
    """The least version that makes this bump."""
    released = before.partition("-")[0]
    if released != before and is_enough(before, released, needed):
        return released
    major, minor, patch = _numbers(before)
    place = _SIZES.index(needed) + (major == 0)
    if place == 0:
        return f"{major + 1}.0.0"
    return f"{major}.{minor + 1}.0" if place == 1 else f"{major}.{minor}.{patch + 1}"


def _numbers(version: str) -> tuple[int, int, int]:
    major, minor, patch = version.partition("-")[0].split(".")
    return int(major), int(minor), int(patch)


def _rank(version: str) -> tuple[tuple[int, int, int], bool, tuple[tuple[bool, int, str], ...]]:
    """SemVer's precedence: a pre-release comes before its release; numbers before words, and by their value."""
    _, _, pre_release = version.partition("-")
    parts = tuple(
        (False, int(part), "") if part.isdecimal() else (True, 0, part)
        for part in pre_release.split(".")
        if pre_release
    )
    return _numbers(version), not pre_release, parts
