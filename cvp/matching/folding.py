"""Texts and numbers of foreign tables as they are compared."""

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

_NUMBER: Final = re.compile(r"[+-]?(?:[0-9]{1,15}(?:[.,][0-9]{0,15})?|[.,][0-9]{1,15})")
_GUARDED: Final = re.compile(r"'(?=[=+\-@])")
_INVISIBLE: Final = re.compile("[\u200b\u2060\ufeff]")
_BREAK: Final = re.compile(r"</?(?:br|p|div|li)\b[^<>]*>", re.IGNORECASE)
_TAG: Final = re.compile(r"</?[A-Za-z][^<>]*>")
# What follows is no number itself: `10 - 20 orders` is a range.
_COUNTED: Final = re.compile(r"(q ?)?\(?([0-9]{1,3}) ?(?:[.):=–—-]+ |\) ?)(?=[^0-9\s])")
_BRACKETED: Final = re.compile(r"([0-9]{1,3}) ?\(([^0-9\s].*)\)")


def folded(text: str) -> str:
    """The text as it is compared: NFC, case folded, every run of spaces (no-break ones too) and line ends one space.

    A `'` that a spreadsheet's guard put before `=`, `+`, `-` or `@` is gone, and so are marks that nobody sees; a curly
    apostrophe is a straight one.
    """
    plain = " ".join(_INVISIBLE.sub("", unicodedata.normalize("NFC", text)).split())
    return (plain[1:] if _GUARDED.match(plain) else plain).replace("’", "'").casefold()


def headline(text: str) -> str:
    """A column's name or a question's label as it is compared: folded, without a colon or an asterisk at its end.

    Of HTML, as some tools export it, the text alone.
    """
    if "<" in text or "&" in text:
        import html  # few texts need it

        text = html.unescape(_TAG.sub("", _BREAK.sub(" ", text)))
    return folded(text).rstrip(" :*")


def spellings_of(text: str) -> tuple[str, ...]:
    """The text as its author wrote it, and as Windows' code page holds it: with `?` for a narrow no-break space."""
    return tuple(dict.fromkeys((text.strip(), text.strip().replace("\u202f", "?"))))


def unnumbered(key: str) -> str:
    """A folded text without the number that stands before it: `5 - all so far`, `q3. how many?`, `5 (all so far)`."""
    if bracketed := _BRACKETED.fullmatch(key):
        return bracketed[2]
    found = _COUNTED.match(key)
    return key[found.end() :] if found else key


def number_before(key: str) -> float | None:
    """The number that stands before a folded text, as `unnumbered` knows it; None where there is none (`q3. how?`)."""
    if bracketed := _BRACKETED.fullmatch(key):
        return float(bracketed[1])
    found = _COUNTED.match(key)
    return float(found[2]) if found and not found[1] else None


def number_in(cell: str | float) -> float | None:
    """The number in a cell, with a decimal point or comma; None where there is none (`nan`, `１`, `1e3`, `5 %`)."""
    if not isinstance(cell, str):
        return float(cell)
    text = _GUARDED.sub("", cell.strip())
    return float(text.replace(",", ".")) if _NUMBER.fullmatch(text) else None


def near(word: str, known: Iterable[str], cutoff: float) -> list[str]:
    """At most three of `known` that are like the word (difflib's ratio is at least `cutoff`), the likest first."""
    import difflib  # only where something did not fit

    return difflib.get_close_matches(word, list(known), n=3, cutoff=cutoff)
