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
    from cvp.diagnostics.text import frames

    results = check_paths(paths)
    for document, findings in results:
        if findings:
            typer.echo(frames(document, findings))
    count = sum(len(findings) for _, findings in results)
    typer.echo(f"{count} findings in {len(results)} files")
    if count:
        raise typer.Exit(FOUND)
