"""What git has kept of a questionnaire, in repositories made for each test."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from texts import ANSWERS, QUESTIONNAIRE, SELECTION, edited

from cvp.checking.versions import (
    GitRefused,
    NewSince,
    NoGit,
    NoRepository,
    Revision,
    UnknownRevision,
    UnsoundBefore,
    compared,
)
from cvp.errors import CvpError
from cvp.finding import Finding
from cvp.loading import Finder
from cvp.reading import MAX_BYTES, read_document
from cvp.rules import check
from cvp.rules.subject import Subject, subject_of

CHANGED = edited(QUESTIONNAIRE, "weight: 2", "weight: 3")


@pytest.fixture(autouse=True)
def _no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a machine where nobody has set git up: no name, no home, no system settings."""
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.delenv("HOME", raising=False)


def run_git(folder: Path, *arguments: str) -> str:
    who = ("-c", "user.name=A", "-c", "user.email=a@example.com", "-c", "init.defaultBranch=main")
    done = subprocess.run(["git", *who, *arguments], cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout.strip()


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with the questionnaire in one commit on main."""
    folder = tmp_path / "repository"
    folder.mkdir()
    run_git(folder, "init", "-q")
    (folder / "base.yaml").write_text(QUESTIONNAIRE)
    commit(folder, "first")
    return folder


def commit(folder: Path, message: str) -> str:
    run_git(folder, "add", "-A")
    run_git(folder, "commit", "-q", "-m", message)
    return run_git(folder, "rev-parse", "HEAD")


def weight_at(ref: str, path: Path | str) -> float:
    return Revision(ref).questionnaire(str(path)).criteria[0].weight


def changing(path: Path) -> list[Finding]:
    """What is found of the changes since HEAD."""
    return [finding for finding in check(compared(subject(path), Revision("HEAD"))) if finding.code[3] == "6"]


def subject(path: Path) -> Subject:
    return subject_of(read_document(path), Finder(str(path)))


def state(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Every file below the folder, those of git too, with when it was written."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {str(path): (path.read_bytes(), path.stat().st_mtime_ns) for path in files}


def test_the_earlier_version_is_read_and_the_checkout_left_alone(repository: Path) -> None:
    (repository / "base.yaml").write_text(CHANGED)
    before = state(repository)
    assert weight_at("HEAD", repository / "base.yaml") == 2
    (repository / "new.yaml").write_text(CHANGED)
    with pytest.raises(NewSince):
        weight_at("HEAD", repository / "new.yaml")
    (repository / "new.yaml").unlink()
    assert state(repository) == before


@pytest.mark.parametrize("ref", ["HEAD~1", "main~1", "v1", "tags/v1", "annotated", "HEAD^{/first}", "HEAD^", "other"])
def test_any_name_of_a_commit_will_do(repository: Path, ref: str) -> None:
    run_git(repository, "tag", "v1")
    run_git(repository, "tag", "-a", "annotated", "-m", "x")
    run_git(repository, "branch", "other")
    (repository / "base.yaml").write_text(CHANGED)
    commit(repository, "second")
    assert weight_at(ref, repository / "base.yaml") == 2
    assert weight_at("HEAD", repository / "base.yaml") == 3


def test_a_commit_is_named_by_its_hash_with_a_detached_head_too(repository: Path) -> None:
    first = run_git(repository, "rev-parse", "HEAD")
    (repository / "base.yaml").write_text(CHANGED)
    second = commit(repository, "second")
    run_git(repository, "checkout", "-q", "--detach", first)
    assert (weight_at(second[:10], repository / "base.yaml"), weight_at("HEAD", repository / "base.yaml")) == (3, 2)


REFS = ["", "nowhere", "-x", "--all", "--output=hacked", "HEAD~9", "main..HEAD", "HEAD:base.yaml", "a b", "a\0b", "\n"]


@pytest.mark.parametrize("ref", [*REFS, "x" * 200_000], ids=[repr(ref) for ref in [*REFS, "long"]])
def test_what_is_no_commit_is_told_with_what_to_do(repository: Path, ref: str) -> None:
    before = state(repository)
    with pytest.raises((UnknownRevision, GitRefused)) as caught:
        weight_at(ref, repository / "base.yaml")
    if len(ref) < 1000:
        assert isinstance(caught.value, UnknownRevision)
        assert "git log" in str(caught.value)
        assert "\n" not in str(caught.value)
    assert caught.value.exit_code == 3
    assert state(repository) == before


def test_a_branch_whose_name_starts_with_a_dash_is_no_option(repository: Path) -> None:
    run_git(repository, "update-ref", "refs/heads/-x", "HEAD")
    (repository / "base.yaml").write_text(CHANGED)
    commit(repository, "second")
    assert weight_at("refs/heads/-x", repository / "base.yaml") == 2
    assert weight_at("-x", repository / "base.yaml") == 2


def test_a_repository_without_a_commit_has_no_revision(tmp_path: Path) -> None:
    run_git(tmp_path, "init", "-q")
    (tmp_path / "base.yaml").write_text(QUESTIONNAIRE)
    with pytest.raises(UnknownRevision):
        weight_at("HEAD", tmp_path / "base.yaml")


def test_a_renamed_file_is_compared_with_what_it_was(repository: Path) -> None:
    (repository / "sub").mkdir()
    run_git(repository, "mv", "base.yaml", "sub/other name.yaml")
    (repository / "sub" / "other name.yaml").write_text(CHANGED)
    assert weight_at("HEAD", repository / "sub" / "other name.yaml") == 2  # git knows of it, not yet committed
    commit(repository, "renamed")
    assert weight_at("HEAD~1", repository / "sub" / "other name.yaml") == 2
    assert weight_at("HEAD", repository / "sub" / "other name.yaml") == 3


def test_a_new_file_has_nothing_to_compare_with(repository: Path) -> None:
    path = repository / "new.yaml"
    path.write_text(edited(QUESTIONNAIRE, "id: base", "id: new"))
    with pytest.raises(NewSince, match="new since `HEAD`"):
        weight_at("HEAD", path)
    assert compared(subject(path), Revision("HEAD")).before is None
    assert [finding.code for finding in changing(path)] == ["CVP605"]


def test_standard_input_has_no_earlier_version() -> None:
    with pytest.raises(NewSince, match="standard input"):
        weight_at("HEAD", "-")


def test_a_file_outside_of_every_repository_is_told(tmp_path: Path) -> None:
    path = tmp_path / "base.yaml"
    path.write_text(QUESTIONNAIRE)
    with pytest.raises(NoRepository, match=r"base.yaml: is in no git repository"):
        weight_at("HEAD", path)
    with pytest.raises(NoRepository):
        compared(subject(path), Revision("HEAD"))


def test_a_file_inside_of_the_git_folder_is_in_no_repository(repository: Path) -> None:
    (repository / ".git" / "base.yaml").write_text(QUESTIONNAIRE)
    with pytest.raises(NoRepository):
        weight_at("HEAD", repository / ".git" / "base.yaml")


def test_a_machine_without_git_is_told(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(repository))
    with pytest.raises(NoGit, match="install it"):
        weight_at("HEAD", repository / "base.yaml")


def test_a_broken_git_is_told_in_its_own_words(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake = tmp_path / "bin" / "git"
    fake.parent.mkdir()
    fake.write_text("#!/bin/sh\necho 'fatal: detected dubious ownership\x1b[31m' >&2\nexit 128\n")
    fake.chmod(0o755)
    monkeypatch.setenv("PATH", f"{fake.parent}:/usr/bin:/bin")
    with pytest.raises(GitRefused, match=r"dubious ownership\\x1b"):
        weight_at("HEAD", repository / "base.yaml")


def test_a_damaged_repository_is_told(repository: Path) -> None:
    for path in (repository / ".git" / "objects").rglob("*"):
        if path.is_file():
            path.chmod(0o644)
            path.write_bytes(b"")
    with pytest.raises(CvpError):
        weight_at("HEAD", repository / "base.yaml")


def test_the_working_directory_does_not_matter(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sub = repository / "a folder" / "ünter"
    sub.mkdir(parents=True)
    (sub / "x:y [1]*.yaml").write_text(QUESTIONNAIRE)
    commit(repository, "second")
    (sub / "x:y [1]*.yaml").write_text(CHANGED)
    for cwd, name in [
        (sub, "x:y [1]*.yaml"),
        (sub, "../../base.yaml"),
        (repository, "a folder/ünter/x:y [1]*.yaml"),
        (repository.parent, "repository/./a folder/../base.yaml"),
    ]:
        monkeypatch.chdir(cwd)
        assert weight_at("HEAD", name) == 2


@pytest.mark.parametrize("name", [":(top)base.yaml", "*.yaml", "-x.yaml", "a\nb.yaml", ":/base.yaml"])
def test_a_file_name_is_no_pattern(repository: Path, name: str) -> None:
    path = repository / name.replace("/", "_")
    path.write_text(CHANGED)
    with pytest.raises(NewSince):
        weight_at("HEAD", path)
    commit(repository, "second")
    assert weight_at("HEAD", path) == 3


def test_a_link_leads_to_the_file_that_it_names(repository: Path, tmp_path: Path) -> None:
    (tmp_path / "link.yaml").symlink_to(repository / "base.yaml")
    (tmp_path / "folder").symlink_to(repository)
    (repository / "base.yaml").write_text(CHANGED)
    assert weight_at("HEAD", tmp_path / "link.yaml") == 2
    assert weight_at("HEAD", tmp_path / "folder" / "base.yaml") == 2


def test_a_second_worktree_compares_with_the_same_commits(repository: Path, tmp_path: Path) -> None:
    run_git(repository, "worktree", "add", "-q", str(tmp_path / "tree"), "-b", "feature")
    (tmp_path / "tree" / "base.yaml").write_text(CHANGED)
    assert weight_at("main", tmp_path / "tree" / "base.yaml") == 2


def test_inside_of_a_hook_the_file_decides_which_repository(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_git(tmp_path, "init", "-q", "other")
    monkeypatch.setenv("GIT_DIR", ".git")
    monkeypatch.setenv("GIT_INDEX_FILE", ".git/index")
    monkeypatch.setenv("GIT_WORK_TREE", str(tmp_path / "other"))
    assert Revision("HEAD").questionnaire(str(repository / "base.yaml")).id == "base"


def test_programs_that_a_repository_sets_up_are_not_run(repository: Path, tmp_path: Path) -> None:
    mark = tmp_path / "ran"
    (repository / ".gitattributes").write_text("*.yaml diff=evil filter=evil\n")
    commit(repository, "attributes")
    for key in ("diff.evil.textconv", "diff.evil.command", "filter.evil.smudge", "filter.evil.clean", "core.fsmonitor"):
        run_git(repository, "config", key, f"touch {mark};cat")
    (repository / "base.yaml").write_text(CHANGED)
    (repository / "new.yaml").write_text(QUESTIONNAIRE)
    mark.unlink(missing_ok=True)
    assert weight_at("HEAD", repository / "base.yaml") == 2
    with pytest.raises(NewSince):
        weight_at("HEAD", repository / "new.yaml")
    assert not mark.exists()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: 1\n", "was no questionnaire"),
        (ANSWERS, "was no questionnaire"),
        ("", "was no questionnaire"),
        (edited(QUESTIONNAIRE, "weight: 2", "weight: two"), "had 1 error"),
        (edited(QUESTIONNAIRE, "choices: extent\n    weight", "choices: size\n    weight"), "had 1 error"),
        ("#" * (MAX_BYTES + 1), "larger than 4 MiB"),
    ],
    ids=["yaml", "answers", "empty", "wrong", "unknown list", "large"],
)
def test_an_earlier_version_that_is_not_sound_is_not_compared(repository: Path, text: str, message: str) -> None:
    (repository / "base.yaml").write_text(text)
    commit(repository, "broken")
    (repository / "base.yaml").write_text(QUESTIONNAIRE)
    with pytest.raises(UnsoundBefore, match=message):
        weight_at("HEAD", repository / "base.yaml")
    assert message in compared(subject(repository / "base.yaml"), Revision("HEAD")).uncompared


def test_line_ends_and_byte_order_marks_are_no_change(repository: Path) -> None:
    (repository / "base.yaml").write_bytes(b"\xef\xbb\xbf" + QUESTIONNAIRE.replace("\n", "\r\n").encode())
    assert changing(repository / "base.yaml") == []


@pytest.fixture
def selected(repository: Path) -> Path:
    """The same repository with a selection, and answers to both one folder down."""
    (repository / "some.yaml").write_text(SELECTION)
    (repository / "cases").mkdir()
    (repository / "cases" / "whole.yaml").write_text(ANSWERS)
    commit(repository, "second")
    return repository


def test_a_selection_picks_from_what_its_origin_was(selected: Path) -> None:
    (selected / "base.yaml").write_text(CHANGED)
    assert weight_at("HEAD", selected / "some.yaml") == 2
    assert [finding.code for finding in changing(selected / "some.yaml")] == ["CVP601", "CVP603", "CVP602"]


def test_a_selection_follows_its_origin_through_folders(selected: Path) -> None:
    picks = {"deep/some.yaml": "base", "deep/er/some.yaml": "../../base.yaml", "in.yaml": "./base.yaml"}
    for name, origin in picks.items():
        (selected / name).parent.mkdir(exist_ok=True)
        (selected / name).write_text(edited(SELECTION, "from: base", f"from: {origin}"))
    commit(selected, "third")
    (selected / "base.yaml").write_text(CHANGED)
    assert weight_at("HEAD", selected / "deep" / "some.yaml") == 2
    assert weight_at("HEAD", selected / "deep" / "er" / "some.yaml") == 2
    assert weight_at("HEAD", selected / "in.yaml") == 2


def test_a_selection_whose_origin_was_gone_unsound_or_itself_a_selection_is_not_compared(selected: Path) -> None:
    for text in (edited(QUESTIONNAIRE, "weight: 2", "weight: two"), edited(SELECTION, "id: some", "id: base"), None):
        (selected / "base.yaml").unlink()
        if text:
            (selected / "base.yaml").write_text(text)
        commit(selected, "broken")
        (selected / "base.yaml").write_text(QUESTIONNAIRE)
        with pytest.raises(UnsoundBefore, match="had 1 error"):
            weight_at("HEAD", selected / "some.yaml")


@pytest.mark.parametrize("origin", ["../../../../base", "/etc/passwd", "a\\\\0b", "x" * 4000])
def test_an_origin_that_leads_out_of_the_repository_is_none(selected: Path, origin: str) -> None:
    (selected / "some.yaml").write_text(edited(SELECTION, "from: base", f'from: "{origin}"'))
    commit(selected, "third")
    with pytest.raises(UnsoundBefore):
        weight_at("HEAD", selected / "some.yaml")


def test_a_selection_from_what_ships_with_cvp_picks_from_that(selected: Path) -> None:
    text = edited(edited(SELECTION, "from: base", "from: level4"), "[price, bond]", "[buyers_talk_price]")
    (selected / "some.yaml").write_text(text)
    commit(selected, "third")
    assert list(Revision("HEAD").questionnaire(str(selected / "some.yaml")).questions) == ["buyers_talk_price"]


def test_answers_are_scored_with_what_their_questionnaire_was(selected: Path) -> None:
    (selected / "base.yaml").write_text(edited(QUESTIONNAIRE, "pass: 0.5", "pass: 0.6"))
    (finding,) = changing(selected / "cases" / "whole.yaml")
    assert (finding.code, finding.message) == (
        "CVP604",
        "these answers come out at level 1; with the earlier revision it was 2",
    )


def test_new_answers_to_an_old_questionnaire_are_compared_and_to_a_new_one_not(selected: Path) -> None:
    (selected / "cases" / "new.yaml").write_text(ANSWERS)
    assert compared(subject(selected / "cases" / "new.yaml"), Revision("HEAD")).before
    (selected / "fresh.yaml").write_text(edited(QUESTIONNAIRE, "id: base", "id: fresh"))
    (selected / "cases" / "new.yaml").write_text(edited(ANSWERS, "questionnaire: base", "questionnaire: fresh"))
    after = compared(subject(selected / "cases" / "new.yaml"), Revision("HEAD"))
    assert (after.before, after.uncompared) == (None, "")


def test_answers_to_what_ships_need_no_repository(tmp_path: Path) -> None:
    path = tmp_path / "answers.yaml"
    path.write_text(
        "cvp: 1\nquestionnaire: level4\nversion: '1.0.0'\ncompany: A\nanswers: {buyers_talk_price: one_strength}\n"
    )
    assert subject(path).questionnaire
    assert compared(subject(path), Revision("HEAD")) == subject(path)


def test_a_file_that_is_none_of_ours_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "other.yaml"
    path.write_text("a: 1\n")
    assert compared(subject(path), Revision("HEAD")).uncompared == ""


def test_git_is_asked_for_the_commit_once_a_folder(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = shutil.which("git")
    log = tmp_path / "log"
    fake = tmp_path / "bin" / "git"
    fake.parent.mkdir()
    fake.write_text(f'#!/bin/sh\necho "$3" >> {log}\nexec {real} "$@"\n')
    fake.chmod(0o755)
    monkeypatch.setenv("PATH", f"{fake.parent}:{os.environ['PATH']}")
    revision = Revision("HEAD")
    for _ in range(3):
        revision.questionnaire(str(repository / "base.yaml"))
    assert log.read_text().split().count("rev-parse") == 2
    assert log.read_text().split().count("cat-file") == 3
