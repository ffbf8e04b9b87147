"""What makes a report somebody's own, from the options that say it."""

import re
from pathlib import Path
from typing import Final

from cvp.errors import Unreadable, WrongUsage
from cvp.reports.brand import Brand, Logo
from cvp.text import one_line

LARGEST_LOGO: Final = 2 << 20
_KINDS: Final = ((b"\x89PNG\r\n\x1a\n", "image/png"), (b"\xff\xd8\xff", "image/jpeg"))


def brand_of(
    title: str | None = None,
    client: str | None = None,
    logo: str | None = None,
    accent: str | None = None,
    template: str | None = None,
) -> Brand:
    """What the options say. Raises WrongUsage and Unreadable."""
    if accent and not re.fullmatch("#[0-9a-fA-F]{6}", accent):
        raise WrongUsage(f"--accent {accent}: is no colour; write it as #1b5e85")
    if template and not Path(template).is_dir():
        raise Unreadable(f"{template}: is no folder; --template names one that holds report.html.jinja")
    return Brand(
        title=one_line(title or ""),
        client=one_line(client or ""),
        logo=_logo(logo) if logo else None,
        accent=(accent or "").lower(),
        templates=Path(template) if template else None,
    )


def _logo(name: str) -> Logo:
    file = Path(name)
    try:
        if not file.is_file():
            raise Unreadable(f"{name}: there is no such file; --logo names a PNG or JPEG file")
        if file.stat().st_size > LARGEST_LOGO:
            raise Unreadable(f"{name}: is larger than {LARGEST_LOGO >> 20} MiB; save the logo smaller")
        data = file.read_bytes()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "not a usable file name"
        raise Unreadable(f"{name}: cannot be read: {reason.lower()}") from None
    for start, media_type in _KINDS:
        if data.startswith(start):
            return Logo(data, media_type)
    raise Unreadable(f"{name}: is neither PNG nor JPEG; save the logo as one of them")
