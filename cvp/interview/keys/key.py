"""A key, and the keys of one situation."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

from cvp.interview.screen import KeyHelp
from cvp.interview.state import Interview
from cvp.speaking import _

Press: TypeAlias = Callable[[Interview, str], Interview]
Useful: TypeAlias = Callable[[Interview], bool]


def always(_interview: Interview) -> bool:
    """Of use at any time."""
    return True


@dataclass(frozen=True)
class Key:
    """`key` or `word` typed, with `argument` after it where it takes one; `press` gives the next state.

    `does` says what for in a word or two, `help` in a sentence, both and `argument` in English, to be translated where
    they are shown; `often` that short lists of keys name it too, `useful` whether it is of any use now.
    """

    key: str
    word: str
    does: str
    help: str
    press: Press
    argument: str = ""
    often: bool = False
    useful: Useful = always


@dataclass(frozen=True)
class Keys:
    """What can be typed in one situation: a number (with what it does, or nothing), a key, and the advice for the rest.

    `elsewhere` answers a key that belongs to another situation, in English too. A `secret` line is never shown again.
    `choosing` is whether a number is of use now.
    """

    choose: Callable[[Interview, int], Interview]
    chooses: str
    keys: tuple[Key, ...]
    hint: Callable[[Interview], str]
    elsewhere: str = ""
    secret: bool = False
    choosing: Useful = always

    @cached_property
    def named(self) -> Mapping[str, Key]:
        """Each key by what can be typed for it."""
        return {name: key for key in self.keys for name in (key.key, key.word)}

    def offered(self, interview: Interview) -> Iterator[KeyHelp]:
        """What is of use now."""
        if self.chooses and self.choosing(interview):
            yield KeyHelp("choices", numbers(interview), _(self.chooses), often=True)
        for key in self.keys:
            if key.useful(interview):
                yield KeyHelp(key.key, _(key.argument), _(key.does), key.often)

    def explained(self, interview: Interview) -> Iterator[str]:
        """What is of use now, a sentence each: `s or skip: leave it open and go on`."""
        if self.chooses and self.choosing(interview):
            yield _("{key}: {what}").format(key=numbers(interview), what=_(self.chooses))
        for key in self.keys:
            if key.useful(interview):
                line = _("{key}: {what}") if key.word == key.key else _("{key} or {word}: {what}")
                typed = " ".join(filter(None, (interview.typed(key.key), _(key.argument))))
                yield line.format(key=typed, word=interview.typed(key.word), what=_(key.help))


def numbers(interview: Interview) -> str:
    """The numbers of the choices, as in `1 to 5`."""
    last = len(interview.choices)
    return "1" if last == 1 else _("{first} to {last}").format(first=1, last=last)
