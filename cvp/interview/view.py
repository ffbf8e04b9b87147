"""A screen as plain lines: no colour, no cursor, nothing that needs to be seen to be understood."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from rich.cells import cell_len, chop_cells

from cvp.interview.screen import ChoiceLine, KeyHelp, Screen
from cvp.interview.showing import screen
from cvp.interview.state import Interview
from cvp.speaking import _, ngettext
from cvp.text import one_line, typed

NARROWEST: Final = 40
WIDEST: Final = 120
MOST_DOTS: Final = 20

_BOUND: Final = re.compile(r" (?=[:;!»]|\?$)|(?<=«) ")
"""Spaces at which no line is broken, as French has them."""


def view(moment: Screen | Interview, width: int, encoding: str = "utf-8") -> list[str]:
    """What to show: the message, then the question or the end; the message alone after the interview has ended.

    No line is wider than `width` cells, taken as 40 to 120; every character is one that `encoding` can write.
    """
    shown = screen(moment) if isinstance(moment, Interview) else moment
    page = _Page(max(NARROWEST, min(width, WIDEST)), encoding)
    message = [line for text in shown.message for line in page.wrapped(text)]
    if shown.unsaved:
        message.extend(page.wrapped(_("NOT SAVED: {why}").format(why=shown.unsaved)))
        message.extend(page.wrapped(_("What you said is in memory alone. Type f and a path to keep it elsewhere.")))
    if not shown.place:
        return message
    keys = page.joined(_short(shown.keys), " · ")
    return [*message, *([""] if message else []), *_body(shown, page), "", *keys]


def spelled(text: str, encoding: str) -> str:
    """The text on one line, in characters that the encoding can write and that do not steer the terminal."""
    return _Page(WIDEST, encoding).spelled(text, between=True)


def _body(shown: Screen, page: "_Page") -> Iterator[str]:
    marked = (_("marked for review"),) if shown.marked else ()
    hint = _("Hint: {hint}").format(hint=shown.hint) if shown.hint else ""
    yield from page.wrapped(" · ".join((shown.place, shown.about, *marked)))
    for paragraph in (shown.label, hint, *shown.end):
        if paragraph:
            yield from page.wrapped(paragraph)
    if shown.choices:
        yield ""
    margin = len(str(len(shown.choices)))
    for choice in shown.choices:
        yield from page.wrapped(choice.label + _said(choice), f"  {choice.number:>{margin}}  ")
    answer = () if any(choice.chosen for choice in shown.choices) else (shown.answer,)
    if below := [paragraph for paragraph in (*answer, *shown.remarks, *shown.vote) if paragraph]:
        yield ""
    for paragraph in below:
        yield from page.wrapped(paragraph)


def _said(choice: ChoiceLine) -> str:
    """How many voted for a choice, and whether it is the answer."""
    if choice.votes is None:
        return _enclosed([_("your answer")] if choice.chosen else [])
    dots = "•" * min(choice.votes, MOST_DOTS) + ("…" if choice.votes > MOST_DOTS else "")
    votes = ngettext("{n} vote", "{n} votes", choice.votes).format(n=choice.votes)
    said = [f"{votes} {dots}"] if choice.votes else []
    said += [_("the answer")] if choice.chosen else []
    return _enclosed(said)


def _enclosed(said: Sequence[str]) -> str:
    return f" ({', '.join(said)})" if said else ""


def _short(keys: Iterable[KeyHelp]) -> Iterator[str]:
    """The keys that are needed often, as in `b back`."""
    for key in keys:
        if key.often:
            name = "" if key.key == "choices" else key.key
            yield " ".join(part for part in (name, key.argument, key.does) if part)


class _Page:
    """Lines of a width that one encoding can write."""

    def __init__(self, width: int, encoding: str) -> None:
        self.width = width
        self.encoding = encoding

    def wrapped(self, text: str, prefix: str = "") -> Iterator[str]:
        """The text after `prefix`, broken between words, its further lines as deep as the first."""
        bound = _BOUND.sub("\xa0", self.spelled(text))
        return self._filled([word.replace("\xa0", " ") for word in bound.split(" ")], " ", prefix)

    def joined(self, entries: Iterable[str], separator: str) -> Iterator[str]:
        """The entries with `separator` between them, broken between entries alone."""
        return self._filled([self.spelled(entry) for entry in entries], self.spelled(separator, between=True))

    def _filled(self, words: list[str], separator: str, prefix: str = "") -> Iterator[str]:
        indent, line = " " * len(prefix), ""
        room = self.width - len(prefix)
        for word in (piece for whole in words for piece in chop_cells(whole, room)):
            longer = f"{line}{separator}{word}" if line else word
            if cell_len(longer) <= room:
                line = longer
                continue
            yield prefix + line
            prefix, line = indent, word
        yield prefix + line

    def spelled(self, text: str, between: bool = False) -> str:
        """The text on one line, in characters that can be written and do not steer the terminal."""
        shown = text if between else one_line(text)
        return "".join(character if self._writes(character) else typed(character) for character in shown)

    def _writes(self, character: str) -> bool:
        try:
            character.encode(self.encoding)
        except UnicodeEncodeError:
            return False
        return True
