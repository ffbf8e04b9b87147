"""The stage without a terminal: keys and clicks become lines, and every script ends as in the line front end."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Final

import pytest
from interview_scripts import SCRIPTS, Script, assert_outcome, begun

from cvp.errors import Unwritable
from cvp.interview.keeping import Keep
from cvp.interview.keys import reduce
from cvp.interview.showing import screen
from cvp.interview.state import Interview, start
from cvp.loading import load_questionnaire
from cvp.speaking import speaking
from questionnaires import criterion, questionnaire, safeguard

textual = pytest.importorskip("textual", reason="the extra `stage` is not installed")

from textual import events  # noqa: E402
from textual.pilot import Pilot  # noqa: E402
from textual.widgets import Input, TextArea  # noqa: E402

from cvp.interview.stage.app import Stage  # noqa: E402
from cvp.interview.stage.entry import NoteEntry  # noqa: E402

BIG: Final = (120, 40)
SMALL: Final = (80, 24)
STAYS: Final = 4
"""Drawings after which a screen that did not change will not."""
NAMED_KEYS: Final = {"\n": "enter", " ": "space", "\x1b": "escape", "\x0b": "ctrl+j"}
ESC, LINE = "\x1b", "\x0b"


class Facilitator:
    """Somebody at the stage's keyboard."""

    def __init__(self, stage: Stage, pilot: Pilot[None]) -> None:
        self.stage = stage
        self.pilot = pilot

    async def type(self, text: str) -> None:
        """As fast as it gets, one key after the other."""
        await self.press(*text)

    async def press(self, *keys: str) -> None:
        """Characters, and keys by their names."""
        for key in keys:
            character = key if len(key) == 1 and key.isprintable() else None
            self.stage.post_message(events.Key(NAMED_KEYS.get(key, key), character))
        await self.settle()

    async def settle(self) -> None:
        """Until every key has gone its way, through the widget that has the focus and back to the stage."""
        rounds = 0
        while rounds < 4 or (self.stage._held is not None and not self.over):
            rounds += 1
            for pump in (self.stage, self.stage.focused, self.stage.entry, self.stage.screen):
                if pump and pump.is_running:
                    done = asyncio.Event()
                    pump.call_later(done.set)
                    while not (done.is_set() or self.over):
                        await asyncio.sleep(0)

    @property
    def over(self) -> bool:
        """Whether nothing that is typed goes anywhere any more."""
        return bool(self.stage.failure or self.stage.interview.ending)

    async def say(self, line: str) -> None:
        """A line of the line front end, in the keys of the stage; in a vote by whose turn it is."""
        if self.stage.interview.turn and not self.stage.entry:
            await self.type(" ")
        name, _, words = line.partition(" ")
        if len(name) != 1:
            await self.type(f":{line}\n" if line else "\n")
            return
        await self.type(name)
        if self.stage.entry:
            await self.type(words + "\n")

    async def begin(self) -> None:
        """Another interview, with nothing left of the one before."""
        if self.stage.entry:
            await self.type(ESC)
        self.stage.query_one(NoteEntry).write([])
        await self.stage.show(begun())

    async def play(self, script: Script) -> None:
        """All its lines; then what it promises is true."""
        for line in script.lines:
            await self.say(line)
        assert_outcome(script, self.stage.interview)
        assert self.stage.interview.changes == reduce_all(begun(), script.lines).changes

    async def click(self, text: str) -> None:
        """On the last place where this can be read."""
        lines = (await self.shown()).splitlines()
        y = max(y for y, line in enumerate(lines) if text in line)
        await self.pilot.click(offset=(lines[y].rindex(text), y))
        await self.settle()

    @property
    def votes(self) -> frozenset[int]:
        """Who has voted on the question."""
        latest = self.stage.interview.round
        return latest.voters if latest else frozenset()

    async def shown(self) -> str:
        """What is on the screen, once it stays so: a widget that moves another does it after a drawing or two."""
        seen: list[str] = []
        while len(seen) < STAYS or len(set(seen[-STAYS:])) > 1:
            await self.pilot.pause()
            seen.append(self.drawn())
        return seen[-1]

    def drawn(self) -> str:
        """What is on the screen at this moment."""
        return "\n".join(strip.text.rstrip() for strip in self.stage.screen._compositor.render_strips())


