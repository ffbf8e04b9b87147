"""Files spoilt at random: bytes, lines, keys and values of real ones; and documents made of the keys that cvp knows.

A mutant is told by its number alone, so that one which breaks a law can be made again: `mutant(4711)`.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, Final, TypeAlias

import yaml
from hypothesis import strategies as st
from texts import ANSWERS, QUESTIONNAIRE, SELECTION

from cvp.answers import Answer, Answers, Ballot, Evidence, Expectation
from cvp.document import Document, Route, Span, Value
from cvp.questionnaire import (
    Choice,
    Criterion,
    Lens,
    LevelText,
    Picks,
    Questionnaire,
    Recommendation,
    Safeguard,
    Selection,
    Source,
)
from cvp.reading import parse_document
from cvp.rules import RULES

ROOT: Final = Path(__file__).parent.parent
EXAMPLES: Final = ROOT / "cvp/rules/examples"

Mutator: TypeAlias = Callable[[Random, str], str]
"""Bytes that are no UTF-8 are in the text as lone surrogates, as in file names."""

MODELS: Final = (
    *(Answer, Answers, Ballot, Evidence, Expectation, Choice, Criterion, Lens, LevelText, Picks, Questionnaire),
    *(Recommendation, Safeguard, Selection, Source),
)
KEYS: Final = sorted({field.alias or name for model in MODELS for name, field in model.model_fields.items()})
IDS: Final = ("price", "job", "bond", "paid", "talk", "extent", "share", "lee", "area", "en", "de", "1", "2", "3", "4")

LONG: Final = "very long " * 900
NASTY: Final = (
    *("null", "~", "true", "no", "1e999", "-0", "-0.0", '""', "''", "[]", "{}", "4" * 40, "0x" + "f" * 15, "0o17"),
    *("?", "<<", "*a", "&a b", "!!python/object:os.system", "!!str 1", "- ", "|", ">-", "@", "`", "%", "# nothing"),
    *('"\\ud83d\\ude00"', '"\\ud800"', '"\\x1b]0;x\\x07"', '"\\0"', '"\\N"', '"[link=https://x.y]a[/link]"', "[/]"),
    *("{a: 1}", "[[[[]]]]", "[" * 40 + "]" * 40, "[", "}", '"', "'", ": ", "a: b", "1.10", "12:30:45", "2012-11-01"),
    *("\x1b[2J", "\x00", "\x85", "\u2028", "\r", "\t", "\ufeff", "\u202eabc", "\ufdd0", "\udcff"),
    *(f'"{LONG}"', f'"{"x" * 9_999}"', f'"{"x" * 10_001}"', "x" * 65, "a_b", "A", "é", "../../etc/passwd", "/dev/zero"),
    *("🙂", "👩‍👩‍👧‍👦", "שלום עולם", "مرحبا", "漢字かな交じり文", "e\u0301" * 30, "\u200b", "ﷺ" * 20, "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘G̴̻͈͍͔̹̑͗̎̅͛́Ǫ̵̹̻̝̳͂̌̌͘!͖̬̰̙̗̿̋ͥͥ̂ͣ̐́́͜͞"),
    *("-", ".", "...", "---", "=", "=1+1", "level4", "example", "quick", ".inf", ".NaN", "1_000", "１", "٣", "0b1"),
)
TEXTS: Final = (
    *(
        "x",
        "?",
        "-",
        ".",
        "é",
        "🙂🙂",
        "שלום",
        "漢字かな交じり文" * 12,
        "[bold]x[/bold]",
        "[/]",
        "a" * 300,
        "a\tb",
        "0",
        "#",
    ),
    *(
        "word " * 60,
        "one\n\ntwo",
        "\u00a0",
        "\u200b",
        "e\u0301" * 90,
        "{0}",
        "%s",
        "\\",
        '"',
        "'",
        "|",
        "👩‍👩‍👧‍👦" * 30,
        LONG,
    ),
)
NUMBERS: Final = (
    *(
        "0",
        "-1",
        "1",
        "2",
        "0.5",
        "0.30000000000000004",
        "1e-300",
        "1e300",
        "5e-324",
        "1e-17",
        "-0.0",
        "1e6",
        "1000001",
    ),
    *(
        "0.9999999999999999",
        "1.0000000000000002",
        "0.1",
        "1e-5",
        "999999999999999999",
        "1.",
        ".5",
        "+1",
        "4",
        "5",
        "1e3",
    ),
)
COMMENTS: Final = (
    *(
        "# cvp: ignore",
        "# cvp: ignore[",
        "# cvp: ignore[]",
        "# cvp: ignore[] why",
        "#cvp:ignore[{0}]why",
        "# CVP: IGNORE",
    ),
    *("# cvp: ignore[{0}] why", "# cvp: ignore[{0}]", "# cvp: ignore[{0}, {1}] why", "# cvp: ignore[CVP999] why"),
    *("# cvp: ignore[{0},] # cvp: ignore[{1}] why", "# cvp: ignore[cvp101] é🙂", "# cvp: ignore[{0}] why\t ", "#"),
    *(
        "# cvp: ignore[[{0}]] why",
        "# cvp: ignore\t[{0}] why",
        "# cvp: ignore[{0}\u202e] why",
        "# cvp: ignored[{0}] why",
    ),
)


@dataclass(frozen=True)
class Mutant:
    """A spoilt file: its number, the file that it was made from, how it was spoilt, and what is in it."""

    number: int
    seed: str
    how: tuple[str, ...]
    data: bytes

    def __str__(self) -> str:
        return f"mutant({self.number}): {self.seed}, {', '.join(self.how)}"


@cache
def seeds() -> tuple[tuple[str, str], ...]:
    """Names and texts of files that are sound, or have the one fault that they are an example of."""
    files = [*ROOT.glob("questionnaires/cases/*.yaml"), *EXAMPLES.glob("*.yaml"), ROOT / "cvp/starter.yaml"]
    files += [ROOT / "questionnaires/quick.yaml", ROOT / "questionnaires/level4.yaml"]
    found = [(path.name, path.read_bytes().decode("utf-8", "surrogateescape")) for path in sorted(files)]
    return (*found, ("base", QUESTIONNAIRE), ("selection", SELECTION), ("answers", ANSWERS))


_FAVOURITES: Final = ("base", "selection", "answers", "example.yaml", "example-answers.yaml", "starter.yaml")
_RARE: Final = "level4.yaml"


@cache
def _weights() -> list[float]:
    """Small sound files more often, the one of 70 kB now and then."""
    return [8 if name in _FAVOURITES else 3 if name == _RARE else 1 for name, _ in seeds()]


def mutant(number: int) -> Mutant:
    """The spoilt file of this number, always the same."""
    random = Random(number)
    if random.random() < 0.04:
        return Mutant(number, "nothing", ("made",), _made(random).encode("utf-8", "surrogateescape"))
    ((name, text),) = random.choices(seeds(), _weights())
    mutators = GENTLE if random.random() < 0.5 else MUTATORS
    how = random.choices(mutators, k=random.choice((1, 1, 1, 2, 2, 3, 6)))
    for mutate in how:
        text = mutate(random, text)
    return Mutant(number, name, tuple(m.__name__ for m in how), text.encode("utf-8", "surrogateescape"))


def _bytes(text: str) -> bytearray:
    return bytearray(text.encode("utf-8", "surrogateescape"))


def _text(data: bytearray) -> str:
    return data.decode("utf-8", "surrogateescape")


def bytes_flipped(random: Random, text: str) -> str:
    data = _bytes(text)
    for _ in range(random.choice((1, 1, 2, 8)) if data else 0):
        data[random.randrange(len(data))] ^= 1 << random.randrange(8)
    return _text(data)


def bytes_set(random: Random, text: str) -> str:
    """Characters that mean something to YAML, where something else stood."""
    data = _bytes(text)
    for _ in range(random.choice((1, 2, 5)) if data else 0):
        data[random.randrange(len(data))] = random.choice(b"[]{}:,-?#&*!|>'\"%@` \n\t\r\\\x00\xff0")
    return _text(data)


def bytes_inserted(random: Random, text: str) -> str:
    data = _bytes(text)
    at = random.randint(0, len(data))
    data[at:at] = random.randbytes(random.choice((1, 1, 2, 16)))
    return _text(data)


def bytes_cut(random: Random, text: str) -> str:
    data = _bytes(text)
    at = random.randint(0, len(data))
    del data[at : at + random.choice((1, 2, 10, 300, len(data)))]
    return _text(data)


def snippet_inserted(random: Random, text: str) -> str:
    at = random.randint(0, len(text))
    return text[:at] + random.choice(NASTY) + text[at:]


def _lines(random: Random, text: str) -> tuple[list[str], int, int]:
    """The lines, and the first and the end of some of them."""
    lines = text.splitlines(keepends=True) or [""]
    first = random.randrange(len(lines))
    return lines, first, min(len(lines), first + random.choice((1, 1, 1, 2, 5, 12)))


def lines_cut(random: Random, text: str) -> str:
    lines, first, end = _lines(random, text)
    return "".join(lines[:first] + lines[end:])


def lines_doubled(random: Random, text: str) -> str:
    lines, first, end = _lines(random, text)
    return "".join(lines[:end] + lines[first:])


def lines_swapped(random: Random, text: str) -> str:
    lines, first, _ = _lines(random, text)
    other = random.randrange(len(lines))
    lines[first], lines[other] = lines[other], lines[first]
    return "".join(lines)


def block_moved(random: Random, text: str) -> str:
    lines, first, end = _lines(random, text)
    block = lines[first:end]
    rest = lines[:first] + lines[end:]
    at = random.randint(0, len(rest))
    return "".join(rest[:at] + block + rest[at:])


def indented(random: Random, text: str) -> str:
    lines, first, end = _lines(random, text)
    by = random.choice((" ", "  ", "    ", "\t", "", "- "))
    lines[first:end] = [by + line if by else line.removeprefix(" ") for line in lines[first:end]]
    return "".join(lines)


def line_ends_changed(random: Random, text: str) -> str:
    end = random.choice(("\r\n", "\r\n", "\r\n", "\r", "\n\n", "\u2028"))
    if random.random() < 0.7:
        return text.replace("\n", end)
    lines, first, last = _lines(random, text)
    lines[first:last] = [line.replace("\n", end) for line in lines[first:last]]
    return "".join(lines)


def commented(random: Random, text: str) -> str:
    """Comments of cvp's, behind a line or on one of their own."""
    lines = text.split("\n")
    for _ in range(random.choice((1, 2, 10))):
        at = random.randrange(len(lines))
        comment = random.choice(COMMENTS).format(*(random.choice(RULES).code for _ in range(2)))
        if random.random() < 0.6:
            lines[at] += random.choice((" ", "  ", "\t", "")) + comment
        else:
            lines.insert(at, " " * random.randrange(5) + comment)
    return "\n".join(lines)


