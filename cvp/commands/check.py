"""`cvp check`: what is wrong with questionnaires and files of answers."""

from typing import Annotated

import typer

FOUND = 1


def check(
    paths: Annotated[
        list[str], typer.Argument(metavar="PATH...", help="Files, and folders that are searched for YAML and JSON.")
    ],
    output_format: Annotated[
        str, typer.Option(metavar="FORMAT", help="text, concise, json, github, gitlab, sarif or junit.")
    ] = "text",
    output: Annotated[
        str, typer.Option("--output", "-o", metavar="FILE", help="A file for the findings; - is standard output.")
    ] = "-",
    fail_on: Annotated[
        str | None, typer.Option(metavar="SEVERITY", help="error, warning or info: what makes the exit code 1.")
    ] = None,
    exit_zero: Annotated[bool, typer.Option("--exit-zero", help="Exit with 0 whatever is found.")] = False,
    against: Annotated[
        str, typer.Option(metavar="GIT_REF", help="Compare with a revision that git knows, as in main or HEAD~1.")
    ] = "",
    fix: Annotated[bool, typer.Option("--fix", help="Mend what can be mended without a change of meaning.")] = False,
    diff: Annotated[bool, typer.Option("--diff", help="Show what --fix would change, and change nothing.")] = False,
    statistics: Annotated[bool, typer.Option("--statistics", help="Count what each rule found.")] = False,
    no_cache: Annotated[bool, typer.Option("--no-cache", help="Neither use nor keep earlier results.")] = False,
    jobs: Annotated[int | None, typer.Option(min=1, metavar="N", help="Processes; left out, one a core.")] = None,
) -> None:
    """Find what is wrong with questionnaires and answers.

    \b
    Example: cvp check questionnaires/
    Exit codes: 0 nothing to fail on, 1 findings, 2 wrong usage, 3 could not
    """
    from cvp.checking import Request
    from cvp.checking.running import run
    from cvp.checking.settings import settings_here
    from cvp.commands.failing import say
    from cvp.commands.screen import look_of_stdout, write
    from cvp.diagnostics import FORMATS, Show, diagnostics
    from cvp.errors import Unreadable, WrongUsage
    from cvp.finding import Severity

    severity = fail_on or settings_here().fail_on
    if output_format not in FORMATS:
        raise WrongUsage(f"--output-format {output_format}: there is no such format; there are {', '.join(FORMATS)}")
    if severity.upper() not in Severity.__members__:
        raise WrongUsage(f"--fail-on {severity}: must be error, warning or info")
    if diff or fix:
        from cvp.commands.mend import mend, show_mends
    if diff:
        if show_mends(paths) and not exit_zero:
            raise typer.Exit(FOUND)
        return
    if fix:
        mend(paths)
    try:
        found = run(paths, Request(against), remember=not no_cache, jobs=jobs)
    except KeyboardInterrupt as stopped:
        say(f"cvp: check was stopped: {str(stopped) or 'no file checked'}, and no findings shown")
        raise
    if not found.files:
        raise Unreadable(f"{', '.join(paths)}: holds no questionnaire and no file of answers; name another folder")
    show = Show(look_of_stdout().colour and output == "-", statistics, Severity[severity.upper()])
    write(diagnostics(output_format).render(found, show), output)
    if not exit_zero and any(finding.severity >= show.fail_on for finding in found.findings):
        raise typer.Exit(FOUND)
