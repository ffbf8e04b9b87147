"""Test reports for CI: every checked file is a test, and so is every case. Valid by Jenkins' junit-10.xsd."""

from collections.abc import Sequence
from typing import Final
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from cvp.diagnostics import Show
from cvp.diagnostics.names import name_here, name_in_line
from cvp.diagnostics.text import headline, help_of, message_in_line
from cvp.finding import CaseResult, Checked, Finding, Run, Severity
from cvp.text import counted, printable

_DECLARATION: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'


def render(run: Run, show: Show) -> str:
    """Findings at `show.fail_on` fail their file's test; the others and the suppressed ones are its output.

    The text is ASCII, with references for all other characters: no encoding of a pipe can break it.
    """
    root = Element("testsuites", name="cvp check")
    files = SubElement(root, "testsuite", name="files")
    for file in run.files:
        _file_test(files, file, show.fail_on)
    if any(file.case for file in run.files):
        cases = SubElement(root, "testsuite", name="cases")
        for file in run.files:
            if file.case:
                _case_test(cases, file.file, file.case)
    for element in (*root, root):
        _count(element)
    indent(root)
    text: bytes = tostring(root, encoding="us-ascii", xml_declaration=False)
    return f"{_DECLARATION}{text.decode('ascii')}\n"


def _file_test(suite: Element, file: Checked, fail_on: Severity) -> None:
    test = SubElement(suite, "testcase", classname="cvp.files", name=name_in_line(file.file))
    failures = [finding for finding in file.findings if finding.severity >= fail_on]
    if failures:
        worst = max(finding.severity for finding in failures)
        failure = SubElement(test, "failure", type=worst.label, message=_message(failures))
        failure.text = _lines(failures)
    output = [_lines([finding]) for finding in file.findings if finding.severity < fail_on]
    output += [
        f"suppressed: {headline(passed.finding)}\n  reason: {printable(passed.reason)}" for passed in file.suppressed
    ]
    if output:
        SubElement(test, "system-out").text = "\n".join(output)


def _case_test(suite: Element, file: str, case: CaseResult) -> None:
    label, where = printable(case.name), name_in_line(file)
    name = where if case.name in (file, name_here(file)) else f"{where}: {label}"
    test = SubElement(suite, "testcase", classname="cvp.cases", name=name)
    if not case.passed:
        message = printable(case.message) or "the case failed"
        SubElement(test, "failure", type="case", message=message).text = message


def _message(failures: Sequence[Finding]) -> str:
    """The first failure, and how many more there are: all that some servers show."""
    more = f" (and {counted(len(failures) - 1, 'more finding')})" if len(failures) > 1 else ""
    return f"{failures[0].code} {message_in_line(failures[0])}{more}"


def _lines(findings: Sequence[Finding]) -> str:
    return "\n".join(line for finding in findings for line in (headline(finding), help_of(finding)) if line)


def _count(element: Element) -> None:
    """The counts that the schema wants; it knows no `skipped` at the top, and nothing of ours is skipped."""
    element.set("tests", str(len(list(element.iter("testcase")))))
    element.set("failures", str(len(list(element.iter("failure")))))
    element.set("errors", "0")