def _spliced(text: str, spans: Sequence[tuple[Span, str]]) -> str:
    lines = text.split("\n")
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    for span, new in sorted(spans, reverse=True):
        start, end = starts[span[0]] + span[1], starts[min(span[2], len(lines) - 1)] + span[3]
        text = text[:start] + new + text[max(start, end) :]
    return text


def _written(text: str, span: Span) -> str:
    lines = text.split("\n")[span[0] : span[2] + 1]
    return lines[0][span[1] : span[3]] if len(lines) == 1 else ""


@cache
def _parsed(text: str) -> Document:
    return parse_document("seed.yaml", text.encode("utf-8", "surrogateescape"))


def _scalars(text: str) -> list[tuple[Route, Span]]:
    document = _parsed(text)
    if document.faults or "\r" in text:
        return []
    found = ((route, span) for route, span in document.values.items() if route)
    return [(route, span) for route, span in found if not isinstance(document.at(route), tuple | dict)]


def scalar_replaced(random: Random, text: str) -> str:
    if not (scalars := _scalars(text)):
        return text
    some = random.sample(scalars, min(len(scalars), random.choice((1, 1, 1, 2, 5))))
    return _spliced(text, [(span, random.choice(NASTY)) for _, span in some])


def values_swapped(random: Random, text: str) -> str:
    if len(scalars := _scalars(text)) < 2:
        return text
    (_, one), (_, other) = random.sample(scalars, 2)
    return _spliced(text, [(one, _written(text, other)), (other, _written(text, one))])


