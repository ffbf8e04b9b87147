"""cvp's own words in other languages, brought up to date with the code: python tests/catalogues.py

What is new in the code stands in the catalogues untranslated then; what has gone from it has gone from them.
"""

import sys
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import TypeAlias

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po, write_po

from cvp.speaking import DOMAIN, LOCALES, TRANSLATED

Forms: TypeAlias = str | tuple[str, ...] | list[str] | None
Arguments: TypeAlias = tuple[int | tuple[int, int] | tuple[int, str], ...] | None
Keywords: TypeAlias = Mapping[str, dict[int | None, Arguments] | Arguments]

CODE = LOCALES.parent
WIDTH = 120
METHODS = [("**.py", "python"), ("**.jinja", "jinja2")]
KEYS = CODE / "interview" / "keys"
PLACES: tuple[tuple[Path, Keywords], ...] = (
    (CODE, DEFAULT_KEYWORDS),
    (KEYS, {"Key": (3,)}),
    (KEYS, {"Key": (4,)}),
    (KEYS, {"Key": (6,)}),
)
"""Where messages are: in calls of what `cvp.speaking` has; and in an interview's keys, what each does and takes."""


def file_of(language: str, ending: str) -> Path:
    """The catalogue as translators write it (`po`) or as cvp reads it (`mo`)."""
    return LOCALES / language / "LC_MESSAGES" / f"{DOMAIN}.{ending}"


@cache
def template() -> Catalog:
    """Every message in the code."""
    catalogue = Catalog(domain=DOMAIN)
    for file, message, context in sorted(_messages(), key=lambda found: found[0]):
        catalogue.add(message, locations=[(file, 0)], context=context)
    return catalogue


def _messages() -> Iterator[tuple[str, str | tuple[str, ...], str | None]]:
    for folder, keywords in PLACES:
        found = extract_from_dir(folder, METHODS, options_map={"**.jinja": {"silent": "false"}}, keywords=keywords)
        for file, _, message, __, context in found:
            if folder == CODE or any(map(str.isalpha, message)):
                yield (folder / file).relative_to(CODE.parent).as_posix(), message, context


def read(language: str) -> Catalog:
    """The catalogue as it is; an empty one where there is none yet."""
    file = file_of(language, "po")
    if not file.exists():
        return Catalog(locale=language, domain=DOMAIN, fuzzy=False)
    with file.open("rb") as text:
        return read_po(text, locale=language, domain=DOMAIN)


def read_compiled(language: str) -> Catalog:
    """The catalogue that cvp reads."""
    with file_of(language, "mo").open("rb") as data:
        return read_mo(data)


def update(language: str) -> int:
    """Writes both files anew. How many messages are untranslated or doubtful."""
    catalogue, words = read(language), template()
    catalogue.update(words, no_fuzzy_matching=True, update_creation_date=False)  # else every run would change the file
    file_of(language, "po").parent.mkdir(parents=True, exist_ok=True)
    with file_of(language, "po").open("wb") as text:
        write_po(text, catalogue, width=WIDTH, include_lineno=False, ignore_obsolete=True)
    with file_of(language, "mo").open("wb") as data:
        write_mo(data, catalogue)
    return sum(bool(message.id) and (message.fuzzy or not all(forms(message.string))) for message in catalogue)


def forms(message: Forms) -> tuple[str, ...]:
    """A message or a translation, form by form."""
    return tuple(message or ("",)) if isinstance(message, tuple | list) else (message or "",)


if __name__ == "__main__":
    left = {language: update(language) for language in TRANSLATED}
    for language, number in left.items():
        print(f"{file_of(language, 'po')}: {number} to translate")
    sys.exit(any(left.values()))
