"""The same bytes for the same deck: a zip file remembers when each of its parts was written."""

from io import BytesIO
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

EPOCH: Final = (1980, 1, 1, 0, 0, 0)
"""The first moment that a zip file knows."""


def sealed(package: bytes) -> bytes:
    """The zip file with every part dated alike."""
    out = BytesIO()
    with ZipFile(BytesIO(package)) as before, ZipFile(out, "w", ZIP_DEFLATED) as after:
        for part in before.infolist():
            after.writestr(ZipInfo(part.filename, EPOCH), before.read(part), ZIP_DEFLATED)
    return out.getvalue()
