"""`cvp list`: the questionnaires that ship with cvp."""


def list_questionnaires() -> None:
    """List the questionnaires that ship with cvp.

    \b
    Example: cvp list
    """
    import typer

    from cvp.catalogue import shipped
    from cvp.loading import load_questionnaire
    from cvp.text import counted, one_line

    for name in shipped():
        q = load_questionnaire(name)
        size = f"{counted(len(q.criteria), 'criterion', 'criteria')}, {counted(len(q.safeguards), 'safeguard')}"
        typer.echo(f"{name:<20} {q.version:<8} {one_line(q.say(q.title))} ({q.perspective}; {size})")