def reduce_all(interview: Interview, lines: Sequence[str]) -> Interview:
    """What the lines come to without any front end."""
    for line in lines:
        interview = reduce(interview, line)
    return interview


Act = Callable[[Facilitator], Awaitable[None]]


def play(
    act: Act, interview: Interview | None = None, size: tuple[int, int] = SMALL, keep: Keep | None = None
) -> Stage:
    """What is left of a stage where somebody did something."""
    stage = Stage(interview or begun(), keep or (lambda _: None))

    async def run() -> None:
        async with stage.run_test(size=size) as pilot:
            await act(Facilitator(stage, pilot))

    asyncio.run(run())
    if stage.failure:
        raise stage.failure
    return stage


def test_every_script_ends_as_in_the_line_front_end() -> None:
    async def act(facilitator: Facilitator) -> None:
        for script in SCRIPTS:
            if "q" not in script.lines:
                await facilitator.begin()
                await facilitator.play(script)

    play(act)


@pytest.mark.parametrize(
    "script", [script for script in SCRIPTS if "q" in script.lines], ids=lambda script: script.name
)
def test_so_does_every_script_that_leaves(script: Script) -> None:
    play(lambda facilitator: facilitator.play(script))


def test_each_change_is_kept_before_it_is_shown() -> None:
    kept: list[tuple[int, str]] = []

    async def act(facilitator: Facilitator) -> None:
        facilitators.append(facilitator)
        await facilitator.type("2bm?nh")

    def keep(interview: Interview) -> None:
        kept.append((len(interview.changes), facilitators[0].drawn()))

    facilitators: list[Facilitator] = []
    play(act, keep=keep)
    assert [changes for changes, _ in kept] == [1, 2, 3]
    assert "Question 1 of 5" in kept[0][1]
    assert "You said" not in kept[0][1]
    assert "marked" not in kept[1][1].lower()


def test_what_cannot_be_kept_is_said_loudly_and_tried_again() -> None:
    full = [True]

    def keep(interview: Interview) -> None:
        if full[0] and interview.file != "stick":
            raise Unwritable("a.jsonl: no space left on device")

    async def act(facilitator: Facilitator) -> None:
        await facilitator.type("2")
        assert "NOT SAVED: a.jsonl: no space left on device" in await facilitator.shown()
        assert facilitator.stage.interview.sheet["a"].choice == "c1"
        await facilitator.type("q")
        assert "NOT SAVED" in await facilitator.shown()
        assert "Type f and a path" in await facilitator.shown()
        await facilitator.say("f stick")
        assert "NOT SAVED" not in await facilitator.shown()
        await facilitator.type("q")

    assert play(act, keep=keep).interview.ending == "quit"


def test_any_other_failure_leaves_the_stage() -> None:
    def keep(_: Interview) -> None:
        raise RuntimeError("a fault")

    with pytest.raises(RuntimeError, match="a fault"):
        play(lambda facilitator: facilitator.type("2"), keep=keep)


def test_arrows_and_enter_choose() -> None:
    async def act(facilitator: Facilitator) -> None:
        await facilitator.press("enter")
        assert "Nothing was typed" in await facilitator.shown()
        await facilitator.press("down", "down", "down", "down", "up")
        assert "▶ 2 ○ choice 1" in await facilitator.shown()
        await facilitator.press("enter")
        assert "▶" not in await facilitator.shown()

    assert play(act).interview.sheet["a"].choice == "c1"


def test_clicks_choose_and_press_keys() -> None:
    async def act(facilitator: Facilitator) -> None:
        await facilitator.click("choice 1")
        assert facilitator.stage.interview.sheet["a"].choice == "c1"
        await facilitator.click("undo")
        assert not facilitator.stage.interview.sheet
        await facilitator.click(":room")
        await facilitator.type("2")
        await facilitator.click("Enter send")
        assert facilitator.stage.interview.record.people == ("Person 1", "Person 2")
        await facilitator.click("not applicable")
        await facilitator.type("2")
        await facilitator.click("choice 1")
        assert not facilitator.stage.interview.sheet, "a click beside the words that are being typed"
        await facilitator.click("Esc leave")
        assert facilitator.stage.entry is None

    play(act)


