"""What has an id, before and after: which came, went, were renamed or stand in another order."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Generic, TypeAlias, TypeVar

from cvp.changes.change import Change, Effect, Thing, What
from cvp.document import Route
from cvp.questionnaire import Background, Choice, Criterion, Lens, Option, Recommendation, Safeguard

Part = TypeVar("Part", Criterion, Safeguard, Background, Recommendation, Option, Lens)
_AnyPart: TypeAlias = Criterion | Safeguard | Background | Recommendation | Option | Lens


@dataclass(frozen=True)
class Section(Generic[Part]):
    """Parts of one kind by id, and what it means when they come, go, get another id or another order.

    `places` is where the new ones stand, `route` where the whole section does; `owner` is what they belong to, for a
    sentence.
    """

    what: What
    before: Mapping[str, Part]
    after: Mapping[str, Part]
    places: Mapping[str, Route]
    route: Route
    effect: Effect
    order: Effect | None
    said_in: str = ""
    owner: str = ""

    def thing(self, key: str) -> Thing:
        """The part of this id, which must be in the new questionnaire."""
        return Thing(self.what, self._id(key), f"`{key}`{self.said_in}", self.places[key])

    def _id(self, key: str) -> str:
        return f"{self.owner}.{key}" if self.owner else key

    def _told(self, key: str, kind: str) -> str:
        return f"the {self.what} `{key}`{self.said_in} {kind}"

    def kept(self) -> list[tuple[str, Part, Part]]:
        """New id, before and after, in the order of the new file."""
        renamed = self.renamed()
        old = {key: renamed.get(key, key) for key in self.after}
        return [(key, self.before[old[key]], self.after[key]) for key in self.after if old[key] in self.before]

    def renamed(self) -> dict[str, str]:
        """New id → old id of what lost its id but kept its label (a choice: its score too)."""
        gone: dict[str, list[str]] = {}
        for key, part in self.before.items():
            if key not in self.after:
                gone.setdefault(_mark(part), []).append(key)
        new = ((key, gone.get(_mark(part))) for key, part in self.after.items() if key not in self.before)
        return {key: likely.pop(0) for key, likely in new if likely}

    def changes(self) -> Iterator[Change]:
        """What came, went, was renamed or moved. What became of the parts that were kept is not told here."""
        renamed = self.renamed()
        for key in self.after:
            if key in renamed:
                sentence = self._told(renamed[key], f"is now called `{key}`")
                yield Change(self.what, self._id(key), "renamed", sentence, self.effect, self.places[key])
            elif key not in self.before:
                yield Change(
                    self.what, self._id(key), "added", self._told(key, "is new"), self.effect, self.places[key]
                )
        for key in self.before:
            if key not in self.after and key not in renamed.values():
                yield Change(self.what, self._id(key), "removed", self._told(key, "is gone"), self.effect, self.route)
        if self.order is not None and self._is_reordered(renamed):
            sentence = f"the order of the {_PLURAL.get(self.what, self.what + 's')}{self.said_in} is another"
            yield Change(self.what, self.owner, "reordered", sentence, self.order, self.route)

    def _is_reordered(self, renamed: Mapping[str, str]) -> bool:
        position = {key: index for index, key in enumerate(self.before)}
        kept: Sequence[int] = [position[old] for key in self.after if (old := renamed.get(key, key)) in position]
        return kept != sorted(kept)


_PLURAL: Final = {"criterion": "criteria", "lens": "lenses"}


def _mark(part: _AnyPart) -> str:
    """What a part is known by when its id is another."""
    return repr((part.label, part.score if isinstance(part, Choice) else None))