def values_swapped_alike(random: Random, text: str) -> str:
    """Two values of the same key, so that much stays sound."""
    scalars = _scalars(text)
    if not scalars:
        return text
    key = random.choice(scalars)[0][-1]
    alike = [span for route, span in scalars if route[-1] == key]
    one, other = random.choices(alike, k=2)
    return text if one == other else _spliced(text, [(one, _written(text, other)), (other, _written(text, one))])


def key_renamed(random: Random, text: str) -> str:
    document = _parsed(text)
    if not document.keys or "\r" in text:
        return text
    span = random.choice(list(document.keys.values()))
    return _spliced(text, [(span, random.choice((*KEYS, *IDS, *NASTY)))])


def _number(random: Random) -> str:
    return random.choice(
        (
            random.choice(NUMBERS),
            repr(random.random()),
            repr(random.random() * 10 ** random.randint(-320, 300)),
            f"{random.random():.17f}",
            str(random.randint(0, 10) / 10),
            str(random.randint(1, 40)),
        )
    )


def _numbers(text: str) -> list[tuple[Route, Span]]:
    document = _parsed(text)
    return [(route, span) for route, span in _scalars(text) if type(document.at(route)) in (int, float)]


def number_replaced(random: Random, text: str) -> str:
    if not (numbers := _numbers(text)):
        return text
    some = random.sample(numbers, min(len(numbers), random.choice((1, 1, 3))))
    return _spliced(text, [(span, _number(random)) for _, span in some])


