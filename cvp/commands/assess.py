"""`cvp assess`: answers, from files or asked on the terminal, become a report."""

from typing import Annotated

import typer

LEVEL_UNDER = 1


def assess(
    questionnaire: Annotated[
        str | None,
        typer.Argument(
            metavar="QUESTIONNAIRE", help="A path, or the id of a shipped one. Left out, it is what the answers name."
        ),
    ] = None,
    answers: Annotated[
        list[str] | None,
        typer.Option(
            "--answers", metavar="FILE", help="Answers in YAML or JSON; - is standard input. Repeat for several people."
        ),
    ] = None,
    company: Annotated[str | None, typer.Option(metavar="NAME", help="The company's name.")] = None,
    date: Annotated[
        str | None,
        typer.Option(
            metavar="DAY", help="The day of the assessment, as 2013-02-12. Left out: as answered, else today."
        ),
    ] = None,
    lang: Annotated[
        str | None, typer.Option(metavar="CODE", help="The language of questions and report, as in de.")
    ] = None,
    format_: Annotated[
        str | None,
        typer.Option("--format", metavar="FORMAT", help="terminal or json. Left out, --output's ending says."),
    ] = None,
    output: Annotated[
        str, typer.Option("--output", "-o", metavar="FILE", help="A file for the report; - is standard output.")
    ] = "-",
    save: Annotated[
        str | None, typer.Option(metavar="FILE", help="Also keep the assessment as JSON in this file.")
    ] = None,
    session: Annotated[
        str | None, typer.Option(metavar="FILE", help="Keep the interview's answers here, and go on where it was left.")
    ] = None,
    no_input: Annotated[bool, typer.Option("--no-input", help="Never ask anything.")] = False,
    fail_under: Annotated[
        int | None, typer.Option(min=1, max=4, metavar="LEVEL", help="Exit with 1 if the level is lower.")
    ] = None,
) -> None:
    """Find a company's level, from answers or by asking.

    Without --answers, the questions are asked on this terminal first.

    \b
    Example: cvp assess --answers acme.yaml --save acme.json
    Exit codes: 0 done, 1 level under --fail-under, 2 wrong usage, 3 could not, 130 interrupted
    """
    from cvp.commands.failing import say
    from cvp.commands.given import answers_asked, answers_given
    from cvp.commands.screen import chosen_format, look_of_stdout, write
    from cvp.reports import report

    chosen = chosen_format(format_, output)
    if answers:
        from cvp.scoring import score

        given = answers_given(questionnaire, answers, company, date)
    else:
        given = answers_asked(questionnaire, company, date, lang, no_input, session)
        from cvp.scoring import score

    assessment = score(
        given.questionnaire,
        given.sheets,
        company=given.company,
        date=given.date,
        language=lang,
        answered_by=given.by,
    )
    if lang and lang not in {given.questionnaire.default_language, *given.questionnaire.languages}:
        shown = given.questionnaire.default_language
        say(f"cvp: `{given.questionnaire.id}` has no texts in {lang}; it is shown in {shown}")
    if save:
        write(assessment.to_json(), save)
    write(report(chosen).render(assessment, look_of_stdout()), output)
    if fail_under is not None and assessment.level < fail_under:
        raise typer.Exit(LEVEL_UNDER)
