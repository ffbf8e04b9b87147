"""`cvp report`: saved assessments, rendered again."""

from typing import Annotated

import typer

from cvp.commands.options import Accent, Client, Format, LogoFile, Output, ReportLanguage, Template, Title


def report(
    assessments: Annotated[
        list[str],
        typer.Argument(
            metavar="ASSESSMENT",
            help="JSON, as --save keeps it; - is standard input. Several of one company, each by a questionnaire of "
            "its own, make one report.",
        ),
    ],
    format_: Format = None,
    output: Output = "-",
    company: Annotated[
        str | None, typer.Option(metavar="NAME", help="The company that all of them are about, whatever they call it.")
    ] = None,
    lang: ReportLanguage = None,
    questionnaire: Annotated[
        list[str] | None,
        typer.Option(
            metavar="QUESTIONNAIRE",
            help="For --lang: the questionnaire that ASSESSMENT is by, a path or an id. Left out, it is looked for "
            "beside ASSESSMENT, in this folder and among the shipped ones. Repeat for more.",
        ),
    ] = None,
    title: Title = None,
    client: Client = None,
    logo: LogoFile = None,
    accent: Accent = None,
    template: Template = None,
) -> None:
    """Render a saved assessment again, in any format, or several of one company in one report.

    \b
    Example: cvp report acme.json --output acme.html --client "Acme Ltd" --accent "#7a1f5c"
    Exit codes: 0 done, 2 wrong usage, 3 could not
    """
    from dataclasses import replace

    from cvp.assessment.joined import leading
    from cvp.commands.branding import brand_of
    from cvp.commands.facing import facing_buyers
    from cvp.commands.joining import joined
    from cvp.commands.languages import in_one_language
    from cvp.commands.originals import originals_given
    from cvp.commands.screen import chosen_format, look_of_stdout, put
    from cvp.loading import load_assessments

    chosen = chosen_format(format_, output)
    look = replace(look_of_stdout(), brand=brand_of(title, client, logo, accent, template))
    loaded = [(name, assessment) for name in assessments for assessment in load_assessments(name)]
    lead = leading([assessment for _, assessment in loaded])
    given = originals_given(questionnaire or (), loaded)
    subject = joined(in_one_language(loaded, lang, lead, given), company)
    put(facing_buyers(subject), chosen, look, output)
