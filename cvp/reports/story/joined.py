"""The story of several questionnaires: the leading one whole, the others side by side with it and a section each."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from cvp.assessment import Assessment
from cvp.assessment.joined import Joined
from cvp.reports import sentences
from cvp.reports.sentences import on_path
from cvp.reports.sentences.phrases import content, named
from cvp.reports.story.appendix import evidence, versions
from cvp.reports.story.blocks import Block, Bullets, Card, Figure, Paragraph, Section, Story, Table
from cvp.reports.story.cells import number, words
from cvp.reports.story.charts import Crossing, Matrix
from cvp.reports.story.gates import ladder
from cvp.reports.story.grid import grid
from cvp.reports.story.summary import summary
from cvp.reports.story.telling import story_of
from cvp.speaking import N_, _, ngettext, pgettext

APART: Final = N_(
    "Each level is that of its own questions. Neither levels nor days are added up: moves of two questionnaires may "
    "be the same work. What follows is about “{lead}”, then come the others."
)
APPENDIX: Final = ("evidence", "versions")


def story(joined: Joined) -> Story:
    lead = story_of(joined.lead)
    first, *rest = (section for section in lead.sections if section.key not in APPENDIX)
    used = (a.questionnaire for a in joined.assessments)
    return replace(
        lead,
        date=_days(joined),
        sections=(first, together(joined), *rest, *added(joined), *_appendix(joined)),
        footer=_("; ").join(content(q.id, q.version, q.sha256) for q in used),
    )


def _days(joined: Joined) -> str:
    """The day, or the first and the last."""
    days = sorted({a.date for a in joined.assessments})
    return days[0] if len(days) == 1 else _("{first} to {last}").format(first=days[0], last=days[-1])


def together(joined: Joined) -> Section:
    """What each questionnaire finds, what the others add to the leading one, and the first moves of each."""
    said = _(APART).format(lead=joined.lead.questionnaire.title)
    blocks: list[Block] = [_overview(joined), Figure(_profile(joined), _("Score of each level")), Paragraph(said)]
    blocks += [_adds(joined, a) for a in joined.others]
    blocks += [_first_moves(a) for a in joined.assessments if a.path.steps]
    return Section("together", _("The questionnaires side by side"), tuple(blocks))


def _overview(joined: Joined) -> Table:
    """A row a questionnaire, with its day where they are of several."""
    between, answered = _("{level} ({low} to {high})"), _("{answered} of {total}")
    several_days = len({a.date for a in joined.assessments}) > 1
    rows = tuple(
        (
            words(f"{a.questionnaire.title}, {a.date}" if several_days else a.questionnaire.title),
            words(str(a.level) if a.settled else between.format(level=a.level, low=a.low, high=a.high)),
            words(answered.format(answered=a.basis.answered, total=a.basis.questions)),
            number(len(a.path.steps)),
            number(a.path.effort),
        )
        for a in joined.assessments
    )
    headers = (_("Questionnaire"), _("Level"), _("Answered"), _("Moves"), _("Days"))
    caption = _("What each finds, and its path in moves and working days")
    return Table(headers, rows, caption, frozenset({1, 2, 3, 4}))


def _profile(joined: Joined) -> Matrix:
    """A row a questionnaire, a column a level."""
    rows = tuple(
        (
            a.questionnaire.title,
            tuple(Crossing(gate.score, sentences.score(gate.score, gate.passing)) for gate in a.levels),
        )
        for a in joined.assessments
    )
    columns = tuple(sentences.level_label(gate.level) for gate in joined.lead.levels)
    alt = _("Each questionnaire's levels; the darker, the higher the score, from 0 to 1.")
    return Matrix(alt, "", columns, rows)


def _adds(joined: Joined, a: Assessment) -> Card:
    """What the questionnaire says that it adds to the leading one, and what it finds."""
    said = a.questionnaire.informs.get(joined.lead.questionnaire.id)
    fields = (*(((_("What it adds"), said),) if said else ()), (_("What it finds"), sentences.why_not_higher(a)))
    return Card(a.questionnaire.title, sentences.level_line(a), fields)


def _first_moves(a: Assessment) -> Bullets:
    entries = [f"{move.label} ({sentences.days(move.effort)})" for move in a.path.steps[: on_path.FIRST_MOVES]]
    title = _("First moves by {questionnaire}, {path}")
    by = title.format(questionnaire=sentences.quoted(a.questionnaire.title), path=_path(a))
    return Bullets(tuple(entries), ordered=True, title=by)


def _path(a: Assessment) -> str:
    n = len(a.path.steps)
    said = ngettext("{effort} in {n} move in all", "{effort} in {n} moves in all", n)
    return said.format(effort=sentences.working_days(a.path.effort), n=n)


def added(joined: Joined) -> Iterator[Section]:
    """A section for each of the others: what it finds and why, its profile, its moves."""
    for place, a in enumerate(joined.others, 1):
        page = summary(a)
        found = [Paragraph(f"{sentences.level_line(a)}.", lead=True)]
        found += [Paragraph(basis)] if (basis := sentences.basis(a)) != sentences.basis(joined.lead) else []
        said = (block for block in page.blocks if not (isinstance(block, Bullets) and block.ordered))
        profile = Figure(ladder(a), _("Score, bounds and threshold of each level"))
        blocks = (*found, *said, profile, *grid(a).blocks, *_moves(a))
        yield Section(f"added-{place}", a.questionnaire.title, blocks, page.notes)


def _moves(a: Assessment) -> Iterator[Table]:
    rows = tuple(
        (words(move.label), words(sentences.level_label(move.level)), number(move.effort), words(move.first_step))
        for move in a.path.steps
    )
    if rows:
        headers = (_("Move"), pgettext("for a level", "For"), _("Days"), _("First step"))
        yield Table(headers, rows, _("The way on, {path}").format(path=_path(a)), frozenset({2}))


def _appendix(joined: Joined) -> Iterator[Section]:
    """The evidence of all, then the versions of all."""
    for tell in (evidence, versions):
        for place, a in enumerate(joined.assessments):
            section = tell(a)
            if section.blocks:
                key = f"{section.key}-{place}" if place else section.key
                yield replace(section, key=key, title=named(section.title, a.questionnaire.title))
