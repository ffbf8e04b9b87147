"""cvp's own words in other languages: whole catalogues, and an interview that is led in them."""

import asyncio
import re
import subprocess
import sys
from collections.abc import Iterator
from gettext import NullTranslations
from pathlib import Path
from string import Formatter
from typing import Final

import pytest
from babel.messages.catalog import Catalog
from catalogues import forms, read, read_compiled, template
from golden_files import assert_golden
from hypothesis import given
from hypothesis import strategies as st
from interview_scripts import ASKED, LINES, SCRIPTS, Script, begun, play
from rich.cells import cell_len

from cvp.interview.keys import AT_END, AT_QUESTION, IN_VOTE, keys_of, reduce
from cvp.interview.showing import screen
from cvp.interview.state import Interview, start, unsaved
from cvp.interview.view import view
from cvp.questionnaire import Questionnaire
from cvp.speaking import ENGLISH, TRANSLATED, _, decimal, ngettext, pgettext, speaking, spoken, threshold
from cvp.text import UNPRINTABLE
from questionnaires import criterion, questionnaire, safeguard

languages = pytest.mark.parametrize("language", TRANSLATED)
spoken_languages = st.sampled_from(TRANSLATED)

Pair = tuple[tuple[str, ...], tuple[str, ...]]


def translated(language: str) -> Iterator[Pair]:
    """Every message of a catalogue, and what it is there, form by form."""
    return ((forms(message.id), forms(message.string)) for message in read(language) if message.id)


# The catalogues; `python tests/catalogues.py` brings them up to date.


@languages
def test_every_message_in_the_code_is_translated(language: str) -> None:
    catalogue = read(language)
    there = {(message.context, message.id): message for message in catalogue if message.id}
    assert there.keys() == {(message.context, message.id) for message in template() if message.id}
    assert [key for key, message in there.items() if message.fuzzy or not all(forms(message.string))] == []
    assert [key for key, message in there.items() if message.pluralizable != (len(forms(message.string)) > 1)] == []


