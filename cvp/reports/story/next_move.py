"""What to do next: a move with its first step."""

from cvp.assessment import Move
from cvp.reports.sentences import working_days
from cvp.reports.story.blocks import Block, Card, Paragraph, Section
from cvp.speaking import _, ngettext


def section(move: Move | None, first: str, supposed: int, *before: Block) -> Section:
    """The move under a sentence that says whose `first` it is, after whatever is said `before`.

    Its plan counts so many open answers at their lowest choice.
    """
    told = [*before]
    if move:
        condition = [Paragraph(_condition(supposed))] if supposed else []
        told += [Paragraph(first), *condition, _card(move)]
    return Section("next", _("What to do next"), tuple(told))


def _condition(supposed: int) -> str:
    said = ngettext(
        "The plan takes {n} open answer at its lowest choice: find it out first, for the plan may become shorter.",
        "The plan takes {n} open answers at their lowest choice: find them out first, for the plan may become shorter.",
        supposed,
    )
    return said.format(n=supposed)


def _card(move: Move) -> Card:
    aside = _("for Level {level}, {days}").format(level=move.level, days=working_days(move.effort))
    fields = ((_("First step"), move.first_step), (_("The customer gains"), move.customer_gain))
    return Card(move.label, aside, fields)