def test_the_mouse_and_the_arrows_cannot_betray_a_vote() -> None:
    async def act(facilitator: Facilitator) -> None:
        await facilitator.say("room 2")
        await facilitator.press("down", "v")
        await facilitator.press("down", "enter")
        assert "▶ 1 ○" not in await facilitator.shown()
        await facilitator.click("choice 1")
        assert not facilitator.votes
        await facilitator.type("1")
        assert len(facilitator.votes) == 1

    play(act)


def test_hidden_votes_look_alike() -> None:
    async def screens(votes: Sequence[str], facilitator: Facilitator) -> list[str]:
        await facilitator.say("room Ann, Bob, Eve")
        await facilitator.type("v")
        shown = []
        for vote in votes:
            await facilitator.say(vote)
            shown.append(await facilitator.shown())
        return shown

    async def act(facilitator: Facilitator) -> None:
        ways = [["1", "3", "2"], ["3", "3", "3"], ["?", "x secret", "1"]]
        seen = []
        for votes in ways:
            await facilitator.begin()
            seen.append(await screens(votes, facilitator))
        assert seen[0] == seen[1] == seen[2]
        assert "● 1  ● 2  ▶ 3 next" in seen[0][1]

    play(act)


@pytest.mark.parametrize("pressed", ["3", "?", "x none of ours\n"])
def test_a_key_too_many_is_not_the_vote_of_the_next(pressed: str) -> None:
    async def act(facilitator: Facilitator) -> None:
        await facilitator.say("room Ann, Bob: CEO, Eve")
        await facilitator.type("v" + pressed)
        assert facilitator.votes == {1}
        await facilitator.type("3333???sssuuxx1")
        assert facilitator.stage.entry is None
        shown = await facilitator.shown()
        assert "Bob: CEO, 2 of 3: press Space, then your key" in shown
        assert "Space ready to vote" in shown
        assert "don't know" not in shown
        await facilitator.type("   ")
        assert "Bob: CEO, 2 of 3: number" in await facilitator.shown()
        assert facilitator.votes == {1}
        await facilitator.type("1111")
        assert facilitator.votes == {1, 2}
        await facilitator.press("enter", "enter", "2")
        assert facilitator.votes == {1, 2, 3}

    interview = play(act).interview
    assert len(interview.changes) == 5
    assert interview.record.round("a")


def test_who_is_passed_over_or_takes_a_vote_back_does_so_once() -> None:
    async def act(facilitator: Facilitator) -> None:
        await facilitator.say("room 4")
        await facilitator.type("vsss")
        assert facilitator.stage.interview.turn == 2
        await facilitator.type(" 1 3uuu")
        assert facilitator.votes == {2, 3}
        await facilitator.type(" uuu")
        assert facilitator.votes == {2}
        await facilitator.click("Space ready")
        await facilitator.type("2")
        assert facilitator.votes == {2, 3}

    play(act)


def test_a_vote_can_be_left_without_a_turn() -> None:
    async def act(facilitator: Facilitator) -> None:
        await facilitator.say("room 3")
        await facilitator.type("v1b")
        assert not facilitator.stage.interview.turn
        await facilitator.type("v2" + ESC)
        assert not facilitator.stage.interview.turn
        assert facilitator.votes == {1, 2}
        await facilitator.type("vq")
        assert "q again leaves" in await facilitator.shown()
        await facilitator.type("q")

    assert play(act).interview.ending == "quit"


def test_what_is_told_of_a_vote_can_be_pressed() -> None:
    async def act(facilitator: Facilitator) -> None:
        stage = facilitator.stage
        await facilitator.say("room 2")
        await facilitator.type("v a")
        assert "b leaves the vote" in await unfolded(facilitator)
        await facilitator.type("b")
        assert (stage.interview.turn, facilitator.votes) == (0, frozenset())
        assert ":v! reveals it without the rest" in await unfolded(facilitator)
        await facilitator.type("v1 s")
        assert "Everybody here has voted; :v! reveals, v calls person 2." in await unfolded(facilitator)
        await facilitator.type(":v!\n:v!\n")
        assert stage.interview.round
        assert stage.interview.round.revealed

    play(act)