def meanings(catalogue: Catalog) -> set[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    """Every message with its context, and its translation."""
    return {(text(message.context), forms(message.id), forms(message.string)) for message in catalogue if message.id}


def text(context: str | bytes | None) -> str:
    """As a compiled catalogue gives it in bytes."""
    return context.decode() if isinstance(context, bytes) else context or ""


@languages
def test_what_is_read_is_what_translators_wrote(language: str) -> None:
    written, compiled = read(language), read_compiled(language)
    assert meanings(compiled) == meanings(written)
    assert compiled.plural_expr == written.plural_expr


def placeholders(message: str) -> set[str]:
    """What is filled in, with all that could be done to it."""
    return {f"{name}!{how}:{form}" for __, name, form, how in Formatter().parse(message) if name is not None}


@languages
def test_translations_are_filled_in_as_the_english_is(language: str) -> None:
    for english, other in translated(language):
        known = [placeholders(form) for form in english]
        assert [form for form in other if placeholders(form) not in known] == []
        assert [name for names in known for name in names if not re.fullmatch(r"[a-z_]+!None:", name)] == []


@languages
def test_every_form_names_the_number_where_the_english_forms_do(language: str) -> None:
    for english, other in translated(language):
        assert all("{n}" in form for form in other) or not all("{n}" in form for form in english)


def ends(message: str) -> tuple[bool, bool]:
    """Whether a space follows, as in a prompt, and whether it is a sentence."""
    return message.endswith(" "), bool(re.search(r"\w.*\.$", message))


@languages
def test_translations_end_as_the_english_does(language: str) -> None:
    for english, other in translated(language):
        assert {ends(form) for form in other} == {ends(form) for form in english}
        assert not any(UNPRINTABLE.search(form) for form in other)


TYPED: Final = re.compile(
    r"(?<![\w’'{])([bcefghlmnoqrsuvwx])(?![\w’'}])|v!|q!|\bg m\b|g end|\?2|help\b|stop(?= )|room (?=7|\{)|e -"
)
"""What a message tells people to type; "a" is a word too, and tested by hand."""


@languages
def test_what_is_to_be_typed_is_the_same_in_every_language(language: str) -> None:
    for english, other in translated(language):
        keys = {match.group() for match in TYPED.finditer(english[0])}
        assert [(form, keys) for form in other if not keys <= {match.group() for match in TYPED.finditer(form)}] == []


@pytest.mark.parametrize(
    ("language", "unknown", "inapplicable"),
    [
        ("de", "weiß nicht", "trifft nicht zu"),
        ("fr", "je ne sais pas", "sans objet"),
        ("es", "no sé", "no corresponde"),
    ],
)
def test_the_open_answers_are_called_as_in_the_questionnaires(language: str, unknown: str, inapplicable: str) -> None:
    with speaking(language):
        assert (_("don't know"), _("not applicable")) == (unknown, inapplicable)


# The language.


@pytest.mark.parametrize(
    ("wanted", "heard"),
    [
        ("de", "de"),
        ("de-AT", "de"),
        ("FR_ca", "fr"),
        ("es", "es"),
        ("it", "en"),
        ("", "en"),
        (None, "en"),
        ("../de", "en"),
    ],
)
def test_a_language_that_is_not_spoken_is_english(wanted: str | None, heard: str) -> None:
    with speaking(wanted):
        assert spoken() == heard
        assert _("and") == {"de": "und", "fr": "et", "es": "y", "en": "and"}[heard]


def test_a_language_is_spoken_in_its_block_alone() -> None:
    with speaking("de"):
        with speaking("fr"):
            assert _("or") == "ou"
        assert _("or") == "oder"
        with pytest.raises(KeyError), speaking("es"):
            raise KeyError
        assert _("or") == "oder"
    assert (_("or"), spoken()) == ("or", ENGLISH)


def test_two_languages_are_spoken_at_once() -> None:
    async def heard(language: str) -> str:
        with speaking(language):
            await asyncio.sleep(0)
            return _("and")

    async def both() -> list[str]:
        return [*await asyncio.gather(heard("de"), heard("fr"))]

    assert asyncio.run(both()) == ["und", "et"]


@pytest.mark.parametrize(("language", "none"), [("en", "0 days"), ("de", "0 Tage"), ("fr", "0 jour"), ("es", "0 días")])
def test_numbers_have_their_forms(language: str, none: str) -> None:
    with speaking(language):
        assert ngettext("{n} day", "{n} days", 0).format(n=0) == none
        assert ngettext("{n} day", "{n} days", 1) != ngettext("{n} day", "{n} days", 2)


def test_what_has_no_translation_stays_as_it_is() -> None:
    with speaking("de"):
        assert (_("Acme [/] {0} Ltd"), _(""), pgettext("", "frob"), ngettext("a {n}", "b {n}", 2)) == (
            *("Acme [/] {0} Ltd", "", "frob"),
            "b {n}",
        )


def test_decimal_marks_are_those_of_the_language() -> None:
    assert decimal(0.355, ".2f") == "0.35"
    with speaking("de"):
        assert (decimal(0.355, ".2f"), decimal(70.0, "g"), decimal(2, "g")) == ("0,35", "70", "2")


def test_thresholds_have_two_decimals_or_all_that_they_have() -> None:
    said = [threshold(share) for share in (0, 0.5, 0.7, 0.625, 1)]
    assert said == ["0.00", "0.50", "0.70", "0.625", "1.00"]
    with speaking("fr"):
        assert threshold(0.625) == "0,625"


def test_english_reads_no_catalogue() -> None:
    code = "import sys; from cvp.speaking import _, ngettext; ngettext(_('a'), 'b', 2); print('gettext' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout == "False\n"


# The interview.


class Pseudo(NullTranslations):
    """A language in which no word is like an English one."""

    def gettext(self, message: str) -> str:
        pieces = Formatter().parse(message)
        return "".join(re.sub("[A-Za-z]", "ж", text) + (f"{{{name}}}" if name else "") for text, name, *__ in pieces)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1 if n == 1 else msgid2)

    def pgettext(self, context: str, message: str) -> str:  # noqa: ARG002 - gettext's own
        return self.gettext(message)


