"""`cvp assess`: answers, from files or asked on the terminal, become a report."""

import typer

from cvp.commands import options

LEVEL_UNDER = 1


def assess(
    questionnaire: options.Name = None,
    answers: options.AnswerFiles = None,
    company: options.Company = None,
    date: options.Day = None,
    lang: options.Language = None,
    session: options.SessionFile = None,
    resume: options.Resume = False,
    order: options.Order = None,
    room: options.Room = None,
    ballot: options.BallotFiles = None,
    map_: options.MapFile = None,
    named: options.Named = False,
    plain: options.Plain = False,
    no_input: options.NoInput = False,
    budget: options.Budget = None,
    exclude: options.Exclude = None,
    by: options.By = None,
    format_: options.Format = None,
    output: options.Output = "-",
    save: options.Save = None,
    fail_under: options.FailUnder = None,
    title: options.Title = None,
    client: options.Client = None,
    logo: options.LogoFile = None,
    accent: options.Accent = None,
    template: options.Template = None,
) -> None:
    """Find a company's level, from answers or by asking.

    Without --answers, the questions are asked on this terminal first; every answer is in a file before the next one.

    \b
    Example: cvp assess --answers acme.yaml --save acme.json
    Exit codes: 0 done, 1 level under --fail-under, 2 wrong usage, 3 could not, 130 interrupted
    """
    from dataclasses import replace

    from cvp.commands.asking.wishes import Wishes, refuse_contradictions
    from cvp.commands.branding import brand_of
    from cvp.commands.failing import say
    from cvp.commands.given import answers_given
    from cvp.commands.limits import Limits
    from cvp.commands.screen import chosen_format, look_of_stdout, put, write
    from cvp.errors import Unwritable

    chosen = chosen_format(format_, output)
    look = replace(look_of_stdout(), brand=brand_of(title, client, logo, accent, template))
    limits = Limits(budget, tuple(exclude or ()), by)
    wishes = Wishes(
        questionnaire=questionnaire,
        company=company,
        date=date,
        language=lang,
        session=session,
        resume=resume,
        order=order,
        plain=plain,
        room=room,
        ballots=tuple(ballot or ()),
        map=map_,
        named=named,
        no_input=no_input,
        limits=limits,
    )
    refuse_contradictions(wishes, bool(answers))
    if answers:
        given = answers_given(questionnaire, answers, company, date)
    else:
        from cvp.commands.asking.interviewing import asked
        from cvp.reports import report

        report(chosen)  # what it lacks is told before anything is asked
        given = asked(wishes)
    from cvp.scoring import score

    assessment = score(
        given.questionnaire,
        given.said,
        company=given.company,
        date=given.date,
        language=lang or given.language,
        answered_by=given.by,
        constraints=limits.constraints(given.questionnaire, given.date),
    )
    if lang and lang not in {given.questionnaire.default_language, *given.questionnaire.languages}:
        shown = given.questionnaire.default_language
        say(f"cvp: `{given.questionnaire.id}` has no texts in {lang}; it is shown in {shown}")
    try:
        if save:
            write(assessment.to_json(), save)
        put(assessment, chosen, look, output)
    finally:
        if given.afterwards:
            say(given.afterwards)
    if given.lost:
        raise Unwritable("not every answer is on the disk, as said above")
    if fail_under is not None and assessment.level < fail_under:
        raise typer.Exit(LEVEL_UNDER)
