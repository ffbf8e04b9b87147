"""`cvp explain`: what a rule means, or what a criterion weighs and moves."""

from typing import Annotated

import typer


def explain(
    name: Annotated[
        str | None, typer.Argument(metavar="RULE|CRITERION", help="As in CVP301 or awards; left out, all rules.")
    ] = None,
    questionnaire: Annotated[
        str, typer.Option(metavar="QUESTIONNAIRE", help="The one that the criterion is in: a path or a shipped id.")
    ] = "level4",
) -> None:
    """Explain a rule of check, or a criterion.

    \b
    Example: cvp explain CVP301
    """
    from cvp.checking.explaining import list_rules, on_question, on_rule
    from cvp.commands.screen import STDOUT, look_of_stdout, write
    from cvp.errors import UnknownName
    from cvp.loading import load_questionnaire
    from cvp.rules import BY_CODE
    from cvp.rules.shape import did_you_mean

    width = look_of_stdout().width
    if name is None:
        write(list_rules() + "\n", STDOUT)
        return
    by_name = {rule.name: rule for rule in BY_CODE.values()}
    if rule := BY_CODE.get(name.upper()) or by_name.get(name.lower()):
        write(on_rule(rule, width) + "\n", STDOUT)
        return
    asked = load_questionnaire(questionnaire)
    if name not in asked.questions:
        hint = did_you_mean(name, [*asked.questions, *BY_CODE, *by_name])
        help_ = hint or f"`cvp explain` lists the rules, `cvp show {asked.id}` the criteria"
        raise UnknownName(f"{name}: is no rule, and no criterion or safeguard of `{asked.id}`; {help_}")
    write(on_question(asked, asked.questions[name], width) + "\n", STDOUT)
