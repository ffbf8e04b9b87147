"""What can be typed in an interview, and the state after it.

Each module is about one kind of key: functions from the state and what follows the key to the next state. To add one,
write it there and give it a line in `situations`.
"""

from dataclasses import replace

from cvp.interview.keys.answering import NUMBER
from cvp.interview.keys.key import Key, Keys
from cvp.interview.keys.situations import AT_END, AT_QUESTION, IN_VOTE, keys_of
from cvp.interview.state import Interview
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
        return interview.saying(f"Nothing was typed, so nothing is answered. {keys.hint(interview)}")
    if NUMBER.fullmatch(name) and not argument:
        return keys.choose(interview, int(name))
    if key := keys.named.get(name.casefold()):
        return _press(key, interview, argument.strip(), keys)
    if keys.secret:
        return interview.saying(f"That is no vote. {keys.hint(interview)}")
    if keys.elsewhere and any(name.casefold() in other.named for other in (AT_QUESTION, AT_END, IN_VOTE)):
        return interview.saying(f'{keys.elsewhere} for "{name}". {keys.hint(interview)}')
    return interview.saying(f'"{_shortened(line)}" is not something to type here. {keys.hint(interview)}')


def _press(key: Key, interview: Interview, argument: str, keys: Keys) -> Interview:
    if not argument or key.argument:
        return key.press(interview, argument)
    what = "" if keys.secret else f'; "{_shortened(argument)}" was not understood'
    return interview.saying(f'"{key.key}" takes nothing after it{what}.')


def _shortened(line: str) -> str:
    text = one_line(line)
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"
