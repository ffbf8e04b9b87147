"""What makes a report somebody's own: title, client, logo, accent, templates."""

import base64
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Logo:
    """A PNG or JPEG file as it is; a drawing such as SVG may hold scripts and links, and is not taken."""

    data: bytes
    media_type: str

    @property
    def data_uri(self) -> str:
        """For an `<img>` in a file of its own."""
        return f"data:{self.media_type};base64,{base64.b64encode(self.data).decode('ascii')}"


@dataclass(frozen=True, slots=True)
class Brand:
    """How a report is dressed; what is empty is left to the format.

    `title` stands in place of the story's own, `client` is for whom it was made, `accent` is a colour as `#rrggbb`,
    `templates` a folder with the user's own templates.
    """

    title: str = ""
    client: str = ""
    logo: Logo | None = None
    accent: str = ""
    templates: Path | None = None
