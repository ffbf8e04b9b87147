"""One change in meaning, and how much it weighs."""

from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from cvp.document import Route

Needs: TypeAlias = Literal["major", "minor", "patch"]
Comparable: TypeAlias = Literal["yes", "with care", "no"]
What: TypeAlias = Literal[
    "questionnaire",
    "level",
    "criterion",
    "safeguard",
    "background question",
    "choice",
    "recommendation",
    "lens",
    "source",
    "translation",
]
Kind: TypeAlias = Literal["added", "removed", "renamed", "changed", "reworded", "spelt", "reordered", "rewritten"]


@dataclass(frozen=True, slots=True)
class Effect:
    """The version that a change needs, and whether levels from before and after it can be compared."""

    needs: Needs
    comparable: Comparable


MAJOR: Final = Effect("major", "no")
CARE: Final = Effect("minor", "with care")
MINOR: Final = Effect("minor", "yes")
PATCH: Final = Effect("patch", "yes")


@dataclass(frozen=True, slots=True)
class Change:
    """One change. `id` is what changed, by its new name, or the old one where it is gone (a choice as `list.value`).

    `route` is where it stands in the new questionnaire, written as a file; of what is gone, where it would stand.
    """

    what: What
    id: str
    kind: Kind
    sentence: str
    effect: Effect
    route: Route

    @property
    def needs(self) -> Needs:
        return self.effect.needs

    @property
    def comparable(self) -> Comparable:
        return self.effect.comparable

    @property
    def on_key(self) -> bool:
        """Whether to point at the key above it, since it is gone itself or the whole is meant."""
        return self.kind in ("removed", "reordered")


@dataclass(frozen=True, slots=True)
class Thing:
    """Something of the new questionnaire whose parts are compared: what, by which id, as a sentence says it, where."""

    what: What
    id: str
    said: str
    route: Route

    def change(self, kind: Kind, sentence: str, effect: Effect, *below: str | int) -> Change:
        return Change(self.what, self.id, kind, sentence, effect, (*self.route, *below))
