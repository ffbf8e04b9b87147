"""What stands before a text and names it."""

from cvp.speaking import _


def label(name: str) -> str:
    """`Example:`; a name that asks needs no colon."""
    return name if name.endswith("?") else _("{name}:").format(name=name)
