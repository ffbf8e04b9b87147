"""The line front end over streams: what is kept and when, how it ends, what it survives."""

import errno
import io
import itertools
from collections.abc import Callable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from interview_scripts import ASKED, LINES, SCRIPTS, Script, at, begun, play

from cvp.errors import Unwritable
from cvp.interview.line import ask
from cvp.interview.state import Interview
from questionnaires import Case, cases, sheet

PROMPT = "\n> "


def ignore(_: Interview) -> None:
    """Keeps nothing."""


def talk(
    *lines: str, keep: Callable[[Interview], None] = ignore, begin: Interview | None = None
) -> tuple[Interview, str]:
    output = io.StringIO()
    typed = io.StringIO("".join(f"{line}\n" for line in lines))
    ended = ask(begin or begun(), keep=keep, input_stream=typed, output_stream=output, width=lambda: 80)
    return ended, output.getvalue()


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_scripts_do_what_they_promise(script: Script) -> None:
    ended, shown = talk(*script.lines)
    assert (ended.sheet, at(ended)) == (script.sheet, script.at)
    assert ended.changes == play(begun(), *script.lines).changes
    assert " ".join(script.said.split()) in " ".join(shown.split())


def test_a_whole_interview_finishes() -> None:
    ended, shown = talk("1", "2", "?", "x none", "2", "q")
    assert ended.ending == "finished"
    assert shown.count(PROMPT) == 6
    assert "Question 1 of 5 · Level 1 level 1" in shown
    assert "No question is left." in shown


def test_leaving_early_keeps_what_was_answered() -> None:
    ended, _ = talk("1", "q")
    assert (ended.sheet, ended.ending) == (sheet(a="c0"), "quit")


def test_the_end_of_the_input_leaves() -> None:
    ended, shown = talk("1")
    assert (ended.sheet, ended.ending) == (sheet(a="c0"), "quit")
    assert shown.endswith(f"{PROMPT}\n")
    assert not talk()[0].changes
    assert talk("1", "1", "1", "1", "1")[0].ending == "finished"


def test_who_leaves_is_told_of_hidden_votes() -> None:
    _, shown = talk("room 3", "v", "1", "stop", "g 3", "q")
    assert shown.endswith("> Question 1 has a hidden vote under way: 1 of 3 (g 1, then v).\n")
    assert talk("1", "q")[1].endswith(PROMPT)


def test_the_end_of_the_input_in_a_vote_leaves() -> None:
    ended, shown = talk("room 3", "v", "1")
    assert ended.ending == "quit"
    assert len(ended.changes) == 3
    assert shown.count("Person 2 of 3: number, ? or x REASON, hidden> ") == 1


def test_changes_are_kept_each_before_the_next_prompt_and_nothing_else_is() -> None:
    output = io.StringIO()
    kept: list[tuple[int, int]] = []
    lines = ["1", "", "b", "1", "foo", "h", "n", "u", "u", "f there", "q"]
    ask(
        begun(),
        keep=lambda now: kept.append((output.getvalue().count(PROMPT), len(now.changes))),
        input_stream=io.StringIO("".join(f"{line}\n" for line in lines)),
        output_stream=output,
        width=lambda: 80,
    )
    assert kept == [(1, 1), (8, 2), (10, 2)]


class Interrupted(io.StringIO):
    """An input at whose end somebody presses Ctrl-C."""

    def readline(self, size: int | None = -1) -> str:  # type: ignore[override]
        if line := super().readline(-1 if size is None else size):
            return line
        raise KeyboardInterrupt


def test_ctrl_c_passes_through_with_everything_kept() -> None:
    kept: list[Interview] = []
    typed, output = Interrupted("1\n2\n"), io.StringIO()
    with pytest.raises(KeyboardInterrupt):
        ask(begun(), keep=kept.append, input_stream=typed, output_stream=output, width=lambda: 80)
    assert [state.sheet for state in kept] == [sheet(a="c0"), sheet(a="c0", b="c1")]


def test_ctrl_c_while_keeping_keeps_again() -> None:
    kept: list[Interview] = []

    def keep(now: Interview) -> None:
        kept.append(now)
        if len(kept) == 1:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        talk("1", "2", keep=keep)
    assert [state.sheet for state in kept] == [sheet(a="c0")] * 2


def test_ctrl_c_with_something_unsaved_says_so_at_the_last() -> None:
    def keep(_: Interview) -> None:
        raise Unwritable("the disk is full")

    with pytest.raises(Unwritable, match="disk is full"):
        ask(begun(), keep=keep, input_stream=Interrupted("1\n"), output_stream=io.StringIO(), width=lambda: 80)


class Disk:
    """Keeps changes as a file would: those in `full` attempts fail, and no path but a plain name can be written."""

    def __init__(self, *full: int) -> None:
        self.full = full
        self.attempts = 0
        self.file = ""
        self.changes = 0

    def keep(self, interview: Interview) -> None:
        self.attempts += 1
        if self.attempts in self.full:
            raise Unwritable("no space left")
        if "/" in interview.file:
            raise Unwritable(f"{interview.file}: no such folder")
        self.file, self.changes = interview.file, len(interview.changes)


def test_a_full_disk_is_told_at_once_and_tried_again() -> None:
    disk = Disk(1, 2)
    ended, shown = talk("1", "h", "2", "q", keep=disk.keep)
    pages = shown.split(PROMPT)
    assert ["NOT SAVED: no space left" in page for page in pages] == [False, True, True, False, False]
    assert "Everything is saved now." in pages[3]
    assert (disk.changes, ended.unsaved) == (2, "")


