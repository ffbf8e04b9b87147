"""Texts of a questionnaire: one string, or one a language; and what may be shown of a foreign string."""

import re
import unicodedata
from typing import Final, TypeAlias

Text: TypeAlias = str | dict[str, str]

# C0 and C1 controls but for tab and line feed, bidirectional marks, line separators, lone surrogates, non-characters:
# they move cursors, set window titles or reorder what is read.
UNPRINTABLE: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]"
)

_UNBROKEN: Final = str.maketrans("\u00a0\u202f", "\ufdd0\ufdd1")
_BROKEN: Final = str.maketrans("\ufdd0\ufdd1", "\u00a0\u202f")

_TYPED: Final = {
    **dict.fromkeys("\xa0\u202f", " "),
    **dict.fromkeys("“”„", '"'),
    **dict.fromkeys("‘’‚", "'"),
    **dict.fromkeys("–—−", "-"),
    **dict(zip("«»…→·•¿¡", ("<<", ">>", "...", "->", "-", "*", "?", "!"), strict=True)),
    **dict(zip("äöüÄÖÜß", ("ae", "oe", "ue", "Ae", "Oe", "Ue", "ss"), strict=True)),
    **dict(zip("æÆœŒøØłŁ", ("ae", "Ae", "oe", "Oe", "o", "O", "l", "L"), strict=True)),
}

_SPACES: Final = re.compile("[^\\S\u00a0\u202f]+")


def printable(foreign: str) -> str:
    """`foreign` with everything that could steer a terminal written out, as in `\\x1b`."""
    return UNPRINTABLE.sub(lambda match: escaped(match.group()), foreign)


def one_line(foreign: str) -> str:
    """`foreign`, printable and `squeezed`."""
    return squeezed(printable(foreign))


def squeezed(text: str) -> str:
    """The text on one line with single spaces; those at which no line may break stay what they are."""
    return _SPACES.sub(" ", text).strip()


def unbroken(text: str) -> str:
    """The text with signs that are no spaces where no line may break: what wraps texts for terminals would break it."""
    return text.translate(_UNBROKEN)


def with_spaces(shown: str) -> str:
    """What was wrapped, with spaces again where `unbroken` took them."""
    return shown.translate(_BROKEN)


def escaped(character: str) -> str:
    """A character as a program would write it: `\\x1b`, `\\u202e`."""
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def typed(character: str) -> str:
    """A character in ASCII: what a typewriter puts in its place, the letter without its accent, else `escaped`."""
    if known := _TYPED.get(character):
        return known
    letter = unicodedata.normalize("NFD", character)[:1] if character.isalpha() else ""
    return letter if letter.isascii() and letter else escaped(character)


def in_language(text: Text, language: str, default: str) -> str:
    """The text in `language`, else in `default`, else in the first language that it has."""
    if isinstance(text, str):
        return text.strip()
    return (text.get(language) or text.get(default) or next(iter(text.values()))).strip()


def and_list(words: list[str], conjunction: str = "and") -> str:
    """`a, b and c`."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {conjunction} {words[-1]}"


def counted(number: int, noun: str, plural: str = "") -> str:
    """`1 answer`, `3 answers`."""
    return f"{number} {noun if number == 1 else plural or noun + 's'}"
