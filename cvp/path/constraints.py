"""What a path must keep to."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Constraints:
    """At most `budget` days of work in all, and none of the `excluded` recommendations."""

    budget: int | None = None
    excluded: frozenset[str] = frozenset()
