"""`cvp show`: a questionnaire, as people read it."""

from typing import Annotated

import typer


def show(
    questionnaire: Annotated[
        str, typer.Argument(metavar="QUESTIONNAIRE", help="A path, or the id of a shipped one.")
    ] = "level4",
    lang: Annotated[str | None, typer.Option(metavar="CODE", help="The language, as in de.")] = None,
) -> None:
    """Show a questionnaire as people read it.

    \b
    Example: cvp show quick
    """
    from cvp.commands.screen import look_of_stdout
    from cvp.loading import load_questionnaire
    from cvp.reports.questionnaire_text import render

    typer.echo(render(load_questionnaire(questionnaire), look_of_stdout(), lang), nl=False)
