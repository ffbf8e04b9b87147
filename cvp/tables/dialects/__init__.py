"""One module a survey tool: how its exports are recognised, and what follows from it.

To add one: a file with `recognise` and `layout`, a line in DIALECTS before `plain`, an example in
tests/examples/exports.
"""

from collections.abc import Mapping
from typing import Final, Protocol

from cvp.errors import WrongUsage
from cvp.matching import near
from cvp.tables.dialects import (
    google_forms,
    kobotoolbox,
    limesurvey,
    microsoft_forms,
    odk_central,
    plain,
    qualtrics,
    redcap,
    surveymonkey,
    typeform,
)
from cvp.tables.layout import Head, Layout
from cvp.text import one_line


class Dialect(Protocol):
    """What a module of this folder offers.

    `LOCALISED` are folded headers that the tool writes in other languages at the first or second place: too weak to
    recognise it by, enough to suggest it.
    """

    NAME: str
    LOCALISED: frozenset[str]

    def recognise(self, head: Head) -> str | None:
        """Why this is an export of the tool, as a clause that follows "since"; None where it is not."""

    def layout(self, head: Head) -> Layout:
        """How the table is laid out, whether or not it was recognised."""


DIALECTS: Final[Mapping[str, Dialect]] = {
    "qualtrics": qualtrics,
    "limesurvey": limesurvey,
    "odk_central": odk_central,
    "kobotoolbox": kobotoolbox,
    "redcap": redcap,
    "surveymonkey": surveymonkey,
    "typeform": typeform,
    "microsoft_forms": microsoft_forms,
    "google_forms": google_forms,
    "plain": plain,
}
"""By what `--dialect` calls them; those with the surest marks first, `plain` last, which fits everything."""


def dialect_named(name: str) -> str:
    """The key in DIALECTS that the user means. Raises WrongUsage."""
    key = name.strip().casefold().replace("-", "_").replace(" ", "_")
    if key in DIALECTS:
        return key
    hint = near(key, DIALECTS, 0.5)
    meant = f"did you mean {hint[0]}?" if hint else f"known are {', '.join(DIALECTS)}"
    raise WrongUsage(f"--dialect {one_line(name)}: is no dialect; {meant}")


def recognised(head: Head) -> tuple[str, str]:
    """The dialect of a table, and a sentence that says why."""
    for key, dialect in DIALECTS.items():
        if why := dialect.recognise(head):
            return key, f"Read as {dialect.NAME}, since {why}."
    raise AssertionError("plain fits everything")


def suggestion(head: Head) -> str:
    """A sentence that suggests a dialect by a header in another language; empty where none is known."""
    for key, dialect in DIALECTS.items():
        for header, name in zip(head.headers[:2], head.names[:2], strict=True):
            if name in dialect.LOCALISED:
                begins = f"is how {dialect.NAME} begins in another language"
                return f"The header `{one_line(header)}` {begins}: if so, give --dialect {key}."
    return ""
