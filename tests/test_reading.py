"""Bytes → Document: YAML 1.2 core, JSON, the place of every value; nothing that is in a file raises or hangs."""

import json
import subprocess
import sys
import time
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from cvp.document import Document, Place, Route, Value
from cvp.reading import parse_document
from cvp.text import UNPRINTABLE


def parse(text: str | bytes) -> Document:
    return parse_document("file", text.encode() if isinstance(text, str) else text)


def read(text: str | bytes) -> Value:
    document = parse(text)
    assert not document.faults
    return document.data


def faults(text: str | bytes) -> list[tuple[str, int, int]]:
    """Kind, line and column of each fault."""
    found = []
    for fault in parse(text).faults:
        assert fault.place
        found.append((fault.kind, fault.place.line, fault.place.column))
    return found


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("no", "no"),
        ("yes", "yes"),
        ("on", "on"),
        ("Off", "Off"),
        ("y", "y"),
        ("12:30", "12:30"),
        ("12:30:45", "12:30:45"),
        ("2012-01-01", "2012-01-01"),
        ("2012-01-01T10:00:00Z", "2012-01-01T10:00:00Z"),
        ("0o17", 15),
        ("0x1F", 31),
        ("0x", "0x"),
        ("0o8", "0o8"),
        ("-0x1F", "-0x1F"),
        ("0b11", "0b11"),
        ("0123", 123),
        ("+12", 12),
        ("-7", -7),
        ("1_000", "1_000"),
        ("1,5", "1,5"),
        ("1e3", 1000.0),
        ("1E-2", 0.01),
        ("1.10", 1.1),
        ("1.", 1.0),
        (".5", 0.5),
        ("-.5", -0.5),
        ("+1.5e+2", 150.0),
        (".", "."),
        ("1.0.0", "1.0.0"),
        ("e3", "e3"),
        ("~", None),
        ("null", None),
        ("Null", None),
        ("NULL", None),
        ("nULL", "nULL"),
        ("", None),
        ("#1 priority", None),
        ("true", True),
        ("True", True),
        ("FALSE", False),
        ("tRUE", "tRUE"),
        ("none", "none"),
        ("nan", "nan"),
        ("inf", "inf"),
        ("٣", "٣"),
        ("１", "１"),
        ('"1.10"', "1.10"),
        ("'no'", "no"),
        ('"null"', "null"),
        ('""', ""),
        ("'it''s'", "it's"),
        ('"a\\tb\\u00e9"', "a\tbé"),
        ("=", "="),
        ("<<", "<<"),
        ("|\n  two\n  lines", "two\nlines\n"),
        (">-\n  one\n  line", "one line"),
        ("a b # comment", "a b"),
        ("[a, 1, ~]", ("a", 1, None)),
        ("{b: {c: 2}}", {"b": {"c": 2}}),
        ("[]", ()),
        ("{}", {}),
        ("999999999999999999", 999999999999999999),
    ],
)
def test_yaml_is_read_by_the_core_schema_of_1_2(written: str, value: Value) -> None:
    found = read(f"key: {written}\n")
    assert found == {"key": value}
    assert isinstance(found, dict)
    assert type(found["key"]) is type(value)


def test_keys_are_always_texts() -> None:
    assert read("1: a\nno: b\n~: c\ntrue: d\n1.10: e\n'2': f\n") == {
        "1": "a",
        "no": "b",
        "~": "c",
        "true": "d",
        "1.10": "e",
        "2": "f",
    }
    assert read('{"": empty}') == {"": "empty"}


def test_a_byte_order_mark_and_windows_line_ends_are_fine() -> None:
    document = parse(b"\xef\xbb\xbfa: 1\r\nb:\r\n  - x\r\n  - y\r\n")
    assert (document.data, document.faults) == ({"a": 1, "b": ("x", "y")}, ())
    assert document.place(("b", 1)) == Place(4, 5, 4, 6)
    assert document.place(("a",), on_key=True) == Place(1, 1, 1, 2)


def test_json_is_read_with_tabs_and_escapes() -> None:
    text = '{\n\t"a":\t"b\\/c\\n\\u00e9",\n\t"list": [\n\t\t1,\n\t\t-2.5e3,\ttrue,\tnull\n\t]\n}\n'
    assert read(text) == {"a": "b/c\né", "list": (1, -2500.0, True, None)}