def test_what_is_not_saved_can_be_kept_elsewhere() -> None:
    disk = Disk(1)
    ended, shown = talk("1", "f there", "q", keep=disk.keep)
    assert (disk.file, disk.changes) == ("there", 1)
    assert ended.file == "there"
    assert "Everything is saved now." in shown


def test_a_file_that_cannot_be_written_leaves_the_session_where_it_was() -> None:
    disk = Disk()
    ended, shown = talk("1", "f no/where", "2", "q", keep=disk.keep)
    assert "Not kept there: no/where: no such folder" in shown
    assert "NOT SAVED" not in shown
    assert (ended.file, disk.file, disk.changes) == ("", "", 2)


def test_what_is_not_saved_is_left_only_when_asked_twice() -> None:
    disk = Disk(*range(1, 99))
    ended, shown = talk("1", "q", "q!", keep=disk.keep)
    assert "q! to leave without them" in shown
    assert ended.unsaved == "no space left"
    assert talk("1", keep=disk.keep)[0].ending == "quit"


def test_other_errors_are_not_passed_over() -> None:
    def keep(_: Interview) -> None:
        raise OSError(errno.EFBIG, "too large")

    with pytest.raises(OSError, match="too large"):
        talk("1", keep=keep)


class Gone(io.StringIO):
    """A terminal that is closed after so many lines."""

    def __init__(self, text: str = "", error: int = errno.EIO, reads: int = 99, writes: int = 99) -> None:
        super().__init__(text)
        self.error, self.reads, self.writes = error, reads, writes

    def readline(self, size: int | None = -1) -> str:  # type: ignore[override]
        self.reads -= 1
        if self.reads < 0:
            raise OSError(self.error, "gone")
        return super().readline(-1 if size is None else size)

    def write(self, text: str) -> int:
        self.writes -= 1
        if self.writes < 0:
            raise OSError(self.error, "gone")
        return super().write(text)


@pytest.mark.parametrize("writes", [99, 0, 1, 2, 3, 4])
def test_a_closed_terminal_leaves_with_everything_kept(writes: int) -> None:
    kept: list[Interview] = []
    ended = ask(
        begun(),
        keep=kept.append,
        input_stream=Gone("1\n2\n3\n", reads=2),
        output_stream=Gone(writes=writes),
        width=lambda: 80,
    )
    assert ended.ending == "quit"
    assert ended.changes == (kept[-1].changes if kept else ())


def test_another_fault_of_the_terminal_is_not_passed_over() -> None:
    with pytest.raises(OSError, match="gone"):
        ask(
            begun(),
            keep=ignore,
            input_stream=Gone("1\n", errno.ENOSPC, reads=1),
            output_stream=io.StringIO(),
            width=lambda: 80,
        )


def test_the_width_is_asked_for_at_every_screen() -> None:
    widths: Iterator[int] = iter([80, 40, 120])
    output = io.StringIO()
    ask(begun(), keep=ignore, input_stream=io.StringIO("h\nh\n"), output_stream=output, width=lambda: next(widths))
    first, second, third, _ = output.getvalue().split(PROMPT)
    assert max(map(len, second.splitlines())) <= 40 < max(map(len, first.splitlines()))
    assert max(map(len, third.splitlines())) > 80


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-8"])
def test_any_output_encoding_will_do(encoding: str) -> None:
    raw = io.BytesIO()
    output = io.TextIOWrapper(raw, encoding=encoding, errors="strict")
    typed = io.StringIO("x 字 ’\nb\nroom 字, 二\nv\n")
    ask(begun(), keep=ignore, input_stream=typed, output_stream=output, width=lambda: 60)
    output.flush()
    shown = raw.getvalue().decode(encoding)
    assert ("·" if encoding != "ascii" else " - ") in shown
    assert ("字, 1 of 2" if encoding == "utf-8" else "\\u5b57, 1 of 2") in shown


def typed_bytes(data: bytes) -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(data), encoding="utf-8", errors="strict")


def test_bytes_that_are_no_text_are_a_typing_error() -> None:
    output = io.StringIO()
    kept: list[Interview] = []
    ask(begun(), keep=kept.append, input_stream=typed_bytes(b"x caf\xe9\n"), output_stream=output, width=lambda: 80)
    assert not kept
    assert "is not something to type here" in output.getvalue()


def test_an_input_that_ends_inside_a_character_ends() -> None:
    output = io.StringIO()
    ended = ask(begun(), keep=ignore, input_stream=typed_bytes(b"\xe2\x82"), output_stream=output, width=lambda: 80)
    assert (ended.ending, ended.changes) == ("quit", ())


@given(cases(), st.lists(st.sampled_from(LINES), max_size=15))
def test_the_last_kept_state_is_the_outcome(case: Case, script: list[str]) -> None:
    begin = begun(case.questionnaire, case.sheet)
    kept = [begin]
    ended, _ = talk(*script, keep=kept.append, begin=begin)
    assert (ended.changes, ended.file) == (kept[-1].changes, kept[-1].file)
    assert all((a.changes, a.file) != (b.changes, b.file) for a, b in itertools.pairwise(kept))
    assert ended.record == play(begin, *script, "q!").record


def test_nothing_is_asked_after_leaving() -> None:
    assert talk(begin=play(begun(ASKED), "q"))[1] == ""
