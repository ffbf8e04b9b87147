"""`cvp new`: a commented questionnaire to start from."""

from typing import Annotated

import typer


def new(
    file: Annotated[
        str, typer.Argument(metavar="FILE", help="The file to write, as in mine.yaml; - is standard output.")
    ],
) -> None:
    """Write a questionnaire to start from.

    It is commented, and passes `cvp check`.

    \b
    Example: cvp new mine.yaml
    """
    import re
    from importlib.resources import files
    from pathlib import Path

    from cvp.commands.failing import say
    from cvp.commands.screen import STDOUT, write
    from cvp.errors import Unwritable

    if file != STDOUT and Path(file).exists():
        raise Unwritable(f"{file}: is there already; name a new file, or remove it first")
    name = re.sub(r"[^a-z0-9]+", "_", Path(file).stem.lower()).strip("_") if file != STDOUT else ""
    template = files("cvp").joinpath("starter.yaml").read_text(encoding="utf-8")
    write(template.replace("id: starter", f"id: {name if name[:1].isalpha() else 'starter'}", 1), file)
    if file != STDOUT:
        say(f"wrote {file}; try: cvp check {file}")
