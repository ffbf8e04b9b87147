"""Foreign texts in Markdown: on one line, and every sign that Markdown would obey written as itself.

After CommonMark 0.31 (backslash escapes) and GitHub's tables, strikethrough, mathematics and bare links.
"""

import re
from typing import Final

from markupsafe import Markup

from cvp.text import one_line

_ANYWHERE: Final = re.compile(r"([\\`*_\[\]<>|~&$#])")
_AT_THE_START: Final = re.compile(r"^([-+=:]|[0-9]+(?=[.)](\s|$)))")
_LINKS: Final = re.compile(r"(?<=[a-zA-Z]):(?=//)|(?<=www)\.", re.IGNORECASE)


def in_markdown(value: object) -> str:
    """The value as it reads; what a template made of it is Markup, and stays."""
    if isinstance(value, Markup):
        return value
    text = _ANYWHERE.sub(r"\\\1", one_line(str(value)))
    text = _LINKS.sub(lambda match: f"\\{match.group()}", text)
    return Markup(_AT_THE_START.sub(_escaped_start, text))  # noqa: S704 - escaped for Markdown, not for HTML


def _escaped_start(match: re.Match[str]) -> str:
    """A sign that would begin a list, a heading's underline or a table gets a backslash; so does what ends a number."""
    sign = match.group()
    return f"{sign}\\" if sign.isdigit() else f"\\{sign}"
