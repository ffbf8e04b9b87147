"""One file → what check has to say of it; the modules here do it for many, remember, mend, compare and explain."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from cvp.checking.settings import resolved, settings_for
from cvp.document import Document, Fault, Place
from cvp.errors import Unreadable
from cvp.finding import CaseResult, Checked, Finding, Suppressed
from cvp.loading import Finder
from cvp.reading import STDIN, parse_document, read_bytes
from cvp.rules import BY_CODE, check
from cvp.rules.comments import let_pass, suppressions
from cvp.rules.subject import Subject, kind_of, subject_of

ENDINGS = (".yaml", ".yml", ".json")
CRASHED = "CVP117"
ABOUT_COMMENTS = "7"
"""The family of rules that look at what the others found."""


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked of check, the same for every file: `against` is a git ref to compare with, or empty."""

    against: str = ""


@dataclass(frozen=True, slots=True)
class Named:
    """A file to check: by name, or found on a walk, where files that are none of cvp's are passed over."""

    name: str
    walked: bool = False


def files_below(paths: Sequence[str]) -> Iterator[Named]:
    """Files as they are; folders walked for YAML and JSON, hidden ones left out. Raises Unreadable for no such path."""
    for name in paths:
        path = Path(name)
        if name != STDIN and path.is_dir():
            found = (p for p in sorted(path.rglob("*")) if p.suffix in ENDINGS and p.is_file())
            visible = (p for p in found if not any(part.startswith(".") for part in p.relative_to(path).parts))
            yield from (Named(str(p), walked=True) for p in visible)
        elif name == STDIN or path.exists():
            yield Named(name)
        else:
            raise Unreadable(f"{name}: there is no such file or folder; check the spelling")


def read(file: Named) -> bytes | Unreadable:
    """The bytes of the file, or why there are none."""
    try:
        return read_bytes(file.name)
    except Unreadable as error:
        return error


def check_read(file: Named, data: bytes | Unreadable, request: Request, find: Finder) -> Checked | None:
    """What the rules that are on for this file say of its bytes; None for a file that is passed over."""
    document = _document(file.name, data)
    if file.walked and not _is_ours(document):
        return None
    subject = subject_of(document, find)
    if request.against:
        subject = _compared(subject, request.against)
    findings, suppressed = _findings(subject, Path(file.name))
    return Checked(file.name, findings, suppressed, _case(subject))


def _compared(subject: Subject, ref: str) -> Subject:
    from cvp.checking.versions import compared, revision  # calls git, which most runs do not need

    return compared(subject, revision(ref))


def _case(subject: Subject) -> CaseResult | None:
    if not subject.answers or not subject.answers.expect:
        return None
    from cvp.rules.cases import case_result  # scores, which questionnaires do not need

    return case_result(subject)


def circumstances(file: Named) -> list[str]:
    """What a file's result depends on beside its bytes and the questionnaires it names."""
    settings, folder = settings_for(Path(file.name))
    rules = settings.rules_for(Path(file.name), folder)
    codes = ",".join(rule.code for rule in rules)
    return [str(resolved(Path(file.name).parent)), codes, settings.text, str(file.walked)]


def crashed(file: Named) -> Checked:
    """What is said of a file that killed the process that checked it."""
    rule = BY_CODE[CRASHED]
    message = "checking this file killed the process; please report it with the file"
    return Checked(file.name, (Finding(file.name, Place(1, 1, 1, 1), rule.code, rule.name, rule.severity, message),))


def _document(name: str, data: bytes | Unreadable) -> Document:
    if isinstance(data, bytes):
        return parse_document(name, data)
    reason = str(data).removeprefix(f"{name}: ")
    return Document(name, "", faults=(Fault(f"the file {reason}", place=Place(1, 1, 1, 1), kind="unreadable"),))


def _is_ours(document: Document) -> bool:
    """Whether a file that was found on a walk is meant for cvp, sound or not."""
    if isinstance(document.data, dict):
        format_ = document.data.get("cvp", "")
        named = "cvp" in document.data and not (isinstance(format_, str) and format_.startswith("assessment/"))
        return named or kind_of(document) != "unknown"
    return not document.text or any(line.lstrip(' {"').startswith("cvp") for line in document.lines)


def _findings(subject: Subject, file: Path) -> tuple[tuple[Finding, ...], tuple[Suppressed, ...]]:
    """What stays and what a comment lets pass, as bad as the settings say."""
    settings, folder = settings_for(file)
    rules = settings.rules_for(file, folder)
    found = check(subject, [rule for rule in rules if rule.family != ABOUT_COMMENTS])
    comments = suppressions(subject.document)
    kept, passed, used = let_pass(found, comments)
    if comments:
        after = replace(subject, known_codes=frozenset(BY_CODE), comments=comments, used=frozenset(used))
        kept += check(after, [rule for rule in rules if rule.family == ABOUT_COMMENTS])
    weighed = (replace(finding, severity=settings.severity_of(finding.code)) for finding in kept)
    return tuple(sorted(weighed, key=lambda finding: finding.sort_key)), tuple(passed)