def test_words_are_told_as_they_are_to_be_typed() -> None:
    async def act(facilitator: Facilitator) -> None:
        await facilitator.type("v")
        assert "as in: :room 7" in await unfolded(facilitator)
        await facilitator.type("z")
        assert "or :help for all keys" in await unfolded(facilitator)
        await facilitator.type(":help\n")
        assert "s or :skip: leave it open and go on" in facilitator.stage.interview.message

    play(act)


async def unfolded(facilitator: Facilitator) -> str:
    """What is on the screen, with what is said last in one line."""
    return (await facilitator.shown()).replace("\n█ ", " ")


@pytest.mark.parametrize("language", ["en", "de", "es", "fr"])
@pytest.mark.parametrize("size", [(60, 20), (80, 20), (80, 24), (100, 24), (100, 30), (100, 34), (120, 40)])
def test_what_a_vote_came_to_is_in_sight(size: tuple[int, int], language: str) -> None:
    async def act(facilitator: Facilitator) -> None:
        await facilitator.type("v1 1 1 5 5v")
        await assert_seen(facilitator)
        await facilitator.type("nb")
        await assert_seen(facilitator)

    async def assert_seen(facilitator: Facilitator) -> None:
        """All that is said of the vote, word by word, whatever stands beside it."""
        for _ in range(4):  # lines that move closer together are drawn twice
            drawn = await facilitator.shown()
        words, vote = iter(drawn.split()), screen(facilitator.stage.interview).vote
        assert len(vote) == 3
        assert all(word in words for word in " ".join(vote).split()), drawn

    with speaking(language):
        play(act, reduce(start(load_questionnaire("quick"), language=language), "room 5"), size)


def test_a_reason_in_a_hidden_vote_is_not_shown_while_it_is_typed() -> None:
    async def act(facilitator: Facilitator) -> None:
        await facilitator.say("room 2")
        await facilitator.type("vxsecret")
        assert "secret" not in await facilitator.shown()
        await facilitator.type("\n")
        assert len(facilitator.votes) == 1
        await facilitator.type(ESC)
        assert "1 of 2 have voted" in await facilitator.shown()

    play(act)


def test_revealed_votes_are_dots_and_numbers() -> None:
    async def act(facilitator: Facilitator) -> None:
        await facilitator.say("c 0 1 4 ?2")
        shown = await facilitator.shown()
        assert "  4 ●●●●  choice 2" in shown
        assert "  1 ●     choice 1" in shown
        assert "agreement" in shown
        await facilitator.pilot.resize_terminal(40, 12)
        await facilitator.type(ESC)
        assert "○  1 choice 1" in await facilitator.shown(), "dots leave no room for words on a small screen"
        await facilitator.pilot.resize_terminal(*SMALL)
        await facilitator.say("c 0 1 1000")
        assert "1000 choice 2" in await facilitator.shown()

    play(act)


def test_a_digit_begins_a_number_where_there_are_more_than_nine_choices() -> None:
    ten = questionnaire([criterion("a", 1, *(step / 9 for step in range(10)))])
    stage = play(lambda facilitator: facilitator.type("10\n"), start(ten))
    assert stage.interview.sheet["a"].choice == "c9"


def test_notes_are_kept_a_line_each_and_what_is_refused_stays() -> None:
    async def act(facilitator: Facilitator) -> None:
        text = facilitator.stage.query_one(TextArea)
        await facilitator.type(f"eone{LINE}{LINE}two | CRM | soon{LINE}three\n")
        assert "soon" in await facilitator.shown()
        assert facilitator.stage.entry
        assert text.text == "two | CRM | soon\nthree"
        text.text = "two | CRM | 2012-11\nthree"
        await facilitator.type("\n")
        assert facilitator.stage.entry is None
        remark = facilitator.stage.interview.record.remarks["a"]
        assert remark.note == "one / three"
        assert remark.evidence[0].source == "CRM"
        assert "Note: one / three" in await facilitator.shown()

    play(act)


