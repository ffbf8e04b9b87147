"""The lines of a session's file: what is written is read back, and nothing that was changed goes unnoticed."""

import time
import zlib
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from interview_scripts import ASKED
from interviews import interviews

from cvp.answers import Answer, Remark
from cvp.errors import Damaged, Unreadable
from cvp.interview.changes import Answered, Change, Marked, Noted, Redone, Undone
from cvp.interview.state import Interview
from cvp.sessions import Head, Journal, begun, course_of, head_of, parse_journal
from cvp.sessions.journal import MOST_LINES

HEAD = head_of(ASKED, company="Zoë’s [/] Ltd", date="2026-11-21")
ANSWER = Answered(question="a", answer=Answer(choice="c1"))


def journal_of(*changes: Change) -> Journal:
    return begun(HEAD).and_changes(changes)


def lines_of(data: bytes) -> list[bytes]:
    return data.splitlines(keepends=True)


@given(interviews())
def test_an_interview_comes_back_from_its_journal(interview: Interview) -> None:
    journal = journal_of(*interview.changes)
    assert parse_journal("f", journal.data) == (journal, False)
    assert course_of("f", journal, ASKED) == interview.course
    assert course_of("f", journal) == interview.course


@given(interviews(), st.integers(0, 30))
def test_lines_written_one_by_one_are_the_lines_written_at_once(interview: Interview, cut: int) -> None:
    changes = interview.changes
    assert journal_of(*changes[:cut]).and_changes(changes[cut:]) == journal_of(*changes)


@given(interviews(), interviews())
def test_after_another_head_only_what_follows_it_counts(before: Interview, after: Interview) -> None:
    head = head_of(ASKED, company="Acme", date="2026-11-22", brought=before.changes)
    journal = journal_of(*before.changes).and_head(head).and_changes(after.changes)
    assert parse_journal("f", journal.data) == (journal, False)
    assert (journal.head, journal.changes) == (head, after.changes)
    course = course_of("f", begun(head), ASKED)
    assert (course.record, course.past, course.future) == (before.course.record, (), ())


def test_a_line_says_what_happened_and_no_more() -> None:
    (_, answer, undo) = lines_of(journal_of(ANSWER, Undone()).data)
    assert answer.startswith(b'{"do":"answer","question":"a","answer":{"choice":"c1"},"crc":"')
    assert undo.startswith(b'{"do":"undo","crc":"')


TALK: list[Change] = [
    ANSWER,
    Answered(question="b", answer=Answer(not_applicable='naïve 字 \u2028 \\ " \n\t{}')),
    Noted(question="b", remark=Remark(note="said so")),
    Marked(question="b", on=True),
    Undone(),
    Redone(),
]
SOUND = journal_of(*TALK)


@pytest.mark.parametrize("flip", [0x01, 0x20, 0x80, 0xFF])
def test_no_changed_byte_goes_unnoticed(flip: int) -> None:
    for place in range(len(SOUND.data)):
        assert_noticed(SOUND.data[:place] + bytes([SOUND.data[place] ^ flip]) + SOUND.data[place + 1 :])


@pytest.mark.parametrize("byte", [b"\0", b"\n", b'"', b"0", b""])
def test_no_replaced_or_missing_byte_goes_unnoticed(byte: bytes) -> None:
    for place in range(len(SOUND.data)):
        damaged = SOUND.data[:place] + byte + SOUND.data[place + 1 :]
        if damaged != SOUND.data:
            assert_noticed(damaged)


def assert_noticed(data: bytes) -> None:
    """Refused; or said to be torn at the very end, with everything before the last line there."""
    try:
        journal, torn = parse_journal("f", data)
    except Unreadable:
        return
    assert torn
    assert list(journal.changes) == TALK[:-1]


def test_lines_swapped_repeated_or_missing_are_noticed() -> None:
    lines = lines_of(SOUND.data)
    last = len(lines) - 1
    mixed = [
        *(
            [*lines[:i], lines[j], *lines[i + 1 : j], lines[i], *lines[j + 1 :]]
            for i in range(last)
            for j in range(i + 1, last + 1)
        ),
        *([*lines[: i + 1], *lines[i:]] for i in range(1, last + 1)),
        *([*lines[:i], *lines[j:]] for i in range(last) for j in range(i + 1, last + 1)),
    ]
    for some in mixed:
        with pytest.raises(Unreadable):
            parse_journal("f", b"".join(some))


def test_the_line_of_another_session_is_noticed() -> None:
    other = begun(head_of(ASKED, company="Other", date="2026-11-21")).and_changes(TALK)
    for number in range(1, len(TALK) + 1):
        lines = lines_of(SOUND.data)
        lines[number] = lines_of(other.data)[number]
        with pytest.raises(Damaged, match=f"^f:{number + 1}: "):
            parse_journal("f", b"".join(lines))


def test_damage_is_told_with_its_line_and_how_to_keep_what_is_before_it() -> None:
    lines = lines_of(SOUND.data)
    lines[3] = lines[3].replace(b"said", b"sold")
    with pytest.raises(Damaged) as caught:
        parse_journal("acme.cvp.jsonl", b"".join(lines))
    assert str(caught.value).startswith("acme.cvp.jsonl:4: is not as it was written")
    assert "the 3 lines before it are sound: `head -n 3 acme.cvp.jsonl > rescued.cvp.jsonl`" in str(caught.value)
    rescued, torn = parse_journal("rescued.cvp.jsonl", b"".join(lines[:3]))
    assert (list(rescued.changes), torn) == (TALK[:2], False)


def cuts() -> Iterator[int]:
    first = len(lines_of(SOUND.data)[0])
    yield from range(first, len(SOUND.data) + 1)


