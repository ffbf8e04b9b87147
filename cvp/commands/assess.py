"""`cvp assess`: answers, from files or asked on the terminal, become a report."""

import typer

from cvp.commands import options

LEVEL_UNDER = 1


def assess(
    questionnaires: options.Names = None,
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
    Answers to several questionnaires make one report.

    \b
    Example: cvp assess --answers acme.yaml --save acme.json
    Exit codes: 0 done, 1 level under --fail-under, 2 wrong usage, 3 could not, 130 interrupted
    """
    from dataclasses import replace

    from cvp.commands.asking.wishes import Wishes, refuse_contradictions
    from cvp.commands.branding import brand_of
    from cvp.commands.facing import facing_buyers
    from cvp.commands.failing import say
    from cvp.commands.given import answers_given
    from cvp.commands.joining import refuse_several, refuse_several_interviews, scored
    from cvp.commands.limits import Limits
    from cvp.commands.screen import STDOUT, chosen_format, look_of_stdout, put, write
    from cvp.errors import Unwritable

    chosen = chosen_format(format_, output)
    brand = brand_of(title, client, logo, accent, template)
    limits, names = Limits(budget, tuple(exclude or ()), by), tuple(questionnaires or ())
    wishes = Wishes(
        questionnaire=names[0] if names else None,
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
        given = answers_given(names, answers, company, date)
        refuse_several(given, limits)
    else:
        from cvp.commands.asking.interviewing import asked
        from cvp.reports import report

        refuse_several_interviews(names)
        report(chosen)  # what it lacks is told before anything is asked
        given = (asked(wishes),)
    subject = scored(given, lang, limits)
    try:
        if save:
            write(subject.to_json(), save)
        # The terminal may have another width than before the questions.
        put(facing_buyers(subject), chosen, replace(look_of_stdout(), brand=brand), output)
        if save and save != STDOUT:
            say(f"cvp: saved to {save}")
    finally:
        for one in given:
            if one.afterwards:
                say(one.afterwards)
    if any(one.lost for one in given):
        raise Unwritable("not every answer is on the disk, as said above")
    if fail_under is not None and subject.level < fail_under:
        raise typer.Exit(LEVEL_UNDER)
