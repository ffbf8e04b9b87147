"""Where several respondents disagree, and what they should talk about."""

from cvp.assessment import Assessment, Room, RoomCriterion
from cvp.reports import sentences
from cvp.reports.questions import questions_of
from cvp.reports.sentences import on_room
from cvp.reports.sentences.phrases import named
from cvp.reports.story.blocks import Block, Bullets, Cell, Figure, Paragraph, Section, Table
from cvp.reports.story.cells import words
from cvp.reports.story.charts import Dots, Poll
from cvp.speaking import _, ngettext


def disagreement(a: Assessment) -> Section:
    blocks = _blocks(a, a.room) if a.room else []
    return Section("room", _("Where the room disagreed"), tuple(blocks), _ends(a.room) if a.room else ())


def _blocks(a: Assessment, room: Room) -> list[Block]:
    said = " ".join(part for part in (on_room.room_line(room), on_room.deciders(room)) if part)
    by_id = {c.id: c for c in room.criteria}
    talk = [by_id[question] for question in room.agenda]
    again = [c for c in room.criteria if (len(c.rounds) > 1 or c.override) and c not in talk]
    blocks: list[Block] = [Paragraph(said)]
    if talk or again:
        figure = Dots(_alt(len(talk), len(again)), tuple(_poll(c) for c in (*talk, *again)))
        blocks.append(Figure(figure, _("Votes on what needs talk first, lowest choice on the left")))
    if speakers := _ends(room):
        blocks.append(Bullets(speakers, title=_("Who is asked to speak")))
    labels = {question.id: question.answer.label for question in questions_of(a)}
    if overrides := tuple(on_room.override(c, labels[c.id]) for c in room.criteria if c.override):
        blocks.append(Bullets(overrides, title=_("Decided otherwise")))
    return [*blocks, _table(room, labels)]


def _alt(talk: int, others: int) -> str:
    said = ngettext(
        "Votes on {n} question that need talk, the most urgent first.",
        "Votes on {n} questions that need talk, the most urgent first.",
        talk,
    )
    if others:
        said = ngettext(
            "Votes on {n} question that need talk, the most urgent first, and {others}.",
            "Votes on {n} questions that need talk, the most urgent first, and {others}.",
            talk,
        )
    return said.format(n=talk, others=ngettext("{n} other", "{n} others", others).format(n=others))


def _poll(c: RoomCriterion) -> Poll:
    last = c.rounds[-1]
    earlier = c.rounds[-2].frequencies if len(c.rounds) > 1 else ()
    return Poll(c.short, c.choices, last.frequencies, last.dont_know, on_room.agreement(last), earlier)


def _ends(room: Room) -> tuple[str, ...]:
    """The ends of what is on the agenda, as numbers: nobody is named on a wall."""
    by_id = {c.id: c for c in room.criteria}
    talk = (by_id[question] for question in room.agenda)
    return tuple(named(c.short, on_room.ends(c)) for c in talk if on_room.ends(c))


def _table(room: Room, labels: dict[str, str]) -> Table:
    rows = []
    for c in room.criteria:
        last = c.rounds[-1]
        figure = Cell("" if last.agreement is None else sentences.signed(last.agreement), last.agreement)
        votes = " · ".join(map(str, last.frequencies))
        earlier = f" ({on_room.rounds(c)})" if len(c.rounds) > 1 else ""
        answer = _("{answer} (decided)").format(answer=labels[c.id]) if c.override else labels[c.id]
        unknown = Cell(str(last.dont_know or ""), last.dont_know)
        rows.append((words(c.short), words(votes + earlier), unknown, figure, words(_(last.verdict)), words(answer)))
    votes_header = _("Votes, lowest choice first")
    headers = (_("Question"), votes_header, _("Don't know"), _("Agreement"), "", _("The room's answer"))
    return Table(headers, tuple(rows), _("All votes"), frozenset({2, 3}))
