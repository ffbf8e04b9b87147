"""`cvp list`: the questionnaires that ship with cvp."""


def list_questionnaires() -> None:
    """List the questionnaires that ship with cvp.

    \b
    Example: cvp list
    """
    from cvp.catalogue import shipped
    from cvp.commands.screen import STDOUT, write
    from cvp.loading import load_questionnaire
    from cvp.text import counted, one_line

    lines = []
    for name in shipped():
        q = load_questionnaire(name)
        size = f"{counted(len(q.criteria), 'criterion', 'criteria')}, {counted(len(q.safeguards), 'safeguard')}"
        lines.append(f"{name:<20} {q.version:<8} {one_line(q.say(q.title))} ({q.perspective}; {size})\n")
    write("".join(lines), STDOUT)