_FRACTIONS: Final = ("score", "pass", "weight", "must", "below")


def _measures(text: str) -> list[Span]:
    return [span for route, span in _numbers(text) if route[-1] in _FRACTIONS or "lifts" in route]


def measures_of_seventeen_digits(random: Random, text: str) -> str:
    """Every score, weight and threshold: as wide a common scale as there is."""
    digits = random.choice((3, 17, 17))
    tiny = random.random() < 0.3
    new = [(s, f"{random.random() * 10 ** -random.randint(0, 300 if tiny else 0):.{digits}g}") for s in _measures(text)]
    return _spliced(text, new)


def measure_replaced(random: Random, text: str) -> str:
    """One sound number for another, so that much is accepted and has to be scored."""
    if not (found := _measures(text)):
        return text
    some = random.sample(found, min(len(found), random.choice((1, 2, 6))))
    new = ("0", "1", "0.5", "1e-300", "5e-324", "0.30000000000000004", "0.1", "-0.0", repr(random.random()))
    return _spliced(text, [(span, random.choice(new)) for span in some])


_WORDS: Final = ("label", "short", "hint", "guidance", "title", "summary", "name", "first_step", "customer_gain", "why")
_MORE_WORDS: Final = ("company_gain", "example", "author", "note", "company", "source", "not_applicable", "text", "who")


def text_replaced(random: Random, text: str) -> str:
    """A label, a hint or a name for another that is odd and sound."""
    scalars = [span for route, span in _scalars(text) if route[-1] in _WORDS + _MORE_WORDS]
    some = random.sample(scalars, min(len(scalars), random.choice((1, 2, 8))))
    return _spliced(
        text, [(span, json.dumps(random.choice(TEXTS), ensure_ascii=random.random() < 0.3)) for span in some]
    )


def _thawed(value: Value) -> Any:
    if isinstance(value, dict):
        return {key: _thawed(entry) for key, entry in value.items()}
    return [_thawed(entry) for entry in value] if isinstance(value, tuple) else value


def _as_yaml(data: Any) -> str:
    return str(yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=200))


def as_json(random: Random, text: str) -> str:
    """The document as JSON, as Python writes it: characters past U+FFFF become two escapes."""
    return json.dumps(_thawed(_parsed(text).data), indent=random.choice((None, 1, 4)))


def as_yaml(random: Random, text: str) -> str:
    return str(yaml.safe_dump(_thawed(_parsed(text).data), default_flow_style=random.choice((True, False, None))))


def _containers(data: Any) -> list[Any]:
    """Every list and mapping that has something in it."""
    found, waiting = [], [data]
    while waiting:
        part = waiting.pop()
        if isinstance(part, dict | list) and part:
            found.append(part)
            waiting += part.values() if isinstance(part, dict) else part
    return found


def _somewhere(random: Random, part: Any) -> Any:
    return random.choice(list(part)) if isinstance(part, dict) else random.randrange(len(part))


def _changed(change: Callable[[Random, list[Any]], None]) -> Mutator:
    def mutate(random: Random, text: str) -> str:
        data = _thawed(_parsed(text).data)
        if not (containers := _containers(data)):
            return text
        change(random, containers)
        return json.dumps(data, indent=1) if random.random() < 0.3 else _as_yaml(data)

    mutate.__name__ = change.__name__.strip("_")
    return mutate


def _pruned(random: Random, containers: list[Any]) -> None:
    """A part is gone."""
    for _ in range(random.choice((1, 1, 3))):
        if part := random.choice(containers):
            del part[_somewhere(random, part)]


