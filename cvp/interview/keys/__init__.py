"""What can be typed in an interview, and the state after it.

Each module is about one kind of key: functions from the state and what follows the key to the next state. To add one,
write it there and give it a line in `situations`.
"""

from dataclasses import replace

from cvp.interview.keys.answering import NUMBER
from cvp.interview.keys.key import Key, Keys
from cvp.interview.keys.situations import AT_END, AT_QUESTION, IN_VOTE, keys_of
from cvp.interview.state import Interview
from cvp.speaking import _
from cvp.text import one_line

__all__ = ["AT_END", "AT_QUESTION", "IN_VOTE", "Key", "Keys", "keys_of", "reduce"]

SHOWN = 30
"""How much of an unknown command is shown again."""


def reduce(interview: Interview, line: str) -> Interview:
    """The state after one typed line. Nothing but a whole, known command changes anything but the message."""
    if interview.ending:
        return interview
    after = _reduced(interview, line)
    return replace(after, warned="") if after.warned == interview.warned else after


def _reduced(interview: Interview, line: str) -> Interview:
    keys = keys_of(interview)
    name, argument = (*line.split(maxsplit=1), "", "")[:2]
    if not name:
        return _hinting(interview, keys, _("Nothing was typed, so nothing is answered."))
    if NUMBER.fullmatch(name) and not argument:
        return keys.choose(interview, int(name))
    if key := keys.named.get(name.casefold()):
        return _press(key, interview, argument.strip(), keys)
    if keys.secret:
        return _hinting(interview, keys, _("That is no vote."))
    if keys.elsewhere and any(name.casefold() in other.named for other in (AT_QUESTION, AT_END, IN_VOTE)):
        return _hinting(interview, keys, _(keys.elsewhere).format(typed=name))
    return _hinting(interview, keys, _('"{typed}" is not something to type here.').format(typed=_shortened(line)))


def _hinting(interview: Interview, keys: Keys, sentence: str) -> Interview:
    return interview.saying(f"{sentence} {keys.hint(interview)}")


def _press(key: Key, interview: Interview, argument: str, keys: Keys) -> Interview:
    if not argument or key.argument:
        return key.press(interview, argument)
    if keys.secret:
        return interview.saying(_('"{key}" takes nothing after it.').format(key=key.key))
    refused = _('"{key}" takes nothing after it; "{typed}" was not understood.')
    return interview.saying(refused.format(key=key.key, typed=_shortened(argument)))


def _shortened(line: str) -> str:
    text = one_line(line)
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"
