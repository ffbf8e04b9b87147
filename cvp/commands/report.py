"""`cvp report`: a saved assessment, rendered again."""

from typing import Annotated

import typer

from cvp.commands.options import Accent, Client, Format, LogoFile, Output, Template, Title


def report(
    assessment: Annotated[
        str, typer.Argument(metavar="ASSESSMENT", help="JSON, as --save keeps it; - is standard input.")
    ],
    format_: Format = None,
    output: Output = "-",
    title: Title = None,
    client: Client = None,
    logo: LogoFile = None,
    accent: Accent = None,
    template: Template = None,
) -> None:
    """Render a saved assessment again, in any format.

    \b
    Example: cvp report acme.json --output acme.html --client "Acme Ltd" --accent "#7a1f5c"
    Exit codes: 0 done, 2 wrong usage, 3 could not
    """
    from dataclasses import replace

    from cvp.commands.branding import brand_of
    from cvp.commands.screen import chosen_format, look_of_stdout, put
    from cvp.loading import load_assessment

    chosen = chosen_format(format_, output)
    look = replace(look_of_stdout(), brand=brand_of(title, client, logo, accent, template))
    put(load_assessment(assessment), chosen, look, output)
