"""`cvp export`: a questionnaire for the survey tool that somebody already has, or on paper."""

from typing import Annotated

import typer

from cvp.catalogue import DEFAULT


def export(
    questionnaire: Annotated[
        str, typer.Argument(metavar="QUESTIONNAIRE", help="A path, or the id of a shipped one.")
    ] = DEFAULT,
    to: Annotated[
        str | None,
        typer.Option(
            "--to",
            metavar="FORMAT",
            help="xlsform (for ODK and KoboToolbox), surveyjs, csv (to paste from), markdown or html (on paper). "
            "Left out, --output's ending says.",
        ),
    ] = None,
    output: Annotated[
        str, typer.Option("--output", "-o", metavar="FILE", help="A file for the form; - is standard output.")
    ] = "-",
    lang: Annotated[
        str | None,
        typer.Option(
            metavar="CODE", help="The language, as in de; xlsform and surveyjs have all, and open in this one."
        ),
    ] = None,
    guidance: Annotated[
        bool,
        typer.Option("--guidance", help="With what is for facilitators alone: not for a form that respondents get."),
    ] = False,
) -> None:
    """Write a questionnaire as a form of another tool, or on paper.

    What respondents answer goes into cvp batch as the tool exports it, or as SurveyJS' results, one object a line.

    \b
    Example: cvp export buyers --output buyers.xlsx
    Exit codes: 0 done, 2 wrong usage, 3 could not
    """
    import sys

    from cvp.commands.languages import language_shown
    from cvp.commands.screen import STDOUT, is_terminal, write
    from cvp.errors import WrongUsage
    from cvp.exports import FORMATS, Edition
    from cvp.exports import export as exported
    from cvp.formats import format_of
    from cvp.loading import load_questionnaire
    from cvp.text import one_line

    known = ", ".join(FORMATS)
    if to is not None and to not in FORMATS:
        raise WrongUsage(f"--to {one_line(to)}: there is no such format; there are {known}")
    chosen = to or format_of(output, FORMATS)
    if chosen is None:
        missing = "--to: is missing" if output == STDOUT else f"--output {one_line(output)}: its ending means no format"
        raise WrongUsage(f"{missing}; add --to with one of {known}")
    asked = load_questionnaire(questionnaire)
    made = exported(chosen, asked, Edition(language_shown(asked, lang), guidance))
    if isinstance(made, bytes) and output == STDOUT and is_terminal(sys.stdout):
        raise WrongUsage(f"--to {chosen}: is no text for a terminal; add --output FILE")
    write(made if isinstance(made, bytes) else made.encode(), output)