@pytest.mark.parametrize(
    ("escaped", "text"),
    [
        ("\\ud83d\\ude00", "😀"),
        ("\\uD83D\\uDE00\\uD83D\\uDE01", "😀😁"),
        ("\\\\ud83d\\\\ude00", "\\ud83d\\ude00"),
        ("\\\\\\ud83d\\ude00", "\\😀"),
    ],
)
def test_json_surrogate_pairs_are_one_character(escaped: str, text: str) -> None:
    assert json.loads(f'["{escaped}"]') == [text]
    assert read(f'["{escaped}"]') == (text,)


def test_places_after_a_surrogate_pair_are_those_of_the_file() -> None:
    text = '{"a": "\\ud83d\\ude00", "b": 1}'
    document = parse(text)
    column = text.index('"b"') + 1
    assert document.place(("b",), on_key=True) == Place(1, column, 1, column + 3)
    assert document.place(("b",)).column == text.index("1}") + 1


def test_a_surrogate_pair_in_single_quotes_is_no_escape() -> None:
    assert read("{a: '\\ud83d\\ude00'}") == {"a": "\\ud83d\\ude00"}


HAZARDS = [
    ("duplicate key", "a: 1\nb:\n  c: 1\n  c: 2\n", ("duplicate", 4, 3)),
    ("number and text as one key", 'a: 1\n1: 2\n"1": 3\n', ("duplicate", 3, 1)),
    ("keys that look alike", "\u00e9: 1\ne\u0301: 2\n", ("duplicate", 2, 1)),
    ("anchor", "a: &x 1\n", ("alias", 1, 4)),
    ("anchor of a list", "a: &x [1]\n", ("alias", 1, 4)),
    ("merge key", "a:\n  <<: {b: 1}\n", ("alias", 2, 3)),
    ("tag", "a: 1\nb: !!str 2\n", ("tag", 2, 4)),
    ("tag that runs code", "a: !!python/object/apply:os.system [ls]\n", ("tag", 1, 4)),
    ("local tag", "!x a: 1\n", ("tag", 1, 1)),
    ("tag of a mapping", "a: !x {b: 1}\n", ("tag", 1, 4)),
    ("second document", "a: 1\n---\nb: 2\n", ("documents", 2, 1)),
    ("list as a key", "? [a]\n: 1\n", ("key", 1, 3)),
    ("mapping as a key", "{{a: 1}: 2}\n", ("key", 1, 2)),
    ("infinity", "a: .inf\n", ("number", 1, 4)),
    ("minus infinity", "a: -.INF\n", ("number", 1, 4)),
    ("not a number", "a:\n  - .NaN\n", ("number", 2, 5)),
    ("float over all bounds", "a: 1e999\n", ("number", 1, 4)),
    ("integer of 19 digits", "a: 1234567890123456789\n", ("number", 1, 4)),
    ("hexadecimal of 19 digits", "a: 0x1234567890123456789\n", ("number", 1, 4)),
    ("octal of 19 digits", "a: 0o1234567012345670123\n", ("number", 1, 4)),
    ("integer of 10,000 digits", f"a: {'9' * 10_000}\n", ("number", 1, 4)),
    ("NUL", "a: b\nc: d\x00e\n", ("control", 2, 5)),
    ("escape character", "a: \x1b]0;title\n", ("control", 1, 4)),
    ("C1 control", "a: x\x9b31m\n", ("control", 1, 5)),
    ("next line", "a: x\x85y\n", ("control", 1, 5)),
    ("form feed", "a: x\x0cy\n", ("control", 1, 5)),
    ("line separator", "# \u2028\na: 1\n", ("control", 1, 3)),
    ("bidirectional override", "a: 1\n# \u202e\n", ("control", 2, 3)),
    ("bidirectional isolate", "a: b\u2066\n", ("control", 1, 5)),
    ("second byte order mark", "a: \ufeff\n", ("control", 1, 4)),
    ("non-character", "a: x\uffff\n", ("control", 1, 5)),
    ("escaped escape character", 'a: 1\nb: "x\\x1b]52"\n', ("control", 2, 4)),
    ("escaped NUL", 'a: "\\0"\n', ("control", 1, 4)),
    ("escaped bidirectional override", 'a: "\\u202e"\n', ("control", 1, 4)),
    ("escaped next line", 'a: "\\N"\n', ("control", 1, 4)),
    ("escaped control in a key", 'a: 1\n"\\e": 2\n', ("control", 2, 1)),
    ("escaped lone surrogate", 'a: "\\ud800"\n', ("syntax", 1, 7)),
    ("escaped lone surrogate in JSON", '{"a": "\\ud800x"}\n', ("syntax", 1, 10)),
    ("surrogates the wrong way round", '["\\ude00\\ud83d"]\n', ("syntax", 1, 5)),
    ("tab as indentation", "a:\n\tb: 1\n", ("syntax", 2, 1)),
    ("open bracket", "a: [1, 2\n", ("syntax", 1, 9)),
    ("open quote", 'a: "b\n', ("syntax", 1, 6)),
    ("colon in a text", "a: b: c\n", ("syntax", 1, 5)),
    ("bare question mark", "a: ?\n", ("syntax", 1, 4)),
    ("at sign", "a: @b\n", ("syntax", 1, 4)),
    ("directive of another version", "%YAML 9.9\n---\na: 1\n", ("syntax", 1, 1)),
    ("33 levels", "a: 1\nb: " + "[" * 32 + "]" * 32 + "\n", ("depth", 2, 35)),
    ("latin-1", b"a: 1\nb: caf\xe9\n", ("encoding", 2, 7)),
    ("latin-1 after an accent", b"\xc3\xa9: caf\xe9\n", ("encoding", 1, 7)),
    ("cut-off UTF-8", b"a: \xe2\x82", ("encoding", 1, 4)),
    ("overlong UTF-8", b"a: \xc0\x80\n", ("encoding", 1, 4)),
    ("surrogate in UTF-8", b"a: \xed\xa0\x80\n", ("encoding", 1, 4)),
    ("UTF-16", "a: 1\n".encode("utf-16"), ("encoding", 1, 1)),
    ("UTF-32", "a: 1\n".encode("utf-32"), ("encoding", 1, 1)),
]