@pytest.mark.parametrize("key", ["ctrl+j", "alt+enter", "shift+enter", "ctrl+enter"])
def test_what_begins_a_line_keeps_no_note(key: str) -> None:
    async def act(facilitator: Facilitator) -> None:
        await facilitator.type("eone")
        await facilitator.press(key)
        await facilitator.type("two")
        assert facilitator.stage.query_one(TextArea).text == "one\ntwo"

    assert not play(act).interview.changes


@pytest.mark.parametrize("key", ["enter", "ctrl+s"])
def test_what_is_typed_behind_a_note_is_for_the_next_prompt(key: str) -> None:
    async def act(facilitator: Facilitator) -> None:
        facilitator.stage.post_message(events.Key("e", "e"))
        await facilitator.press(*"seen", key, "2")
        interview = facilitator.stage.interview
        assert (interview.sheet["a"].choice, interview.record.remarks["a"].note) == ("c1", "seen")

    play(act)


@pytest.mark.parametrize(("word", "end"), [("help", "lp"), ("next", "xt"), ("keys", "ys"), ("file", "ile")])
def test_a_word_that_is_typed_without_its_colon_leaves_nothing_behind(word: str, end: str) -> None:
    async def act(facilitator: Facilitator) -> None:
        await facilitator.type(word + "\n")
        said = " ".join(facilitator.stage.interview.message)
        assert said.endswith(f'"{word}" came in letter by letter; its end, "{end}", is not kept. Type :{word} for it.')
        assert facilitator.stage.entry is None
        await facilitator.type("e" + end + "\n")  # as a note of its own it is one
        assert [remark.note for remark in facilitator.stage.interview.record.remarks.values()] == [end]

    interview = play(act).interview
    assert (len(interview.changes), interview.file) == (1, "")


def test_a_note_that_was_left_is_there_again_at_the_same_question_alone() -> None:
    async def act(facilitator: Facilitator) -> None:
        text = facilitator.stage.query_one(TextArea)
        await facilitator.type("e" + ESC)
        assert "opens your lines again" not in await facilitator.shown()
        await facilitator.type("ehalf a tho" + ESC)
        assert "e opens your lines again" in await facilitator.shown()
        await facilitator.type("e")
        assert "Enter keep the note  Ctrl-J new line  Esc leave" in await facilitator.shown()
        assert text.text == "half a tho"
        await facilitator.type(ESC + "ne")
        assert text.text == ""

    assert not play(act).interview.changes


def test_what_is_typed_after_a_key_is_no_key() -> None:
    async def act(facilitator: Facilitator) -> None:
        await facilitator.type("x1 2 q u")
        assert facilitator.stage.query_one(Input).value == "1 2 q u"
        await facilitator.type(ESC + "b")

    assert not play(act).interview.changes


def test_what_is_typed_behind_enter_is_for_the_next_prompt() -> None:
    async def act(facilitator: Facilitator) -> None:
        await facilitator.type(":x never sold there\n2:s\n1")
        sheet = facilitator.stage.interview.sheet
        order = facilitator.stage.interview.order
        assert sheet[order[0]].not_applicable == "never sold there"
        assert sheet[order[1]].choice == "c1"
        assert order[2] not in sheet
        assert sheet[order[3]].choice == "c0"

    play(act)


def test_light_and_dark() -> None:
    async def act(facilitator: Facilitator) -> None:
        before = facilitator.stage.theme
        shown = await facilitator.shown()
        await facilitator.press("t")
        assert facilitator.stage.theme != before
        assert await facilitator.shown() == shown
        await facilitator.press("f2")
        assert facilitator.stage.theme == before

    play(act)


HOSTILE: Final = "[bold red]x[/] [/nope] [@click=app.exit()]y[/] [link=http://e.vil]z[/] \x1b]52;c;eA==\x07 \u202eabc"
SPELLED: Final = (
    "[bold red]x[/] [/nope] [@click=app.exit()]y[/] [link=http://e.vil]z[/] \\x1b]52;c;eA==\\x07 \\u202eabc"
)