def words(text: str) -> set[str]:
    """What could be English."""
    return set(re.findall(r"[A-Za-z]{2,}", text))


OTHERS: Final = words(ASKED.model_dump_json()) | {
    word for keys in (AT_QUESTION, AT_END, IN_VOTE) for key in keys.keys for word in words(f"{key.key} {key.word}")
}
"""The questionnaire's words, and those that are typed."""


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_no_english_is_left_in_an_interview(script: Script, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cvp.speaking._words", lambda __: Pseudo())
    interview = begun()
    known = OTHERS | {"Acme"} | words(" ".join(script.lines))
    for line in (*script.lines, "help", "a", "g end", "q"):
        interview = reduce(interview, line)
        shown = screen(unsaved(interview, ""))
        seats = " ".join(seat.name for seat in shown.seats)
        assert words("\n".join([*view(shown, 120), shown.prompt, shown.turn, shown.so_far, seats])) - known == set()


@given(spoken_languages, st.lists(st.sampled_from(LINES), max_size=12), st.integers(40, 120))
def test_every_language_fits_every_page(language: str, lines: list[str], width: int) -> None:
    with speaking(language):
        interview = begun()
        for line in lines:
            interview = reduce(interview, line)
            page = view(interview, width)
            assert all(cell_len(shown) <= width for shown in page)
            assert not any(shown.strip() in ("»", ":", ";", "?", "!", "».") for shown in page)


@given(spoken_languages, st.lists(st.sampled_from(LINES), max_size=15))
def test_what_is_said_changes_nothing_of_what_happens(language: str, lines: list[str]) -> None:
    english = play(begun(), *lines)
    with speaking(language):
        other = play(begun(), *lines)
    assert (other.record, other.position, other.turn, other.ending) == (
        *(english.record, english.position),
        *(english.turn, english.ending),
    )


foreign = st.text(
    st.sampled_from("{}%{n}{reason}\\N{DIGIT ONE}[/]é") | st.characters(categories=["L", "N", "P"])
).filter(str.strip)


@given(spoken_languages, foreign)
def test_a_foreign_text_is_never_a_template(language: str, text: str) -> None:
    with speaking(language):
        said = reduce(begun(), f"x {text}").message[0]
    assert " ".join(text.split()) in said


@languages
def test_people_without_a_name_have_a_number_in_every_language(language: str) -> None:
    english = play(begun(), "room 3")
    with speaking(language):
        assert play(begun(), "room 3").record == english.record
        seats = screen(english).seats
        assert [seat.name for seat in seats] == [_("Person {number}").format(number=number) for number in (1, 2, 3)]
        assert not reduce(english, "room").message[0].startswith("In the room")


GERMAN: Final = questionnaire(
    [
        criterion(
            "outcome",
            2,
            label="Wofür nehmen Käufer Sie in Anspruch, in ihren eigenen Worten, und würden zwei es gleich sagen?",
            hint="Denken Sie an die letzten drei – nicht an den besten.",
            guidance="Fragen Sie nach den Worten des Käufers.",
            choices=(
                {"value": "none", "label": "Sie nennen keine Aufgabe", "score": 0},
                {
                    "value": "some",
                    "label": "Manche nennen eine, jeder eine andere, und wir wüssten nicht welche",
                    "score": 0.4,
                },
                {
                    "value": "same",
                    "label": "お客様は同じ仕事の名前を挙げ、その理由も自分の言葉で説明してくれます",
                    "score": 1,
                },
            ),
        ),
        criterion("preis", 1, label="Worüber sprechen Käufer, wenn sie vergleichen?"),
        criterion("bindung", 3, label="Würde man Sie vermissen?"),
        criterion("fachkreis", 4, label="Wer gewinnt durch Sie an Ansehen?"),
    ],
    [safeguard("bezahlt", 2, 0, 1, label="Wird jemand für Lob bezahlt?")],
    title="Was Käufer sehen",
)
VOTED: Final = ("room Ann, Bob, Eve, Zoe", "g 2", "v", "1", "3", "3", "?", "v")
PAGES: Final = {
    "question": ("3",),
    "revisited": ("3", "g 1", "m", "e Zwei von drei – so notiert | Vertrieb | 2012-11", "h"),
    "in vote": VOTED[:5],
    "revealed": (*VOTED, "v", "3", "2", "3", "3", "v"),
    "agenda": (*VOTED, "n", "v", "1", "1", "3", "3", "v", "a"),
    "safeguard": ("g 5", "w 1"),
    "end": ("?", "m", "n", "room 3", "v", "1", "b", "g end", "l"),
    "help": ("3", "help"),
}


def begun_in_german() -> Interview:
    return start(GERMAN, company="Müller & Söhne")


@pytest.mark.parametrize("width", [60, 80, 120])
def test_german_pages_are_as_kept(width: int) -> None:
    with speaking("de"):
        pages = {name: view(play(begun_in_german(), *lines), width) for name, lines in PAGES.items()}
        pages["unsaved"] = view(unsaved(begun_in_german(), "acme.cvp.jsonl: no space is left on the device"), width)
    text = "".join("\n".join([f"{f'[{name}]':=<{width}}", *lines, ""]) for name, lines in pages.items())
    assert_golden(f"interview_de_{width}.txt", text)


STAGE: Final = (
    *("3", "SHOW", "b", "x Gibt es hier nicht", "b", "m", "e Zwei von drei | Vertrieb | 2012-11", "SHOW"),
    *(
        "TYPE x",
        "SHOW",
        "TYPE \x1b",
        "room Ann, Bob, Eve, Zoe",
        "g 2",
        "v",
        "1",
        "SHOW",
        "3",
        "3",
        "?",
        "SHOW",
        "v",
        "SHOW",
    ),
    *("g 5", "SHOW", "g end", "SHOW"),
)


async def _stage_pages(asked: Questionnaire, columns: int, lines: int) -> list[str]:
    from test_interview_stage import Facilitator

    from cvp.interview.stage.app import Stage

    stage, pages = Stage(start(asked, company="Müller & Söhne"), lambda __: None), []
    async with stage.run_test(size=(columns, lines)) as pilot:
        somebody = Facilitator(stage, pilot)
        for step in STAGE:
            if step == "SHOW":
                pages.append(await somebody.shown())
            elif step.startswith("TYPE "):
                await somebody.type(step.removeprefix("TYPE "))
            else:
                await somebody.say(step)
    return pages


def test_no_english_is_left_on_the_stage(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("textual", reason="the extra `stage` is not installed")
    monkeypatch.setattr("cvp.speaking._words", lambda __: Pseudo())
    shown = words("\n".join(asyncio.run(_stage_pages(GERMAN, 120, 40))))
    assert shown - words(" ".join([GERMAN.model_dump_json(), *STAGE])) - {"help", "room", "ller", "hne"} == set()


@pytest.mark.parametrize(("columns", "lines"), [(60, 24), (80, 24), (120, 40)])
def test_german_stages_are_as_kept(columns: int, lines: int) -> None:
    pytest.importorskip("textual", reason="the extra `stage` is not installed")
    with speaking("de"):
        pages = asyncio.run(_stage_pages(GERMAN, columns, lines))
    ruler = "=" * columns
    assert_golden(f"stage_de_{columns}x{lines}.txt", "".join(f"{ruler}\n{page}\n" for page in pages))


def test_french_signs_stay_with_their_words_on_the_stage() -> None:
    pytest.importorskip("textual", reason="the extra `stage` is not installed")
    label = " ".join(f"{'m' * length}\u202f?" for length in range(1, 25))
    lines = asyncio.run(_question_shown(questionnaire([criterion("a", 1, label=label)])))
    assert sum(line.count("\u202f?") for line in lines) == 24
    assert [line for line in lines if line.strip().startswith("?")] == []


async def _question_shown(asked: Questionnaire) -> list[str]:
    from test_interview_stage import Facilitator

    from cvp.interview.stage.app import Stage

    stage = Stage(start(asked), lambda __: None)
    async with stage.run_test(size=(80, 40)) as pilot:
        lines = (await Facilitator(stage, pilot).shown()).splitlines()
    return [line for line in lines if "m\u202f?" in line or "mm" in line or line.strip() == "?"]


@languages
def test_the_ladder_at_the_side_has_room_for_its_words(language: str) -> None:
    pytest.importorskip("textual", reason="the extra `stage` is not installed")
    from cvp.interview.stage.side import CELLS, legend

    room = 36 - 2 * 2  # the width of Side, and its padding
    with speaking(language):
        verdicts = [pgettext("a level's gate", verdict) for verdict in ("holds", "open", "fails")]
        facts = _("{answered} of {asked} · needs {needed}").format(answered=20, asked=20, needed="0.625")
        assert max(map(cell_len, verdicts)) <= room - (CELLS + 1) - 1
        assert max(cell_len(legend()), cell_len(facts)) <= room


def test_an_interview_in_german_on_a_terminal(tmp_path: Path) -> None:
    pytest.importorskip("pexpect", reason="pseudo-terminals need a POSIX system")
    if sys.platform == "win32":
        pytest.skip("pseudo-terminals need a POSIX system")
    from terminals import Terminal

    first = Terminal(tmp_path, "assess", "quick", "--lang", "de-AT", "--date", "2026-01-31")
    first.until("Um welches Unternehmen geht es?")
    first.child.sendline("Müller & Söhne")
    shown = first.screen()
    assert "Frage 1 von 15 · Stufe 1 Austauschbar" in shown
    assert "gesichert" in shown
    assert "Ihre Antwort: 3" in first.say("3")
    first.child.sendline("q")
    code, said = first.end()
    assert (code, "Antworten gesichert in" in said, "to go on" in said) == (0, True, False)

    again = Terminal(tmp_path, "assess", "--resume")
    assert "15 Fragen; 14 sind noch übrig" in " ".join(again.screen().split()), "a session goes on in its language"
    again.child.sendline("q")
    assert again.end()[0] == 0


def test_the_stage_in_german_on_a_terminal(tmp_path: Path) -> None:
    pytest.importorskip("textual", reason="the extra `stage` is not installed")
    from test_interview_stage_terminal import Terminal

    room = Terminal(tmp_path, 80, 24, "quick", "--lang", "de", "--company", "Acme", "--date", "2026-01-31")
    try:
        room.until("Frage 1 von 15")
        room.type(":room 2\r", "v ruft")
        room.type("v", "Person 1 von 2: Zahl, ? oder x GRUND")
        room.type("1", "Leertaste drücken")
        assert "ist dran" in room.shown()
        room.type(" 3", "haben abgestimmt")
        room.type("v", "Die Abstimmung ist aufgedeckt.")
    finally:
        room.child.close(force=True)


def test_the_keys_are_the_same_in_every_language() -> None:
    interview = play(begun(), "room 2", "1")
    english = [(key.key, key.often) for key in keys_of(interview).offered(interview)]
    for language in TRANSLATED:
        with speaking(language):
            assert [(key.key, key.often) for key in keys_of(interview).offered(interview)] == english
