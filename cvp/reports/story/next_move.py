"""What to do next: a move with its first step."""

from cvp.assessment import Move
from cvp.reports.sentences import working_days
from cvp.reports.story.blocks import Block, Card, Paragraph, Section
from cvp.speaking import _


def section(move: Move | None, first: str, *before: Block) -> Section:
    """The move under a sentence that says whose `first` it is, after whatever is said `before`."""
    told = [*before, *((Paragraph(first), _card(move)) if move else ())]
    return Section("next", _("What to do next"), tuple(told))


def _card(move: Move) -> Card:
    aside = _("for Level {level}, {days}").format(level=move.level, days=working_days(move.effort))
    fields = ((_("First step"), move.first_step), (_("The customer gains"), move.customer_gain))
    return Card(move.label, aside, fields)
