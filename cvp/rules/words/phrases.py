"""Lists of words, one file a language: a heading in brackets, then a word or a phrase a line.

`a|b` is either word, `wor*` any that begins so, `*` any one word, `**` up to five, `^` the start of the text and `$`
its end. A line `! a|b` says that nothing under its heading is there without one of these words. Phrases under a
heading that begins with "not" are those in which the words above it are meant otherwise.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Final

_LISTS: Final = Path(__file__).parent
_TOKEN: Final = re.compile(r"\w+(?:['/-]\w+)*-?|[&,;:.?!()]")
_ANY: Final = r" [^\W_][^ ]*"
_SIGNS: Final = {"^": r"\A", "$": r"(?=(?: [?.!])* \Z)", "*": _ANY, "**": f"(?:{_ANY}){{0,5}}?"}
_PAUSES: Final = frozenset(",;:.?!()")


@lru_cache(maxsize=2048)  # several rules look at one text
def tokens_of(text: str) -> tuple[str, ...]:
    """The words and stops of a text, in small letters."""
    return tuple(_TOKEN.findall(text.lower().replace("’", "'")))


class Phrases:
    """What one heading says: single words, beginnings of words, and phrases, which are compiled when first needed."""

    def __init__(self, lines: Sequence[str], unless: "Phrases | None" = None) -> None:
        entries: list[list[str]] = [line.split() for line in lines if not line.startswith("!")]
        alone = {word for entry in entries if len(entry) == 1 for word in entry[0].split("|")}
        self.words = frozenset(word for word in alone if "*" not in word)
        self.stems = tuple(sorted(word.rstrip("*") for word in alone if "*" in word))
        self.phrases = [entry for entry in entries if len(entry) > 1]
        self.unless = unless
        needed = [word for line in lines if line.startswith("! ") for word in line[2:].split("|")]
        self._marks = self.words.union(needed or (word for phrase in self.phrases for word in _key(phrase)))

    def first_in(self, text: str) -> str:
        """The first of them in the text; empty where there is none."""
        tokens: Sequence[str] = tokens_of(text)
        if not self._may_be_among(tokens):
            return ""
        tokens = self._set_phrases_glued(tokens)
        if word := next((token for token in tokens if self._is_word(token)), ""):
            return word
        found = self._pattern.search(_spaced(tokens))
        return found[0].strip() if found else ""

    def most_in_a_part(self, text: str) -> int:
        """How many of the single words stand between two stops of the text, at most."""
        tokens = tokens_of(text)
        if sum(map(self._is_word, tokens)) < 2:
            return 0
        return max(sum(map(self._is_word, part)) for part in _parts(self._set_phrases_glued(tokens)))

    def taken_out_of(self, text: str) -> str:
        """The words of the text without these."""
        tokens: Sequence[str] = tokens_of(text)
        if self._may_be_among(tokens):
            tokens = self._pattern.sub("", _spaced(self._set_phrases_glued(tokens))).split()
            tokens = [token for token in tokens if not self._is_word(token)]
        return " ".join(token for token in tokens if token not in _PAUSES)

    def _may_be_among(self, tokens: Sequence[str]) -> bool:
        return not self._marks.isdisjoint(tokens) or bool(self.stems and any(map(self._is_word, tokens)))

    def _is_word(self, token: str) -> bool:
        return token in self.words or (token.startswith(self.stems) and "_" not in token)

    def _set_phrases_glued(self, tokens: Sequence[str]) -> Sequence[str]:
        """The tokens with each phrase that is meant otherwise as one word: `terms_and_conditions`."""
        if not self.unless or not self.unless._may_be_among(tokens):
            return tokens
        return self.unless._pattern.sub(lambda m: " " + m[0].strip().replace(" ", "_"), _spaced(tokens)).split()

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        branches = "|".join("".join(map(_element, phrase)) for phrase in self.phrases)
        return re.compile(f"(?:{branches})(?= )" if branches else r"(?!)")


def _key(phrase: Sequence[str]) -> list[str]:
    """The words of a phrase's most telling place: without one of them the phrase is not there."""
    places: list[list[str]] = [e.split("|") for e in phrase if e not in _SIGNS and "*" not in e]
    return min(places, key=_frequency)


def _frequency(words: Sequence[str]) -> float:
    """How often one of the words will turn up, roughly: short ones are frequent."""
    return sum(len(word) ** -4 for word in words)


def _element(element: str) -> str:
    if element in _SIGNS:
        return _SIGNS[element]
    return f" (?:{'|'.join(re.escape(word).replace(re.escape('*'), '[^ ]*') for word in element.split('|'))})"


def _spaced(tokens: Iterable[str]) -> str:
    return f" {' '.join(tokens)} "


def _parts(tokens: Iterable[str]) -> Iterator[list[str]]:
    part: list[str] = []
    for token in tokens:
        if token in _PAUSES:
            yield part
            part = []
        else:
            part.append(token)
    yield part


@dataclass(frozen=True, slots=True)
class WordList:
    """What is looked for in the texts of one language."""

    two_questions: Phrases
    leading: Phrases
    negation: Phrases
    double_negation: Phrases
    degree: Phrases


@cache
def languages() -> frozenset[str]:
    """The languages that have a list."""
    return frozenset(path.stem for path in _LISTS.glob("*.txt"))


@lru_cache(maxsize=64)
def words_of(language: str) -> WordList | None:
    """The list of a language such as `de` or `de-CH`; None where there is none."""
    primary = language.partition("-")[0]
    return _read(primary) if primary in languages() else None


@cache
def _read(language: str) -> WordList:
    headed = _headed((_LISTS / f"{language}.txt").read_text(encoding="utf-8"))

    def phrases(heading: str) -> Phrases:
        return Phrases(headed[heading], Phrases(headed[f"not {heading}"]))

    return WordList(*map(phrases, ("two questions", "leading", "negation", "double negation", "degree")))


def _headed(text: str) -> Mapping[str, list[str]]:
    """The lines under each heading."""
    found: dict[str, list[str]] = {}
    lines: list[str] = []
    for line in text.splitlines():
        if line.startswith("["):
            lines = found.setdefault(line.strip("[]"), [])
        elif line and not line.startswith("#"):
            lines.append(line)
    return found