def _grafted(random: Random, containers: list[Any]) -> None:
    """A part of one place stands at another as well."""
    one, other = random.choice(containers), random.choice(containers)
    grafted = _thawed(_frozen(other[_somewhere(random, other)]))
    one[_somewhere(random, one)] = grafted


def _frozen(data: Any) -> Value:
    if isinstance(data, dict):
        return {key: _frozen(entry) for key, entry in data.items()}
    return tuple(_frozen(entry) for entry in data) if isinstance(data, list) else data


def _swapped(random: Random, containers: list[Any]) -> None:
    part = random.choice(containers)
    one, other = _somewhere(random, part), _somewhere(random, part)
    part[one], part[other] = part[other], part[one]


def _crowded(random: Random, containers: list[Any]) -> None:
    """Entries of a list once more, many times, under ids of their own, each after some of the others."""
    if not (lists := [p for p in containers if isinstance(p, list) and all(isinstance(entry, dict) for entry in p)]):
        return
    part = random.choice(lists)
    originals = list(part)
    for number in range(random.choice((1, 5, 40))):
        copy = _thawed(_frozen(random.choice(originals)))
        for key in {"id", "value", "who"} & copy.keys():
            copy[key] = f"{copy[key]}_{number}"
        if "lifts" in copy and random.random() < 0.5:
            copy["after"] = [random.choice(part).get("id")]
        if "weight" in copy or "score" in copy:
            copy["score" if "score" in copy else "weight"] = random.random()
        part.append(copy)


def _translated(random: Random, containers: list[Any]) -> None:
    """A text in several languages, or in none."""
    for part in random.sample(containers, min(len(containers), 5)):
        if isinstance(part, dict) and (keys := [k for k in _WORDS if isinstance(part.get(k), str)]):
            languages = random.sample(("en", "de", "ar", "zh-Hant", "DE", "x", "en-GB"), random.randrange(4))
            part[random.choice(keys)] = {language: random.choice(TEXTS) for language in languages}


def _made(random: Random) -> str:
    """A document of the known keys without rhyme or reason."""

    def value(depth: int) -> Any:
        kind = random.random()
        if depth > 4 or kind < 0.5:
            return random.choice((None, True, 0, 1, 0.5, -1, "S", 1.5, "", "?", *IDS, random.choice(TEXTS), "1.0.0"))
        if kind < 0.7:
            return [value(depth + 1) for _ in range(random.randrange(4))]
        return {random.choice((*KEYS, *IDS)): value(depth + 1) for _ in range(random.randrange(7))}

    top = random.sample(KEYS, random.randrange(12))
    data = {"cvp": 1, **{key: value(0) for key in top}} if random.random() < 0.9 else value(0)
    return json.dumps(data) if random.random() < 0.5 else _as_yaml(data)


GENTLE: Final[tuple[Mutator, ...]] = (
    values_swapped_alike,
    measures_of_seventeen_digits,
    measure_replaced,
    text_replaced,
    as_json,
    as_yaml,
    commented,
    *(_changed(change) for change in (_pruned, _swapped, _crowded, _translated)),
)
"""Those after which a file is often still sound."""

MUTATORS: Final[tuple[Mutator, ...]] = (
    *GENTLE,
    bytes_flipped,
    bytes_set,
    bytes_inserted,
    bytes_cut,
    snippet_inserted,
    lines_cut,
    lines_doubled,
    lines_swapped,
    block_moved,
    indented,
    line_ends_changed,
    scalar_replaced,
    scalar_replaced,
    values_swapped,
    key_renamed,
    key_renamed,
    number_replaced,
    number_replaced,
    _changed(_grafted),
)

_ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.sampled_from((0, 1, 0.5, *IDS, *TEXTS[:12], "1.0.0", "2012-11-01", "?")),
    st.text(max_size=20),
)
_PARTS = st.recursive(
    _ODD,
    lambda part: st.one_of(
        st.lists(part, max_size=4),
        st.dictionaries(st.sampled_from((*KEYS, *IDS)) | st.text(max_size=5), part, max_size=6),
    ),
    max_leaves=30,
)
DOCUMENTS: Final = st.builds(
    lambda data, as_text: as_text(data),
    st.one_of(_PARTS, st.dictionaries(st.sampled_from(KEYS), _PARTS, max_size=14)),
    st.sampled_from((json.dumps, _as_yaml)),
)
"""Documents that hypothesis makes of the known keys, in JSON and in YAML."""