@pytest.mark.parametrize("filling", [b"", b"\0", b"\0" * 600], ids=["cut", "a NUL", "NULs"])
def test_a_torn_last_line_is_dropped_and_nothing_before_it(filling: bytes) -> None:
    for cut in cuts():
        data = SOUND.data[:cut] + filling
        journal, torn = parse_journal("f", data)
        whole = data.count(b"\n")
        assert list(journal.changes) == TALK[: whole - 1]
        assert torn == (len(journal.data) < len(data))
        assert journal == journal_of(*TALK[: whole - 1])


def test_what_follows_a_torn_line_is_read_with_what_was_before_it() -> None:
    journal, _ = parse_journal("f", SOUND.data[:-5])
    longer = journal.and_changes([ANSWER])
    assert parse_journal("f", longer.data) == (longer, False)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "delete it"),
        (b"cvp: 1\nquestionnaire: level4\n", "--answers"),
        (b'{"cvp": 1, "questionnaire": "level4"}\n', "--answers"),
        (b"\xff\xfe\0\0", "is no session"),
        (b"\n", "is no session"),
        (SOUND.data[:5], "delete it"),
        (SOUND.data[:50], "delete it"),
        (SOUND.data[:50] + b"\0" * 500, "delete it"),
        (b"\0" * 500, "delete it"),
        (SOUND.data.replace(b"session/1", b"session/9"), "f:1: "),
        (b'{"cvp":"session/1"' + b"[" * 100_000 + b"\n", "f:1: "),
    ],
)
def test_what_is_no_session_is_told(data: bytes, said: str) -> None:
    with pytest.raises(Unreadable) as caught:
        parse_journal("f", data)
    assert said in str(caught.value)


def sealed(*bodies: bytes) -> bytes:
    """Lines whose check sums are right, whatever they say."""
    data, crc = b"", 0
    for body in bodies:
        crc = zlib.crc32(body, crc)
        data += b'%b,"crc":"%08x"}\n' % (body[:-1], crc)
    return data


BODY = lines_of(begun(HEAD).data)[0]
BODY = BODY[: BODY.index(b',"crc":')] + b"}"


@pytest.mark.parametrize(
    "line",
    [
        b'{"do":"dance","question":"a"}',
        b'{"do":"answer","question":"a"}',
        b'{"do":"answer","question":"a","answer":{"choice":"c1"},"more":1}',
        b'{"do":"answer","question":"a","answer":{"choice":1}}',
        b'{"do":"undo"',
        b'{"do":"mark","question":"a","on":1}',
        b'{"do":"note","question":"a","remark":{"note":"\\ud800"}}',
        b'{"do":' + b"[" * 50_000 + b"]" * 50_000 + b"}",
        b'{"cvp":"session/1"}',
        b'{"cvp":"session/2"}',
    ],
)
def test_a_line_that_says_nothing_known_is_damage_however_well_sealed(line: bytes) -> None:
    with pytest.raises(Damaged, match=r"^f:2: "):
        parse_journal("f", sealed(BODY, line))


@pytest.mark.parametrize(
    "line",
    [
        b'{"do":"undo"}',
        b'{"do":"redo"}',
        b'{"do":"answer","question":"z","answer":{"choice":"c1"}}',
        b'{"do":"answer","question":"a","answer":{"choice":"c9"}}',
        b'{"do":"cast","question":"a","voter":1,"answer":{"choice":"c1"}}',
        b'{"do":"hands","question":"a","frequencies":[1]}',
    ],
)
def test_a_change_that_cannot_have_been_made_is_damage(line: bytes) -> None:
    mark = b'{"do":"mark","question":"a","on":true}'
    before = (mark,) if b'do":"undo' not in line else ()
    journal, _ = parse_journal("f", sealed(BODY, *before, line))
    with pytest.raises(Damaged, match=f"^f:{2 + len(before)}: cannot be: "):
        course_of("f", journal)


def test_a_character_that_no_encoding_has_makes_no_line_unreadable() -> None:
    journal = journal_of(
        Answered(question="a", answer=Answer.model_construct(choice="c1", note="caf\udce9", evidence=()))
    )
    read, _ = parse_journal("f", journal.data)
    assert read.changes == (Answered(question="a", answer=Answer(choice="c1", note="caf?")),)


def test_a_huge_session_is_refused_soon() -> None:
    body = b'{"do":"mark","question":"a","on":true}'
    started = time.monotonic()
    most, _ = parse_journal("f", sealed(BODY, *[body] * (MOST_LINES - 1)))
    course_of("f", most)
    with pytest.raises(Unreadable, match="more than 10000 lines"):
        parse_journal("f", sealed(BODY, *[body] * MOST_LINES))
    assert time.monotonic() - started < 10


@settings(max_examples=300)
@given(
    st.binary(max_size=200) | st.builds(lambda a, b: SOUND.data[:a] + b, st.integers(0, 2000), st.binary(max_size=50))
)
def test_no_bytes_at_all_are_more_than_an_error(data: bytes) -> None:
    try:
        journal, _ = parse_journal("f", data)
        course_of("f", journal)
    except Unreadable:
        return
    assert SOUND.data.startswith(journal.data)


def test_the_head_says_what_was_asked() -> None:
    assert isinstance(HEAD, Head)
    assert (HEAD.company, HEAD.date, HEAD.language, HEAD.asks) == ("Zoë’s [/] Ltd", "2026-11-21", "en", "ladder")
    assert HEAD.questionnaire.sha256 == ASKED.sha256
    assert HEAD.questions["paid"].choices == ("c0", "c1")
