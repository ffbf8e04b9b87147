"""Sessions on a real disk: one writer, private files, and nothing lost when the disk says no."""

import errno
import os
import resource
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from interview_scripts import ASKED
from interviews import led
from real import needs

from cvp.errors import Damaged, SessionBusy, Unreadable, Unwritable
from cvp.interview.changes import Change
from cvp.interview.state import Interview
from cvp.sessions import Session, begun, course_of, create, head_of, parse_journal, read_journal, resume, session_name
from cvp.sessions.journal import MOST_LINES

HEAD = head_of(ASKED, company="Acme", date="2026-11-21")
LINES = ("1", "e heard so", "2", "u", "r", "m", "x none", "room 2", "v", "1", "3", "v", "o 2 because")


@pytest.fixture
def file(tmp_path: Path) -> str:
    return str(tmp_path / "acme.cvp.jsonl")


@pytest.fixture
def read_only(tmp_path: Path) -> Iterator[Path]:
    """A folder in which nobody may write; root may write in most."""
    if os.geteuid() == 0:
        needs(Path("/sys/kernel").is_dir(), "root can write everywhere but in /sys")
        yield Path("/sys/kernel")
        return
    folder = tmp_path / "read-only"
    folder.mkdir()
    folder.chmod(0o500)
    yield folder
    folder.chmod(0o700)


