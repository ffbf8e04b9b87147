"""The language of cvp's own words: English in the code, others from the gettext catalogues in `locales`.

    with speaking("de"):
        _("{n} of {total} answered").format(n=3, total=46)

What is filled in comes by name, so that a translator can reorder it, and after translating, so that no foreign text is
ever a template. `python tests/catalogues.py` brings the catalogues up to date with the code.
"""

import contextlib
from collections.abc import Iterator
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

if TYPE_CHECKING:
    from gettext import NullTranslations

ENGLISH: Final = "en"
TRANSLATED: Final = ("de", "es", "fr")
LOCALES: Final = Path(__file__).parent / "locales"
DOMAIN: Final = "cvp"

_Message = TypeVar("_Message", bound=str)
_spoken: Final = ContextVar("spoken", default=ENGLISH)


@contextlib.contextmanager
def speaking(language: str | None) -> Iterator[None]:
    """In the block, cvp's own words are in this language: `de-AT` is German, one that cvp does not speak is English."""
    before = _spoken.set(spoken_for(language or ENGLISH))
    try:
        yield
    finally:
        _spoken.reset(before)


def spoken() -> str:
    """The language spoken now, as in `de`."""
    return _spoken.get()


def spoken_for(language: str) -> str:
    """The language that cvp speaks where this one is wanted."""
    main = main_language(language)
    return main if main in TRANSLATED else ENGLISH


def language_tag(written: str) -> str:
    """A language as it is compared, however people write it: `de-at` for `de_AT`, `de-AT` and ` DE-at`."""
    return written.strip().replace("_", "-").casefold()


def main_language(written: str) -> str:
    """`de` for `de`, `DE` and `de_AT`."""
    return language_tag(written).partition("-")[0]


def _(message: str) -> str:
    """The message in the language spoken now. Empty stays empty."""
    words = _words(spoken())
    return message if words is None or not message else words.gettext(message)


def ngettext(one: str, many: str, number: int) -> str:
    """The message for so many of something."""
    words = _words(spoken())
    return (one if number == 1 else many) if words is None else words.ngettext(one, many, number)


def pgettext(context: str, message: str) -> str:
    """The message where one English word has several meanings; `context` tells the translator which."""
    words = _words(spoken())
    return message if words is None else words.pgettext(context, message)


def N_(message: _Message) -> _Message:  # noqa: N802 - gettext's own name
    """The message as it is, marked for the catalogues; whoever shows it translates it then."""
    return message


def decimal(number: float, form: str) -> str:
    """A number in this format, as in `.2f`, `,` or `.0%`, with the marks of the language."""
    marks: dict[str, int | str | None] = {
        ".": pgettext("decimal mark", "."),
        ",": pgettext("thousands separator", ","),
        "%": pgettext("percent sign", "%"),
    }
    return format(number, form).translate(str.maketrans(marks))


def score(share: float, passing: float | None = None) -> str:
    """A score from 0 to 1 with two decimals; never rounded up to a threshold that is not reached."""
    return decimal(rounded(share, passing), ".2f")


def rounded(share: float, passing: float | None = None) -> float:
    """To two decimals; never up to a threshold that is not reached."""
    near = round(share, 2)
    return near - 0.01 if passing is not None and share < passing <= near else near


def threshold(share: float) -> str:
    """What a score must reach, or what a choice counts: as `score` shows it, but with all the decimals that it has."""
    return decimal(share, ".2f" if share == round(share, 2) else "g")


@cache
def _words(language: str) -> "NullTranslations | None":
    """The catalogue of a language; none for English, for which no file is read."""
    if language == ENGLISH:
        return None
    from gettext import translation

    return translation(DOMAIN, LOCALES, [language])
