"""`cvp compare`: assessments of one company, side by side."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from cvp.commands.options import Accent, Client, LogoFile, Template, Title

if TYPE_CHECKING:
    from cvp.assessment import Assessment

LOWER = 1


def compare(
    assessments: Annotated[
        list[str],
        typer.Argument(metavar="BEFORE AFTER", help="JSON, as assess --save keeps it; more than two make a trend."),
    ],
    company: Annotated[
        str | None, typer.Option(metavar="NAME", help="The company that all of them are about, whatever they call it.")
    ] = None,
    format_: Annotated[
        str | None,
        typer.Option(
            "--format",
            metavar="FORMAT",
            help="terminal, markdown, html, json or csv. Left out, --output's ending says.",
        ),
    ] = None,
    output: Annotated[
        str, typer.Option("--output", "-o", metavar="FILE", help="A file for the report; - is standard output.")
    ] = "-",
    fail_if_lower: Annotated[
        bool, typer.Option("--fail-if-lower", help="Exit with 1 if the last level is lower than the first.")
    ] = False,
    title: Title = None,
    client: Client = None,
    logo: LogoFile = None,
    accent: Accent = None,
    template: Template = None,
) -> None:
    """Say what moved between assessments, and why: time, the questionnaire, or the answers.

    \b
    Example: cvp compare acme-2025.json acme-2026.json
    Exit codes: 0 done, 1 lower with --fail-if-lower, 2 wrong usage, 3 could not
    """
    from dataclasses import replace

    from cvp.commands.branding import brand_of
    from cvp.commands.screen import chosen_format, look_of_stdout, put
    from cvp.comparing import compare as compared
    from cvp.errors import WrongUsage
    from cvp.loading import load_assessment
    from cvp.text import one_line

    chosen = chosen_format(format_, output)
    if len(assessments) < 2:
        raise WrongUsage("compare needs two assessments at least, the earlier one first")
    if twice := [file for position, file in enumerate(assessments) if file in assessments[:position]]:
        raise WrongUsage(f"{twice[0]}: is given twice; a comparison needs two assessments")
    look = replace(look_of_stdout(), brand=brand_of(title, client, logo, accent, template))
    loaded = [(file, load_assessment(file)) for file in assessments]
    refuse_what_cannot_be_compared(loaded, company)
    comparison = compared([assessment for _, assessment in loaded], one_line(company or "") or None)
    put(comparison, chosen, look, output)
    if fail_if_lower and comparison.after.level < comparison.before.level:
        raise typer.Exit(LOWER)


def refuse_what_cannot_be_compared(loaded: Sequence[tuple[str, "Assessment"]], company: str | None) -> None:
    """Different questionnaires or companies, and assessments that contradict themselves.

    Raises DifferentQuestionnaires, DifferentCompanies or Unreadable.
    """
    from cvp.comparing import is_sound
    from cvp.errors import DifferentCompanies, DifferentQuestionnaires, Unreadable
    from cvp.text import one_line

    first, before = loaded[0]
    for file, a in loaded:
        if a.questionnaire.id != before.questionnaire.id:
            asked = f"{first} is by `{before.questionnaire.id}`, {file} by `{a.questionnaire.id}`"
            what = "score one company's answers to the same questionnaire at both times"
            if a.perspective != before.perspective:
                what = "a claim and its buyers' measure are not two times of one thing; read their reports side by side"
            raise DifferentQuestionnaires(f"{asked}; {what}")
        if one_line(a.company) != one_line(before.company) and not company:
            names = f"{one_line(before.company)} and {one_line(a.company)}"
            raise DifferentCompanies(
                f"the assessments are about {names}; compare each with its own, or say with --company who it is"
            )
        if not is_sound(a):
            raise Unreadable(f"{file}: its answers do not give the level that it states; assess the answers again")
