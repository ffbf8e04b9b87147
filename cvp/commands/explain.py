"""`cvp explain`: what a rule means, what a criterion weighs and moves, or what one answer did to a level."""

from typing import Annotated

import typer

from cvp.catalogue import DEFAULT
from cvp.commands.options import ReportLanguage


def explain(
    name: Annotated[
        str | None, typer.Argument(metavar="RULE|CRITERION", help="As in CVP301 or awards; left out, all rules.")
    ] = None,
    questionnaire: Annotated[
        str, typer.Option(metavar="QUESTIONNAIRE", help="The one that the criterion is in: a path or a shipped id.")
    ] = DEFAULT,
    assessment: Annotated[
        str | None,
        typer.Option(metavar="FILE", help="A saved assessment: what this criterion's answer did to its level."),
    ] = None,
    lang: ReportLanguage = None,
) -> None:
    """Explain a rule of check, a criterion, or what one answer did to a level.

    \b
    Example: cvp explain CVP301
    """
    from cvp.commands.screen import STDOUT, look_of_stdout, write

    if assessment is not None:
        _explain_answer(assessment, name, lang)
    elif name is None:
        from cvp.checking.explaining import list_rules

        _refuse_language(lang)
        write(list_rules() + "\n", STDOUT)
    else:
        write(_explained(name, questionnaire, lang, look_of_stdout().width) + "\n", STDOUT)


def _refuse_language(lang: str | None) -> None:
    """Raises WrongUsage for one that rules are to be explained in."""
    from cvp.errors import WrongUsage

    if lang:
        raise WrongUsage("--lang: rules are explained in English alone; leave it out")


def _explained(name: str, questionnaire: str, lang: str | None, width: int) -> str:
    """The rule of that id or name, else the question of the questionnaire. Raises UnknownName and WrongUsage."""
    from cvp.checking.explaining import on_question, on_rule
    from cvp.commands.languages import language_shown
    from cvp.errors import UnknownName
    from cvp.loading import load_questionnaire
    from cvp.rules import BY_CODE
    from cvp.rules.shape import did_you_mean

    by_name = {rule.name: rule for rule in BY_CODE.values()}
    if rule := BY_CODE.get(name.upper()) or by_name.get(name.lower()):
        _refuse_language(lang)
        return on_rule(rule, width)
    asked = load_questionnaire(questionnaire)
    if name not in asked.questions:
        hint = did_you_mean(name, [*asked.questions, *BY_CODE, *by_name])
        help_ = hint or f"`cvp explain` lists the rules, `cvp show {asked.id}` the criteria"
        raise UnknownName(f"{name}: is no rule, and no criterion or safeguard of `{asked.id}`; {help_}")
    return on_question(asked, asked.questions[name], width, language_shown(asked, lang))


def _explain_answer(file: str, name: str | None, lang: str | None) -> None:
    """What one answer of an assessment did. Raises WrongUsage, Unreadable, Invalid or UnknownName."""
    from cvp.commands.languages import in_language
    from cvp.commands.saved import refuse_unsound
    from cvp.commands.screen import STDOUT, look_of_stdout, put
    from cvp.comparing import explain as explained
    from cvp.errors import UnknownName, WrongUsage
    from cvp.loading import load_assessment
    from cvp.reports import TERMINAL
    from cvp.rules.shape import did_you_mean

    if name is None:
        raise WrongUsage("--assessment needs the criterion whose answer to explain, as in missed")
    assessment = load_assessment(file)
    ids = [criterion.id for criterion in assessment.criteria] + [guard.id for guard in assessment.safeguards]
    if name not in ids:
        help_ = did_you_mean(name, ids) or f"`cvp report {file} --format csv` lists its questions with their ids"
        raise UnknownName(f"{name}: is no criterion or safeguard in {file}; {help_}")
    refuse_unsound(file, assessment)
    put(explained(in_language(file, assessment, lang), name), TERMINAL, look_of_stdout(), STDOUT)
