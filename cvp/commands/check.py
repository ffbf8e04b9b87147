"""`cvp check`: what is wrong with questionnaires and files of answers."""

from typing import Annotated

import typer

FOUND = 1


def check(
    paths: Annotated[
        list[str], typer.Argument(metavar="PATH…", help="Files, or folders that are searched for YAML and JSON.")
    ],
) -> None:
    """Check questionnaires and files of answers.

    \b
    Example: cvp check questionnaires/
    Exit codes: 0 nothing found, 1 findings, 2 wrong usage, 3 could not
    """
    from cvp.checking import check_paths
    from cvp.diagnostics import Show, diagnostics

    run = check_paths(paths)
    typer.echo(diagnostics("text").render(run, Show()), nl=False)
    if run.findings:
        raise typer.Exit(FOUND)
