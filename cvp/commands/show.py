"""`cvp show`: a questionnaire, as people read it."""

from typing import Annotated

import typer

from cvp.catalogue import DEFAULT


def show(
    questionnaire: Annotated[
        str, typer.Argument(metavar="QUESTIONNAIRE", help="A path, or the id of a shipped one.")
    ] = DEFAULT,
    lang: Annotated[str | None, typer.Option(metavar="CODE", help="The language, as in de.")] = None,
) -> None:
    """Show a questionnaire as people read it.

    \b
    Example: cvp show quick
    """
    from cvp.commands.languages import language_shown
    from cvp.commands.screen import STDOUT, look_of_stdout, write
    from cvp.loading import load_questionnaire
    from cvp.reports.questionnaire_text import render

    shown = load_questionnaire(questionnaire)
    write(render(shown, look_of_stdout(), language_shown(shown, lang)), STDOUT)
