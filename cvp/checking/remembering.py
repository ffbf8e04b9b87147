"""What check said of files before, kept in the user's cache folder; it can be deleted at any time.

A result is found again only under the digest of everything that it depends on: the file's bytes, its folder, the
rules that are on and their severities, and cvp's own code; and only while the questionnaires that it was checked
against are the same bytes, and are still missing where they were missing.
"""

import hashlib
import json
import os
import sqlite3
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any, Final

from cvp.document import Edit, Place
from cvp.finding import CaseResult, Checked, Excerpt, Finding, Severity, Suppressed

FOLDER_VARIABLE: Final = "CVP_CACHE_DIR"
DAYS_KEPT: Final = 30
_DAY: Final = 24 * 60 * 60

DigestOf = Callable[[Path], str]


def key_of(digest: str, *circumstances: str) -> str:
    """The key of a result: the digest of what was checked, and under which circumstances."""
    parts = "\0".join((digest, _digest_of_cvp(), *circumstances))
    return hashlib.sha256(parts.encode("utf-8", "surrogateescape")).hexdigest()


@cache
def _digest_of_cvp() -> str:
    """Of cvp's own files: another version, or one that is being worked on, remembers nothing of this one's."""
    digest = hashlib.sha256()
    package = Path(__file__).parent.parent
    for path in sorted(p for p in package.rglob("*") if p.suffix in (".py", ".txt", ".yaml")):
        digest.update(path.relative_to(package).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


class Memory:
    """Results by key. Where the cache cannot be used, whatever the reason, it remembers nothing and says nothing."""

    def __init__(self, digest_of: DigestOf) -> None:
        self._digest_of = cache(digest_of)
        self._new: list[tuple[str, str, int]] = []
        self._database: sqlite3.Connection | None = None
        with suppress(OSError, sqlite3.Error):
            self._database = _open(_folder() / "check-1.sqlite")

    def recall(self, key: str, file: str) -> Checked | None:
        """The result under this key, for a file of this name, if all that it depended on is as it was."""
        try:
            row = self._database and self._database.execute("SELECT entry FROM results WHERE key = ?", [key]).fetchone()
            entry = json.loads(row[0]) if row else None
            if entry and all(self._digest_of(Path(path)) == digest for path, digest in entry["looked"].items()):
                return _checked(entry["checked"], file)
        except (sqlite3.Error, ValueError, TypeError, KeyError):
            self._database = None  # damaged: as if it were not there
        return None

    def keep(self, key: str, checked: Checked, looked: Mapping[str, str]) -> None:
        entry = json.dumps({"looked": dict(looked), "checked": asdict(checked)}, separators=(",", ":"))
        self._new.append((key, entry, int(time.time()) // _DAY))

    def close(self) -> None:
        """Writes what is new and forgets what is old."""
        with suppress(sqlite3.Error):
            if self._database and self._new:
                with self._database as database:
                    database.executemany("INSERT OR REPLACE INTO results VALUES (?, ?, ?)", self._new)
                    oldest = int(time.time()) // _DAY - DAYS_KEPT
                    database.execute("DELETE FROM results WHERE day < ?", [oldest])
            if self._database:
                self._database.close()


def _folder() -> Path:
    if named := os.environ.get(FOLDER_VARIABLE):
        return Path(named)
    from platformdirs import user_cache_path

    return user_cache_path("cvp", appauthor=False)


def _open(file: Path) -> sqlite3.Connection:
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    database = sqlite3.connect(file, timeout=1)
    try:
        return _prepared(database)
    except sqlite3.OperationalError:  # another process has it
        raise
    except sqlite3.DatabaseError:  # no database, or a damaged one
        database.close()
        file.unlink()
        return _prepared(sqlite3.connect(file, timeout=1))


def _prepared(database: sqlite3.Connection) -> sqlite3.Connection:
    # A cache that is lost with the power is no loss.
    database.execute("PRAGMA synchronous = OFF")
    database.execute("CREATE TABLE IF NOT EXISTS results (key TEXT PRIMARY KEY, entry TEXT, day INTEGER) WITHOUT ROWID")
    return database


def _checked(entry: dict[str, Any], file: str) -> Checked:
    return Checked(
        file=file,
        findings=tuple(_finding(finding, file) for finding in entry["findings"]),
        suppressed=tuple(Suppressed(_finding(s["finding"], file), s["reason"]) for s in entry["suppressed"]),
        case=CaseResult(**entry["case"]) if entry["case"] else None,
    )


def _finding(entry: dict[str, Any], file: str) -> Finding:
    edits = tuple(Edit(Place(**edit["place"]), edit["text"]) for edit in entry["edits"])
    known = {
        "file": file,
        "place": Place(**entry["place"]),
        "severity": Severity(entry["severity"]),
        "excerpt": Excerpt(**entry["excerpt"]),
        "edits": edits,
    }
    return Finding(**{**entry, **known})
