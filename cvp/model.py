"""What all models of files share: strict, frozen, no unknown keys, no value shown in an error."""

from typing import Annotated, Any, Final, Literal, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    StringConstraints,
    Tag,
)
from typing_extensions import TypeAliasType

from cvp.level import Level


class Frozen(BaseModel):
    """A part of a file: what it does not name is refused, and what it holds does not change."""

    model_config = ConfigDict(
        strict=True,
        frozen=True,
        extra="forbid",
        hide_input_in_errors=True,
        defer_build=True,  # a part is built with the whole that it belongs to, not once more for itself
    )


class Saved(Frozen):
    """What a file or a report in JSON holds as a whole."""

    def to_json(self) -> str:
        """The same text for equal contents, byte for byte; ends with a line feed."""
        return self.model_dump_json(by_alias=True, indent=2) + "\n"


def _whole(value: Any) -> Any:
    if type(value) is not int:  # a Literal takes True and 1.0 for 1, strict or not
        raise ValueError("must be a whole number")
    return value


Format = Annotated[Literal[1], BeforeValidator(_whole)]
"""The version of the file format."""
LevelNumber = Annotated[Level, BeforeValidator(_whole)]
Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=64)]
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=10_000)]
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]
SemVer = Annotated[
    str, StringConstraints(pattern=r"^(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)(-[0-9A-Za-z.-]+)?$")
]
Item = TypeVar("Item")

MOST_ENTRIES: Final = 1000
"""How many criteria, recommendations or ballots one file may have; the largest questionnaire has some fifty."""


def _not_empty(items: tuple[Item, ...]) -> tuple[Item, ...]:
    if not items:
        raise ValueError("needs at least one entry")
    return _not_too_many(items)


def _not_too_many(items: tuple[Item, ...]) -> tuple[Item, ...]:
    if len(items) > MOST_ENTRIES:
        raise ValueError(f"has more than {MOST_ENTRIES} entries; split the questionnaire")
    return items


Some = Annotated[tuple[Item, ...], AfterValidator(_not_empty), Field(json_schema_extra={"minItems": 1})]
"""A list of one or more. With `min_length`, one bad entry would be reported twice."""
Several = Annotated[tuple[Item, ...], AfterValidator(_not_too_many)]
"""A list of any length that a person could read."""
Score = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]


def _kind_of_text(value: Any) -> str:
    return "translations" if isinstance(value, dict) else "text"


# A named type, so that pydantic builds it once and not once a field; discriminated, so that a wrong text is one error
# and not one a branch.
Words = TypeAliasType(
    "Words",
    Annotated[
        Annotated[Line, Tag("text")] | Annotated[dict[Language, Line], Field(min_length=1), Tag("translations")],
        Discriminator(_kind_of_text),
    ],
)
"""A text: one string, or one a language. Read it with `cvp.text.in_language`."""