@pytest.mark.parametrize(("text", "fault"), [h[1:] for h in HAZARDS], ids=[h[0] for h in HAZARDS])
def test_a_hazard_is_one_fault_at_its_place(text: str | bytes, fault: tuple[str, int, int]) -> None:
    assert faults(text) == [fault]


def test_an_anchor_and_its_alias_are_two_faults() -> None:
    assert faults("a: &x 1\nb: *x\n") == [("alias", 1, 4), ("alias", 2, 4)]


def test_an_alias_as_a_key_is_a_fault() -> None:
    assert faults("*x : 1\n") == [("alias", 1, 1)]


def test_a_bare_question_mark_is_told_to_be_quoted() -> None:
    (fault,) = parse("a: ?\n").faults
    assert '"?"' in fault.help


def test_32_levels_are_fine() -> None:
    assert not parse("[" * 32 + "]" * 32).faults


@pytest.mark.parametrize("values", ["1, " * 30_000, "[], " * 30_000, "1, " * 29_999 + "[1, 2]"])
def test_more_values_than_any_file_needs_are_a_fault(values: str) -> None:
    (fault,) = parse(f"[{values}]").faults
    assert (fault.kind, fault.message.partition(",")[0]) == ("size", "here is value number 30")


def test_29_999_values_are_fine() -> None:
    assert not parse(f"[{'1, ' * 29_999}]").faults


def test_several_faults_are_all_told_and_at_most_fifty() -> None:
    assert faults("a: .inf\na: !x 1\nb: *y\n") == [
        ("number", 1, 4),
        ("duplicate", 2, 1),
        ("tag", 2, 4),
        ("alias", 3, 4),
    ]
    assert len(faults("- .nan\n" * 1000)) == 50
    assert len(faults("a\x00\n" * 1000)) == 50


def test_what_surrounds_a_fault_is_still_read() -> None:
    assert parse("a: 1\nb: *x\na: 2\nc: 3\n").data == {"a": 1, "b": None, "c": 3}


def test_no_message_shows_what_is_not_to_be_printed() -> None:
    for text in ("a: \x1b]52\n", 'a: "\\x1b"\n', '"\\x1b": 1\n', "*\x1b : 1\n", "a: \u202e\n", '"\\e": 1\n"\\e": 2\n'):
        for fault in parse(text).faults:
            assert not UNPRINTABLE.search(fault.message + fault.help)


