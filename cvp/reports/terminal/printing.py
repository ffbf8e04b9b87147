"""Parts of a page as the text that goes to the screen."""

import io
from collections.abc import Iterable
from typing import Final

from rich.console import Console
from rich.text import Text

from cvp.reports import Look
from cvp.reports.terminal.layout import Paragraph, Part, kept_together
from cvp.text import with_spaces

_HEIGHT: Final = 25
"""Of no screen; but where none is said, rich asks the terminal hundreds of times."""


def printed(parts: Iterable[Part], look: Look) -> str:
    """For a screen of `look.width` columns, with ANSI colours where it has colour; ends with a line feed."""
    out = io.StringIO()
    console = Console(
        file=out,
        width=max(look.width, 20),
        height=_HEIGHT,
        force_terminal=look.colour,
        color_system="256" if look.colour else None,
        no_color=not look.colour,
        legacy_windows=False,
        markup=False,
        highlight=False,
        emoji=False,
    )
    for part in parts:
        if isinstance(part, Paragraph):
            lines = part.lines(console, console.width)
            console.print(Text("\n").join(lines), no_wrap=True, overflow="ignore", crop=False)
        else:
            console.print(kept_together(part) if isinstance(part, Text) else part)
    return "\n".join(line.rstrip() for line in with_spaces(out.getvalue()).splitlines()).rstrip() + "\n"
