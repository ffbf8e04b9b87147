"""The line front end over streams: what is kept and when, how it ends, what it survives."""

import io
import itertools
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cvp.answers import AnswerSheet
from cvp.interview.keys import reduce
from cvp.interview.line import PROMPT, Outcome, ask
from cvp.interview.state import start
from questionnaires import Case, cases, one_for_each_level, safeguard, sheet

SMALL = one_for_each_level(safeguard("paid", 2, 0, 1))


def talk(
    *lines: str, keep: Callable[[AnswerSheet], None] = lambda _: None, before: AnswerSheet | None = None
) -> tuple[Outcome, str]:
    output = io.StringIO()
    outcome = ask(
        SMALL,
        before or {},
        keep=keep,
        input_stream=io.StringIO("".join(f"{line}\n" for line in lines)),
        output_stream=output,
        width=80,
    )
    return outcome, output.getvalue()


def test_a_whole_interview_finishes() -> None:
    outcome, shown = talk("1", "2", "?", "x none", "2", "q")
    assert outcome == Outcome(sheet(a="c0", b="c1", c="?", d={"not_applicable": "none"}, paid="c1"), finished=True)
    assert shown.count(f"\n{PROMPT}") == 6
    assert "Question 1 of 5 · Level 1 level 1" in shown
    assert "Every question has an answer." in shown


def test_leaving_early_keeps_what_was_answered() -> None:
    assert talk("1", "q")[0] == Outcome(sheet(a="c0"), finished=False)


def test_the_end_of_the_input_leaves() -> None:
    outcome, shown = talk("1")
    assert outcome == Outcome(sheet(a="c0"), finished=False)
    assert shown.endswith(f"\n{PROMPT}\n")
    assert talk()[0] == Outcome({}, finished=False)


def test_the_end_of_the_input_after_the_last_answer_finishes() -> None:
    assert talk("1", "1", "1", "1", "1")[0].finished


def test_answers_are_kept_at_every_change_and_at_nothing_else() -> None:
    kept: list[AnswerSheet] = []
    talk("1", "", "b", "1", "foo", "h", "n", "u", "u", "u", "q", keep=kept.append)
    assert kept == [sheet(a="c0"), {}]


def test_answers_are_kept_before_the_next_prompt() -> None:
    output = io.StringIO()
    prompts: list[int] = []
    ask(
        SMALL,
        {},
        keep=lambda _: prompts.append(output.getvalue().count(PROMPT)),
        input_stream=io.StringIO("1\n?\nn\n1\nq\n"),
        output_stream=output,
        width=80,
    )
    assert prompts == [1, 2, 4]


class Interrupted(io.StringIO):
    """An input at whose end somebody presses Ctrl-C."""

    def readline(self, size: int | None = -1) -> str:  # type: ignore[override]
        if line := super().readline(-1 if size is None else size):
            return line
        raise KeyboardInterrupt


def test_ctrl_c_passes_through_with_everything_kept() -> None:
    kept: list[AnswerSheet] = []
    with pytest.raises(KeyboardInterrupt):
        ask(SMALL, {}, keep=kept.append, input_stream=Interrupted("1\n2\n"), output_stream=io.StringIO(), width=80)
    assert kept == [sheet(a="c0"), sheet(a="c0", b="c1")]


def test_ctrl_c_while_keeping_keeps_again() -> None:
    kept: list[AnswerSheet] = []

    def keep(now: AnswerSheet) -> None:
        kept.append(now)
        if len(kept) == 1:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        talk("1", "2", keep=keep)
    assert kept == [sheet(a="c0")] * 2


def test_what_cannot_be_kept_is_not_passed_over() -> None:
    def keep(_: AnswerSheet) -> None:
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        talk("1", keep=keep)


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-8"])
def test_any_output_encoding_will_do(encoding: str) -> None:
    raw = io.BytesIO()
    output = io.TextIOWrapper(raw, encoding=encoding, errors="strict")
    ask(SMALL, {}, keep=lambda _: None, input_stream=io.StringIO("x 字 ’\nb\n"), output_stream=output, width=60)
    output.flush()
    assert ("·" if encoding != "ascii" else " - ") in raw.getvalue().decode(encoding)


def typed_bytes(data: bytes) -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(data), encoding="utf-8", errors="strict")


def test_bytes_that_are_no_text_are_a_typing_error() -> None:
    output = io.StringIO()
    kept: list[AnswerSheet] = []
    ask(SMALL, {}, keep=kept.append, input_stream=typed_bytes(b"x caf\xe9\n"), output_stream=output, width=80)
    assert not kept
    assert "is not something to type here" in output.getvalue()


def test_an_input_that_ends_inside_a_character_ends() -> None:
    outcome = ask(
        SMALL, {}, keep=lambda _: None, input_stream=typed_bytes(b"\xe2\x82"), output_stream=io.StringIO(), width=80
    )
    assert outcome == Outcome({}, finished=False)


@given(
    cases(),
    st.lists(st.sampled_from(["", "1", "2", "?", "x none", "n", "b", "u", "g 2", "l", "q", "\x00"]), max_size=15),
)
def test_the_last_kept_sheet_is_the_outcome(case: Case, script: list[str]) -> None:
    kept = [case.sheet]
    text = io.StringIO("".join(f"{line}\n" for line in script))
    outcome = ask(
        case.questionnaire, case.sheet, keep=kept.append, input_stream=text, output_stream=io.StringIO(), width=60
    )
    assert outcome.sheet == kept[-1]
    assert all(earlier != later for earlier, later in itertools.pairwise(kept))
    state = start(case.questionnaire, case.sheet)
    for line in [*script, "q"]:
        state = reduce(state, line)
    assert outcome == Outcome(state.sheet, state.ending == "finished")
