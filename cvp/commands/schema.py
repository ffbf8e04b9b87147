"""`cvp schema`: JSON Schemas for editors and CI."""

from typing import Annotated

import typer


def schema(
    of: Annotated[
        str,
        typer.Argument(
            metavar="WHAT", help="questionnaire, answers, assessment, joined, comparison, claim or findings."
        ),
    ],
) -> None:
    """Print a JSON Schema (draft-07).

    \b
    Example: cvp schema questionnaire > questionnaire.schema.json
    """
    import json

    from cvp.commands.screen import STDOUT, write
    from cvp.errors import WrongUsage
    from cvp.schemas import SCHEMAS

    if of not in SCHEMAS:
        raise WrongUsage(f"there is no schema of {of!r}; there are {', '.join(SCHEMAS)}")
    write(json.dumps(SCHEMAS[of](), indent=2, ensure_ascii=False) + "\n", STDOUT)
