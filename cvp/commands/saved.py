"""Saved assessments, before anything is made of them."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cvp.assessment import Assessment


def refuse_unsound(file: str, assessment: "Assessment") -> None:
    """Raises Unreadable for one whose level does not follow from its answers."""
    from cvp.comparing import is_sound
    from cvp.errors import Unreadable

    if not is_sound(assessment):
        raise Unreadable(f"{file}: its answers do not give the level that it states; assess the answers again")