@pytest.mark.parametrize("text", ["", "\n", "# nothing\n", "---\n", "\ufeff"])
def test_an_empty_file_is_no_data_and_no_fault(text: str) -> None:
    document = parse(text)
    assert (document.data, document.faults) == (None, ())


_KIND_OF_FIRST_FAULT = """
import sys
from cvp.reading import parse_document
print(parse_document("", sys.stdin.buffer.read()).faults[0].kind)
"""


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "- - ", "? ", "a:\n"])
@pytest.mark.parametrize("depth", [10_000, 25_000, 200_000])
def test_deep_nesting_does_not_kill_the_process(opening: str, depth: int) -> None:
    text = "".join(" " * i + "a:\n" for i in range(300)) if opening == "a:\n" else opening * depth
    run = [sys.executable, "-c", _KIND_OF_FIRST_FAULT]
    started = time.monotonic()
    done = subprocess.run(run, input=text.encode(), capture_output=True, timeout=20, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"key\n" if opening == "? " else b"depth\n", b"")
    assert time.monotonic() - started < 3


def _bomb(width: int) -> str:
    lines = ["a0: &a0 [x, x]", *(f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * width)}]" for i in range(1, 40))]
    return "\n".join(lines)


@pytest.mark.parametrize(
    "text",
    [
        _bomb(9),
        "a: &a {x: 1}\n" + "".join(f"b{i}: &b{i} {{<<: [*a, *a], y: 1}}\n" for i in range(40)),
        "&a [*a, *a]",
        "a: &a [b, *a]\n",
    ],
    ids=["aliases", "merge keys", "itself", "inside itself"],
)
def test_alias_bombs_are_refused_at_once(text: str) -> None:
    started = time.monotonic()
    found = parse(text).faults
    assert {fault.kind for fault in found} == {"alias"}
    assert time.monotonic() - started < 2


