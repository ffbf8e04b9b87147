"""`cvp compare`: assessments of one company, side by side; a claim beside what its buyers say."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from cvp.commands.options import Accent, Client, LogoFile, ReportLanguage, Template, Title

if TYPE_CHECKING:
    from cvp.assessment import Assessment

LOWER = 1


def compare(
    assessments: Annotated[
        list[str],
        typer.Argument(
            metavar="BEFORE AFTER | CLAIM BUYERS",
            help="JSON, as assess --save keeps it; more than two make a trend. Or one such, the company's claim, and "
            "what its buyers say: their answers as a table, or what batch --summary wrote in JSON.",
        ),
    ],
    company: Annotated[
        str | None, typer.Option(metavar="NAME", help="The company that all of them are about, whatever they call it.")
    ] = None,
    format_: Annotated[
        str | None,
        typer.Option(
            "--format",
            metavar="FORMAT",
            help="terminal, markdown, html, json, csv, pptx, or svg of a claim. Left out, --output's ending says.",
        ),
    ] = None,
    output: Annotated[
        str, typer.Option("--output", "-o", metavar="FILE", help="A file for the report; - is standard output.")
    ] = "-",
    fail_if_lower: Annotated[
        bool,
        typer.Option(
            "--fail-if-lower",
            help="Exit with 1 if the last level is lower than the first, or the buyers' than the claim.",
        ),
    ] = False,
    questionnaire: Annotated[
        str | None,
        typer.Option(
            metavar="QUESTIONNAIRE", help="What a table of BUYERS answers: a path or an id. Left out, buyers."
        ),
    ] = None,
    by: Annotated[
        list[str] | None,
        typer.Option("--by", metavar="COLUMN", help="Tell by this column of the table too. Repeat for more."),
    ] = None,
    map_: Annotated[
        str | None, typer.Option("--map", metavar="FILE", help="What columns and cells of the table mean.")
    ] = None,
    date: Annotated[
        str | None, typer.Option(metavar="DAY", help="The day of the table, as 2026-11-22. Left out, today.")
    ] = None,
    self_selected: Annotated[
        bool, typer.Option("--self-selected", help="The table's buyers chose to answer: say so beside every interval.")
    ] = False,
    lang: ReportLanguage = None,
    title: Title = None,
    client: Client = None,
    logo: LogoFile = None,
    accent: Accent = None,
    template: Template = None,
) -> None:
    """Say what moved between assessments, and why: time, the questionnaire, or the answers.

    With a company's claim and its buyers' answers: what buyers say is the result, and the claim stands beside it.

    \b
    Example: cvp compare acme-2025.json acme-2026.json
    Example: cvp compare acme.json survey.csv --by country
    Exit codes: 0 done, 1 lower with --fail-if-lower, 2 wrong usage, 3 could not
    """
    from dataclasses import replace

    from cvp.commands.branding import brand_of
    from cvp.commands.claiming import Wanted, compare_with_buyers, kind_of
    from cvp.commands.languages import in_one_language
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
    name = one_line(company or "") or None
    kinds = [kind_of(file) for file in assessments]
    wanted = Wanted(questionnaire, tuple(by or ()), map_, date, self_selected)
    if set(kinds) != {"assessment"}:
        beside = compare_with_buyers(assessments, kinds, name, wanted, lang)
        put(beside, chosen, look, output)
        if fail_if_lower and beside.measure.level < beside.claim.level:
            raise typer.Exit(LOWER)
        return
    if wanted.given:
        raise WrongUsage(f"{wanted.given}: is for a table of buyers' answers; these are assessments")
    loaded = [(file, load_assessment(file)) for file in assessments]
    refuse_what_cannot_be_compared(loaded, company)
    told = in_one_language(loaded, lang, loaded[-1][1])
    comparison = compared(told, name, [assessment.language for _, assessment in loaded])
    put(comparison, chosen, look, output)
    if fail_if_lower and comparison.after.level < comparison.before.level:
        raise typer.Exit(LOWER)


def refuse_what_cannot_be_compared(loaded: Sequence[tuple[str, "Assessment"]], company: str | None) -> None:
    """Different questionnaires or companies, and assessments that contradict themselves.

    Raises DifferentQuestionnaires, DifferentCompanies or Unreadable.
    """
    from cvp.commands.saved import refuse_unsound
    from cvp.errors import DifferentCompanies, DifferentQuestionnaires
    from cvp.text import one_line

    first, before = loaded[0]
    for file, a in loaded:
        if a.questionnaire.id != before.questionnaire.id:
            asked = f"{first} is by `{before.questionnaire.id}`, {file} by `{a.questionnaire.id}`"
            what = "score one company's answers to the same questionnaire at both times"
            if a.perspective != before.perspective:
                what = "one buyer is no measure; give the answers of many, as a table or what batch --summary wrote"
            raise DifferentQuestionnaires(f"{asked}; {what}")
        if one_line(a.company) != one_line(before.company) and not company:
            names = f"{one_line(before.company)} and {one_line(a.company)}"
            raise DifferentCompanies(
                f"the assessments are about {names}; compare each with its own, or say with --company who it is"
            )
        refuse_unsound(file, a)