def test_foreign_texts_are_plain_texts() -> None:
    """As far as a questionnaire may hold them: it refuses controls, the name of a company does not."""
    text = HOSTILE[: HOSTILE.index("\x1b")].strip()
    bare = {"value": "c0", "label": text, "score": 0}, {"value": "c1", "label": text, "score": 1}
    asked = questionnaire([criterion("a", 1, label=text, hint=text, choices=bare)], title="t")

    async def act(facilitator: Facilitator) -> None:
        await facilitator.type("e" + text + "\n")
        await facilitator.press("down")
        shown = await facilitator.shown()
        assert SPELLED in shown
        assert (
            shown.count(text) == 6 + 1
        )  # the company, the label, the hint, two choices, the note, what was said of it
        assert "\x1b" not in shown
        spans = [strip for strip in facilitator.stage.screen._compositor.render_strips() if "http" in strip.text]
        assert not any(segment.style and segment.style.link for strip in spans for segment in strip)

    play(act, start(asked, company=HOSTILE), size=(200, 40))


@pytest.mark.parametrize("size", [(100, 20), (40, 10), (20, 5), (300, 80)])
def test_any_size_shows_the_question_and_the_way_out(size: tuple[int, int]) -> None:
    async def act(facilitator: Facilitator) -> None:
        await facilitator.pilot.resize_terminal(*size)
        await facilitator.press("pagedown", "pageup", "down")
        shown = await facilitator.shown()
        assert max(map(len, shown.splitlines())) <= size[0]
        assert "q " in shown
        assert "about a" in shown or "choice 0" in shown
        assert ":help" in shown
        await facilitator.press("enter")
        await facilitator.pilot.resize_terminal(80, 24)
        assert "Question 2 of 5" in await facilitator.shown()

    assert play(act).interview.sheet["a"].choice == "c0"


def test_long_texts_scroll() -> None:
    long = " ".join(f"word{number}" for number in range(200))
    asked = questionnaire([criterion("a", 1, label=long, guidance=long.replace("word", "hint"))])

    async def act(facilitator: Facilitator) -> None:
        assert "word199" not in await facilitator.shown()
        seen = await facilitator.shown()
        for _ in range(10):
            await facilitator.press("pagedown")
            seen += await facilitator.shown()
        assert "word199" in seen
        assert "choice 2" in seen
        await facilitator.type("h")
        assert "hint199" not in await facilitator.shown()
        await facilitator.press(*["pagedown"] * 20)
        assert "hint199" in await facilitator.shown()
        assert ":help" in await facilitator.shown()

    play(act, start(asked), size=(60, 16))


def test_the_ladder_narrows_as_answers_come() -> None:
    async def act(facilitator: Facilitator) -> None:
        assert (await facilitator.shown()).count("▒" * 14 + "┃" + "▒" * 6 + " open") == 4
        await facilitator.type("32")
        shown = await facilitator.shown()
        assert "█" * 14 + "┃" + "█" * 6 + " holds" in shown
        assert "█" * 10 + "····┃······ fails" in shown
        assert "1 of 1 · needs 0.70" in shown

    play(act, size=BIG)


def test_a_score_just_under_its_threshold_does_not_look_as_if_it_reached_it() -> None:
    asked = questionnaire([criterion("a", 1, 0, 0.699, 1)])

    async def act(facilitator: Facilitator) -> None:
        await facilitator.type("2")
        assert "█" * 13 + "·┃······ fails" in await facilitator.shown()

    play(act, start(asked), size=BIG)


def test_a_safeguard_and_the_end_have_their_pages() -> None:
    async def act(facilitator: Facilitator) -> None:
        await facilitator.type("33333")
        assert "Safeguard: can limit the level to 2" in await facilitator.shown()
        await facilitator.type("2")
        assert "The end" in await facilitator.shown()
        assert "No question is left." in await facilitator.shown()

    asked = questionnaire([criterion("a", 1)] * 0 + [criterion(n, 1) for n in "abcde"], [safeguard("s", 2, 0, 1)])
    play(act, start(asked))


def test_what_is_wider_than_a_narrow_screen_goes_on_in_the_next_line() -> None:
    asked = questionnaire([criterion("a", 1), *(criterion(f"b{number}", 4) for number in range(10, 30))])

    async def act(facilitator: Facilitator) -> None:
        await facilitator.type("1")
        shown = await facilitator.shown()
        assert "questions are left and matter only\n  for the plan  Level 4: open  3: " in shown
        assert "  1: fails" in shown

    play(act, start(asked))