@pytest.mark.parametrize(
    "piece", ["a: 1\n", "- *a\n", "- .nan\n", "- [[]]\n", "- a\n", '- "\\x1b"\n', "\x00", "- !x a\n"], ids=repr
)
def test_a_large_hostile_file_is_read_in_time(piece: str) -> None:
    """Half a MiB; that is far from quadratic."""
    text = (piece * (2**19 // len(piece))).encode()
    started = time.process_time()
    parse_document("file", text)
    assert time.process_time() - started < 2


_LETTERS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
_COST = """
import resource, sys, time
from pathlib import Path
from cvp.reading import MAX_BYTES, parse_document
text = (sys.argv[1].encode() * (MAX_BYTES // len(sys.argv[1]) + 1))[:MAX_BYTES]
started = time.process_time()
parse_document("", text)
# Of this program alone where that is told: ru_maxrss counts the parent that it was forked from too.
status = Path("/proc/self/status")
lines = status.read_text().splitlines() if status.exists() else []
peak = next((int(line.split()[1]) for line in lines if line.startswith("VmHWM")), None)
print(time.process_time() - started, (peak or resource.getrusage(resource.RUSAGE_SELF).ru_maxrss) / 1024)
"""


@pytest.mark.parametrize("piece", ["a: 1\n", "- *a\n", "- a\n"], ids=["duplicates", "aliases", "nothing wrong"])
def test_the_largest_file_is_read_or_refused_within_two_seconds_and_200_megabytes(piece: str) -> None:
    done = subprocess.run([sys.executable, "-c", _COST, piece], capture_output=True, check=True)
    seconds, megabytes = map(float, done.stdout.split())
    assert (seconds < 2, megabytes < 200) == (True, True), f"{seconds:.1f} s, {megabytes:.0f} MB"


_SIGNS = "abc019-?:,[]{}#&*!|>'\"%@` \n\t\r~.+=<\\\ufeff\x00é😀\x85"
_RUNS = (
    ": ",
    "- ",
    "? ",
    "\n  ",
    "<<: ",
    "---\n",
    "...\n",
    "\\x1b",
    "\\ud83d\\ude00",
    "0x",
    "1e9",
    ".inf",
    "null",
    '"\\',
)
_LINES = ("!!str ", "&a ", "*a", "%TAG ! x\n", "| \n", ">1-\n", "%YAML 1.1\n---\n")
_PIECES = st.sampled_from([*_SIGNS, *_RUNS, *_LINES])


def check_whatever(data: bytes) -> None:
    document = parse_document("file", data)
    assert len(document.faults) <= 50
    for fault in document.faults:
        assert fault.kind
        assert fault.place
        assert min(fault.place.line, fault.place.column) >= 1
        assert not UNPRINTABLE.search(fault.message)
    for text in _texts(document.data):
        assert not UNPRINTABLE.search(text)
    check_places(document)


def _texts(value: Value) -> list[str]:
    match value:
        case str():
            return [value]
        case dict():
            return [t for key, inner in value.items() for t in (key, *_texts(inner))]
        case tuple():
            return [t for inner in value for t in _texts(inner)]
    return []


def check_places(document: Document) -> None:
    """Every plain value stands where its place says, as it is written there."""
    lines = document.lines
    for route, value in _scalars(document.data, ()):
        assert route in document.values
        first, start, last, end = document.values[route]
        if first != last or start == end:
            continue
        written = lines[first][start:end]
        if written[:1] not in ("'", '"', "|", ">", "!", "&", "*") and not document.faults:
            assert parse(f"k: {written}").data == {"k": value}
        elif written[:1] in ("'", '"') and not document.faults:
            assert written[-1] == written[0]


def _scalars(value: Value, route: Route) -> list[tuple[Route, Value]]:
    match value:
        case dict():
            return [found for key, inner in value.items() for found in _scalars(inner, (*route, key))]
        case tuple():
            return [found for index, inner in enumerate(value) for found in _scalars(inner, (*route, index))]
    return [(route, value)] if route else []


@given(st.binary(max_size=200))
def test_any_bytes_are_a_document(data: bytes) -> None:
    check_whatever(data)


@given(_LETTERS)
def test_any_text_is_a_document(text: str) -> None:
    check_whatever(text.encode())


@given(st.lists(_PIECES, max_size=30).map("".join))
def test_anything_made_of_yaml_signs_is_a_document(text: str) -> None:
    check_whatever(text.encode())


_CHARACTERS = st.characters(exclude_categories=["Cs", "Cc"]).filter(lambda c: not UNPRINTABLE.search(c))
_PRINTABLE = st.text(_CHARACTERS, max_size=30)
_KEYS = st.text("abcdefghijklmnopqrstuvwxyz 019:#-?'\"é😀", max_size=12)
_NUMBERS = st.integers(-(10**18) + 1, 10**18 - 1) | st.floats(allow_nan=False, allow_infinity=False)
_PLAIN = st.recursive(
    st.none() | st.booleans() | _NUMBERS | _PRINTABLE | st.sampled_from(["no", "1.10", "a\nb", "tab\tbed", " x ", "~"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_KEYS, inner, max_size=4),
    max_leaves=12,
)


def tupled(value: Any) -> Value:
    if isinstance(value, dict):
        return {key: tupled(inner) for key, inner in value.items()}
    return tuple(map(tupled, value)) if isinstance(value, list) else value


@given(_PLAIN.map(lambda value: {"value": value}), st.sampled_from([None, 2, "\t"]), st.booleans())
def test_what_json_wrote_is_read_back(value: dict[str, Any], indent: str | int | None, ascii_only: bool) -> None:
    document = parse(json.dumps(value, indent=indent, ensure_ascii=ascii_only))
    assert (document.data, document.faults) == (tupled(value), ())


@given(_PLAIN.map(lambda value: {"value": value}))
def test_values_of_json_stand_where_their_places_say(value: dict[str, Any]) -> None:
    text = json.dumps(value, ensure_ascii=False)
    document = parse(text)
    for route, found in _scalars(document.data, ()):
        _, start, _, end = document.values[route]
        assert json.loads(text[start:end]) == found


class _Quoting(yaml.SafeDumper):
    """Writes every text in quotes, so that 1.1 and 1.2 read it alike."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002
        return True


_Quoting.add_representer(str, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"'))


@given(_PLAIN, st.booleans(), st.sampled_from([False, True, None]), st.sampled_from([20, 1000]))
def test_what_yaml_wrote_is_read_back(value: Any, readable: bool, flow: bool | None, width: int) -> None:
    text = yaml.dump(value, Dumper=_Quoting, allow_unicode=readable, default_flow_style=flow, width=width)
    document = parse(text)
    assert (document.data, document.faults) == (tupled(value), ())
    check_places(document)