@contextmanager
def full_after(size: int) -> Iterator[None]:
    """No file may grow over this size: the system writes what fits and refuses the rest."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def moments(*lines: str) -> list[Interview]:
    """The interview after each of these lines."""
    return [led(*lines[:count]) for count in range(1, len(lines) + 1)]


def changes_in(name: str) -> tuple[Change, ...]:
    journal, torn = read_journal(name)
    assert not torn
    return journal.changes


def test_every_change_is_on_the_disk_when_it_is_kept(file: str) -> None:
    session = create(file, HEAD)
    for interview in moments(*LINES):
        session.keep(interview)
        assert changes_in(file) == interview.changes
    session.close()
    resumed = resume(file)
    assert course_of(file, resumed.journal, ASKED) == led(*LINES).course
    resumed.close()


def test_a_resumed_session_goes_on_behind_what_is_there(file: str) -> None:
    before, after = led("1", "2"), led("?", "u", "3")
    with session_in(file) as session:
        session.keep(before)
    resumed = resume(file)
    for count in range(len(after.changes) + 1):
        resumed.append(after.changes[:count])
    resumed.close()
    assert changes_in(file) == (*before.changes, *after.changes)


@contextmanager
def session_in(file: str) -> Iterator[Session]:
    session = create(file, HEAD)
    try:
        yield session
    finally:
        session.close()


def test_another_head_is_written_with_the_first_change_after_it(file: str) -> None:
    with session_in(file) as session:
        session.keep(led("1", "2"))
    head = head_of(ASKED, company="Acme", date="2026-11-22", brought=led("1").changes)
    before = Path(file).read_bytes()
    resumed = resume(file)
    resumed.rebind(head)
    resumed.keep(led("n"))
    assert Path(file).read_bytes() == before
    with full_after(len(before) + 100), pytest.raises(Unwritable):
        resumed.keep(led("3"))
    assert Path(file).read_bytes() == before
    for interview in moments("3", "u", "?"):
        resumed.keep(interview)
        journal, _ = read_journal(file)
        assert (journal.head, journal.changes) == (head, interview.changes)
    resumed.close()
    assert Path(file).read_bytes().startswith(before)


def test_what_was_kept_is_not_written_again(file: str) -> None:
    with session_in(file) as session:
        session.keep(led("1"))
        size = os.stat(file)
        session.keep(led("1"))
        session.keep(led("1", "n", "h"))
        assert os.stat(file) == size


def test_each_change_is_synced_and_so_is_the_folder_of_a_new_file(file: str, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[tuple[bool, int]] = []
    really = os.fsync

    def fsync(descriptor: int) -> None:
        really(descriptor)
        status = os.fstat(descriptor)
        synced.append((stat.S_ISDIR(status.st_mode), status.st_size))

    monkeypatch.setattr(os, "fsync", fsync)
    with session_in(file) as session:
        head = len(begun(HEAD).data)
        assert synced[0][0]
        assert synced[1] == (False, head)
        session.keep(led("1"))
        assert synced[2] == (False, os.path.getsize(file))
        assert len(synced) == 3


def test_a_session_is_private_and_takes_no_place_that_is_taken(file: str) -> None:
    mask = os.umask(0)
    try:
        with session_in(file) as session:
            session.keep(led("1"))
    finally:
        os.umask(mask)
    assert stat.S_IMODE(os.stat(file).st_mode) == 0o600
    before = Path(file).read_bytes()
    with pytest.raises(Unwritable, match="there is such a file already"):
        create(file, HEAD)
    assert Path(file).read_bytes() == before


def test_a_session_in_which_nothing_happened_leaves_nothing_behind(file: str, tmp_path: Path) -> None:
    with session_in(file) as session:
        session.keep(led("n", "h"))
        assert Path(file).exists()
    assert list(tmp_path.iterdir()) == []
    with session_in(file) as session:
        session.keep(led("1", "u"))
    assert [path.name for path in tmp_path.iterdir()] == ["acme.cvp.jsonl"]
    resume(file).close()
    assert [path.name for path in tmp_path.iterdir()] == ["acme.cvp.jsonl"]


@pytest.mark.parametrize("there", [True, False], ids=["to a file", "to nothing"])
def test_a_planted_link_is_not_followed(file: str, tmp_path: Path, there: bool) -> None:
    victim = tmp_path / "victim"
    if there:
        victim.write_bytes(begun(HEAD).data)
    Path(file).symlink_to(victim)
    with pytest.raises(Unwritable):
        create(file, HEAD)
    with pytest.raises(Unwritable, match="is a link"):
        resume(file)
    with session_in(str(tmp_path / "other.jsonl")) as session, pytest.raises(Unwritable):
        session.keep(replace(led("1"), file=file))
    assert victim.exists() == there
    assert not there or victim.read_bytes() == begun(HEAD).data


@pytest.mark.parametrize(
    ("make", "error"),
    [
        (os.mkfifo, Unreadable),
        (os.mkdir, Unwritable),
        (str, Unwritable),
        (lambda path: Path(path).write_bytes(b"cvp: 1\n"), Unreadable),
        (lambda path: Path(path).write_bytes(b"\0" * (5 * 2**20)), Unreadable),
    ],
    ids=["fifo", "folder", "nothing", "answers", "large"],
)
def test_only_a_session_is_gone_on_with(file: str, make: Callable[[str], object], error: type[Exception]) -> None:
    make(file)
    with pytest.raises(error):
        resume(file)


def test_a_second_writer_is_refused_at_once(file: str) -> None:
    first = create(file, HEAD)
    with pytest.raises(SessionBusy, match="is open in another cvp"):
        resume(file)
    command = [sys.executable, "-m", "cvp", "assess", "--session", file, "--plain"]
    second = subprocess.run(command, input=b"1\nq\n", capture_output=True, check=False, timeout=30)
    assert (second.returncode, second.stdout) == (3, b"")
    assert b"is open in another cvp" in second.stderr
    first.keep(led("1"))
    first.close()
    resume(file).close()
    assert changes_in(file) == led("1").changes


def test_a_writer_that_was_killed_locks_nobody_out(file: str) -> None:
    program = (
        "import sys, os, signal\n"
        "from interviews import led\n"
        "from test_sessions import HEAD, create\n"
        "session = create(sys.argv[1], HEAD)\n"
        "session.keep(led('1', '2'))\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parent)}
    done = subprocess.run([sys.executable, "-c", program, file], env=environment, check=False)
    assert done.returncode < 0
    session = resume(file)
    assert session.journal.changes == led("1", "2").changes
    session.close()


def test_a_torn_line_is_cut_off_before_going_on(file: str) -> None:
    with session_in(file) as session:
        session.keep(led("1", "2"))
    whole = Path(file).read_bytes()
    Path(file).write_bytes(whole[:-7] + b"\0" * 20)
    resumed = resume(file)
    assert resumed.torn
    assert Path(file).read_bytes() == begun(HEAD).and_changes(led("1").changes).data
    resumed.append(led("?").changes)
    resumed.close()
    assert changes_in(file) == (*led("1").changes, *led("?").changes)


def test_a_damaged_session_is_left_as_it_is(file: str) -> None:
    with session_in(file) as session:
        session.keep(led("1", "2"))
    damaged = Path(file).read_bytes().replace(b'"c0"', b'"c1"', 1)
    Path(file).write_bytes(damaged)
    for _ in range(2):
        with pytest.raises(Damaged):
            resume(file)
    assert Path(file).read_bytes() == damaged


@pytest.mark.parametrize("room", [0, 1, 30, 200])
def test_a_full_disk_is_told_at_once_and_nothing_is_lost(file: str, room: int) -> None:
    told: list[str] = []
    with session_in(file) as session:
        with full_after(len(begun(HEAD).data) + room):
            for interview in moments(*LINES):
                try:
                    session.keep(interview)
                    assert not told
                except Unwritable as error:
                    told.append(str(error))
                    assert session.lost
                journal, torn = read_journal(file)
                assert not torn, "what was half written is cut off"
                assert journal.changes == interview.changes[: len(journal.changes)]
        assert told
        assert "could not be written: file too large; f and another path keep the session there" in told[0]
        session.keep(led(*LINES))
        assert not session.lost
    assert changes_in(file) == led(*LINES).changes


def test_from_a_full_disk_the_session_goes_elsewhere_whole(file: str, tmp_path: Path) -> None:
    interview = led(*LINES)
    with session_in(file) as session:
        with full_after(len(begun(HEAD).data)), pytest.raises(Unwritable):
            session.keep(interview)
        session.keep(replace(interview, file=str(tmp_path / "there.jsonl")))
        assert session.file == str(tmp_path / "there.jsonl")
        assert not session.lost
    assert changes_in(str(tmp_path / "there.jsonl")) == interview.changes


def test_where_nothing_can_be_created_it_is_told_before_anything_is_asked(read_only: Path) -> None:
    with pytest.raises(Unwritable, match="could not be written: "):
        create(str(read_only / "acme.cvp.jsonl"), HEAD)
    assert not (read_only / "acme.cvp.jsonl").exists()


def test_on_a_full_disk_no_empty_session_is_left_behind(file: str, tmp_path: Path) -> None:
    with full_after(100), pytest.raises(Unwritable, match="file too large"):
        create(file, HEAD)
    assert list(tmp_path.iterdir()) == []


def test_a_session_moves(file: str, tmp_path: Path) -> None:
    other, folder = tmp_path / "other.jsonl", tmp_path / "stick"
    folder.mkdir()
    first, *rest = moments("1", "2", "3", "?")
    with session_in(file) as session:
        session.keep(first)
        session.keep(replace(rest[0], file=str(other)))
        session.keep(replace(rest[1], file=str(other)))
        session.keep(replace(rest[1], file=str(folder)))
        session.keep(replace(rest[2], file=str(folder)))
        assert session.file == str(folder / "other.jsonl")
    assert changes_in(file) == first.changes
    assert changes_in(str(other)) == rest[1].changes
    assert changes_in(session.file) == rest[2].changes
    assert stat.S_IMODE(os.stat(session.file).st_mode) == 0o600
    resume(file).close()  # nobody holds it any more


def test_a_session_that_cannot_move_stays(file: str, tmp_path: Path, read_only: Path) -> None:
    taken = tmp_path / "taken"
    taken.write_text("mine")
    one, two = moments("1", "2")
    with session_in(file) as session:
        session.keep(one)
        for target in (
            str(taken),
            str(read_only / "x"),
            str(read_only),
            "",
            "a\0b",
            "x" * 3000,
            str(tmp_path / "no" / "x"),
        ):
            if target:
                with pytest.raises(Unwritable):
                    session.keep(replace(two, file=target))
            session.keep(two)
            assert session.file == file
    assert changes_in(file) == two.changes
    assert taken.read_text() == "mine"


def test_a_session_moves_to_a_home(file: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    (tmp_path / "home").mkdir()
    with session_in(file) as session:
        session.keep(replace(led("1"), file="~/x.jsonl"))
    assert changes_in(str(tmp_path / "home" / "x.jsonl")) == led("1").changes


def test_a_new_session_that_moves_before_anything_happened_leaves_nothing_behind(file: str, tmp_path: Path) -> None:
    with session_in(file) as session:
        session.keep(replace(led(), file=str(tmp_path / "x.jsonl")))
    assert list(tmp_path.iterdir()) == []


def test_a_session_that_was_deleted_meanwhile_is_told(file: str, tmp_path: Path) -> None:
    with session_in(file) as session:
        session.keep(led("1"))
        os.unlink(file)
        with pytest.raises(Unwritable, match="was deleted or replaced while it was open"):
            session.keep(led("1", "2"))
        session.keep(replace(led("1", "2"), file=str(tmp_path / "x.jsonl")))
    assert changes_in(str(tmp_path / "x.jsonl")) == led("1", "2").changes


def test_a_session_that_somebody_cut_short_is_whole_after_the_next_change(file: str) -> None:
    with session_in(file) as session:
        session.keep(led("1", "2"))
        os.truncate(file, 20)
        session.keep(led("1", "2", "3"))
    assert changes_in(file) == led("1", "2", "3").changes


def test_as_many_lines_as_can_be_read_are_written(file: str) -> None:
    marks = led("m").changes * (MOST_LINES - 2)
    with session_in(file) as session:
        session.append(marks)
        session.append((*marks, *led("1").changes))
        with pytest.raises(Unwritable, match="as many as a session can have"):
            session.append((*marks, *led("1", "2").changes))
    assert len(changes_in(file)) == MOST_LINES - 1


class Failing:
    """Lets each call to the system do its work but one, which fails: an even one before its work, an odd one after."""

    def __init__(self, number: int, failure: BaseException) -> None:
        self.number = number
        self.failure = failure
        self.calls = 0

    def __call__(self, really: Callable[[int], Any]) -> Callable[[int], Any]:
        def call(descriptor: int) -> Any:
            self._step()
            done = really(descriptor)
            self._step()
            return done

        return call

    def _step(self) -> None:
        self.calls += 1
        if self.calls == self.number:
            raise self.failure


def assert_nothing_lost(file: str, failing: Failing, monkeypatch: pytest.MonkeyPatch) -> None:
    session = create(file, HEAD)
    interviews = moments(*LINES[:6])
    kept: tuple[Change, ...] = ()
    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", failing(os.fsync))
        patched.setattr(os, "fstat", failing(os.fstat))
        for interview in interviews:
            with suppress(Unwritable, KeyboardInterrupt):
                session.keep(interview)
                kept = interview.changes
            found, _ = parse_journal(file, Path(file).read_bytes())
            assert found.changes[: len(kept)] == kept
            assert found.changes == interview.changes[: len(found.changes)]
    session.keep(interviews[-1])
    session.close()
    assert changes_in(file) == interviews[-1].changes


@pytest.mark.parametrize(
    "failure", [OSError(errno.EIO, "Input/output error"), KeyboardInterrupt()], ids=["EIO", "Ctrl-C"]
)
def test_whichever_call_fails_nothing_that_was_kept_is_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failure: BaseException
) -> None:
    for number in range(1, 100):
        failing = Failing(number, failure)
        assert_nothing_lost(str(tmp_path / f"{number}.jsonl"), failing, monkeypatch)
        if failing.calls < number:  # none failed any more
            break
    assert 20 < number < 99


@pytest.mark.parametrize(
    ("company", "name"),
    [
        ("Acme Ltd", "acme-ltd-2026-11-21.cvp.jsonl"),
        ("Ünï & Söhne/..", "uni-sohne-2026-11-21.cvp.jsonl"),
        ("../../etc/passwd", "etc-passwd-2026-11-21.cvp.jsonl"),
        ("株式会社", "company-2026-11-21.cvp.jsonl"),
        ("a" * 300, f"{'a' * 40}-2026-11-21.cvp.jsonl"),
    ],
)
def test_a_session_is_named_for_its_company_and_day(company: str, name: str) -> None:
    assert session_name(company, "2026-11-21") == name


def test_a_name_that_is_taken_gets_a_number(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for expected in ("acme-2026-11-21", "acme-2026-11-21-2", "acme-2026-11-21-3"):
        name = session_name("Acme", "2026-11-21")
        assert name == f"{expected}.cvp.jsonl"
        Path(name).touch()
