"""One file a command: parse, call, write, exit. Typer is imported here and nowhere below.

A command imports what it uses when it runs, so that the others start no slower for it.
"""

from typing import Annotated

import typer

from cvp.commands import failing
from cvp.commands.assess import assess
from cvp.commands.batch import batch
from cvp.commands.check import check
from cvp.commands.compare import compare
from cvp.commands.explain import explain
from cvp.commands.export import export
from cvp.commands.list import list_questionnaires
from cvp.commands.new import new
from cvp.commands.report import report
from cvp.commands.schema import schema
from cvp.commands.show import show

EXAMPLES = """
Examples:

\b
  cvp assess --answers acme.yaml            score what Acme answered, and report
  cvp assess --company Acme                 ask the questions here and now
  cvp check questionnaires/                 find what is wrong with questionnaires
"""

app = typer.Typer(
    name="cvp",
    help="Which of Bill Lee's four customer-value levels a company's buyers put it on, how sure that is, "
    "and the shortest honest way to Level 4.",
    epilog=EXAMPLES,
    invoke_without_command=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _print_version(wanted: bool) -> None:
    if wanted:
        from cvp import __version__

        typer.echo(f"cvp {__version__}")
        raise typer.Exit


@app.callback()
def main(
    context: typer.Context,
    debug: Annotated[bool, typer.Option("--debug", help="Show a traceback when something fails.")] = False,
    version: Annotated[  # noqa: ARG001 - the callback does it all
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and leave.")
    ] = False,
) -> None:
    failing.debug = debug
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


for command, name in (
    (assess, "assess"),
    (batch, "batch"),
    (check, "check"),
    (list_questionnaires, "list"),
    (show, "show"),
    (report, "report"),
    (compare, "compare"),
    (new, "new"),
    (schema, "schema"),
    (explain, "explain"),
    (export, "export"),
):
    app.command(name)(failing.as_command(command))
