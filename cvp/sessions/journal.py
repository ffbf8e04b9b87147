"""A session's bytes and what they say: a JSON object a line, each sealed with a check sum of all lines up to it."""

import json
import re
import shlex
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final, TypeAlias

from pydantic import JsonValue, TypeAdapter, ValidationError

from cvp.errors import Damaged, Unreadable
from cvp.interview.changes import Change
from cvp.reading import read_bytes
from cvp.sessions.head import Head

JsonObject: TypeAlias = dict[str, JsonValue]
MOST_LINES: Final = 10_000
"""More than a room types in a day; a longer file would take long to read."""

_HEAD: Final = b'{"cvp":"'
_SEALED: Final = re.compile(rb'(\{"[^\n]*),"crc":"([0-9a-f]{8})"\}')
_CHANGES: Final[TypeAdapter[Change]] = TypeAdapter(Change)


@dataclass(frozen=True, slots=True)
class Journal:
    """The latest head, the changes since it, and all the `data` that says so, whose check sum is `crc`."""

    head: Head
    changes: tuple[Change, ...] = ()
    data: bytes = field(default=b"", repr=False)
    crc: int = 0

    @property
    def lines(self) -> int:
        """How many lines there are, with those before the head."""
        return self.data.count(b"\n")

    def and_changes(self, changes: Sequence[Change]) -> "Journal":
        """With these changes at its end."""
        longer = replace(self, changes=(*self.changes, *changes))
        for change in changes:
            longer = longer._and_line(_content(change))
        return longer

    def and_head(self, head: Head) -> "Journal":
        """Starting anew; what came before stays in the data and counts no more."""
        content = head.model_dump(mode="json", exclude_defaults=True, exclude={"brought"})
        if head.brought:
            content["brought"] = [_content(change) for change in head.brought]
        return replace(self, head=head, changes=())._and_line({"cvp": head.cvp, **content})

    def _and_line(self, content: JsonObject) -> "Journal":
        text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
        # A character that no encoding has (typed on a broken terminal) must not make the line unreadable.
        body = text.encode("utf-8", "replace")
        crc = zlib.crc32(body, self.crc)
        return replace(self, data=b'%b%b,"crc":"%08x"}\n' % (self.data, body[:-1], crc), crc=crc)


def _content(change: Change) -> JsonObject:
    return {"do": change.do, **change.model_dump(mode="json", exclude_defaults=True)}


def begun(head: Head) -> Journal:
    """A journal with nothing in it yet."""
    return Journal(head).and_head(head)


def read_journal(name: str) -> tuple[Journal, bool]:
    """The journal in a file, and whether its last line was torn and left out. Raises Unreadable and Damaged."""
    return parse_journal(name, read_bytes(name))


def parse_journal(name: str, data: bytes) -> tuple[Journal, bool]:
    """The journal that `data` holds, and whether its last line was torn (a write that did not finish) and left out.

    Raises Damaged, with the line, for anything else that is not as it was written; Unreadable for what is no session.
    """
    sound = data[: data.rfind(b"\n") + 1]  # a power loss may have left NULs behind it
    if not sound.startswith(_HEAD):
        raise _no_session(name, data)
    if sound.count(b"\n") > MOST_LINES:
        raise Unreadable(f"{name}: has more than {MOST_LINES} lines, which no session has")
    journal: Journal | None = None
    changes: list[Change] = []
    crc = 0
    for number, line in enumerate(sound.split(b"\n")[:-1], 1):
        sealed = _SEALED.fullmatch(line)
        body = sealed[1] + b"}" if sealed else b""
        crc = zlib.crc32(body, crc)
        if not sealed or b"%08x" % crc != sealed[2]:
            raise _damaged(name, number, "is not as it was written, or lines before it are missing")
        try:
            if body.startswith(_HEAD):
                journal, changes = Journal(Head.model_validate_json(body)), []
            else:
                changes.append(_CHANGES.validate_json(body))
        except ValidationError:
            raise _damaged(name, number, "says nothing that this version of cvp knows") from None
    assert journal  # as the first line is a head
    return replace(journal, changes=tuple(changes), data=sound, crc=crc), len(sound) < len(data)


def _no_session(name: str, data: bytes) -> Unreadable:
    begins = data.rstrip(b"\0")[: len(_HEAD)]
    if begins == _HEAD[: len(begins)]:
        return Damaged(f"{name}: holds not even its first line, so nothing was answered in it; delete it")
    return Unreadable(f"{name}: is no session of cvp; a file of answers goes with --answers")


def _damaged(name: str, number: int, what: str) -> Damaged:
    if number == 1:
        return Damaged(f"{name}:1: {what}; without its first line a session cannot be read, so look for a copy of it")
    before = f"{number - 1} lines before it are" if number > 2 else "line before it is"
    keep = f"`head -n {number - 1} {shlex.quote(name)} > rescued.cvp.jsonl` keeps what was answered up to there"
    return Damaged(f"{name}:{number}: {what}; the {before} sound: {keep}")


def damaged_at(name: str, journal: Journal, change: int, what: str) -> Damaged:
    """What to say of a change (counted from 0) that cannot have been made."""
    return _damaged(name, journal.lines - len(journal.changes) + change + 1, what)
