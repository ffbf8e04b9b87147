"""The story of one answer: what it did, what any other would do, and what lifts it."""

from cvp.assessment import CriterionResult, Move
from cvp.comparing.explanation import Effect, Explanation
from cvp.reports.sentences import days, level_line
from cvp.reports.sentences import on_explanation as sentences
from cvp.reports.story import cells
from cvp.reports.story.blocks import Block, Cell, Paragraph, Section, Story, Table
from cvp.speaking import _, pgettext


def story(explanation: Explanation) -> Story:
    a, sections = explanation.assessment, (answer(explanation), choices(explanation), moves(explanation))
    q, footer = a.questionnaire, _("Questionnaire {id} {version}, content {hash}")
    return Story(
        title=f"{q.title} {q.version}",
        subject=f"{a.company}: {explanation.question.short}",
        date=a.date,
        language=a.language,
        headline=level_line(a),
        basis=explanation.question.label,
        sections=tuple(section for section in sections if section.blocks),
        footer=footer.format(id=q.id, version=q.version, hash=q.sha256[:12]),
        level=a.level,
    )


def answer(e: Explanation) -> Section:
    effect = Paragraph(sentences.effect(e), lead=True)
    blocks: list[Block] = [effect, Paragraph(sentences.said(e)), *(Paragraph(said) for said in sentences.terms(e))]
    if e.answer.note and e.answer.state != "not_applicable":
        blocks.append(Paragraph(_("Note: {note}").format(note=e.answer.note)))
    return Section("answer", _("What this answer does"), tuple(blocks))


def choices(e: Explanation) -> Section:
    """What every other answer alone would make of the gate and the level."""
    rows = [_row(e, a.choice.label, a.choice.score, a.effect, a.steps == 0) for a in e.alternatives]
    rows.append(_row(e, _("Don't know"), None, e.unknown, e.answer.state in ("dont_know", "unanswered", "stale")))
    gate = () if e.share is None else (_("Gate"), "")
    headers = (_("If answered"), pgettext("what an answer scores", "Scores"), *gate, _("Level"), _("Bounds"))
    right = frozenset({1, 2, 4}) if gate else frozenset({1, 2})
    return Section(
        "choices",
        _("What every other answer would do"),
        (Table(headers, tuple(rows), _("With this answer alone given otherwise"), right),),
    )


def _row(e: Explanation, label: str, scores: float | None, then: Effect, now: bool) -> tuple[Cell, ...]:
    gate: tuple[Cell, ...] = ()
    if isinstance(e.question, CriterionResult):
        passing = e.assessment.levels[e.question.level - 1].passing
        gate = (cells.score(then.score, passing), cells.words(_("holds") if then.holds else _("fails")))
    return (
        cells.words(_("{answer} (now)").format(answer=label) if now else label),
        cells.score(scores),
        *gate,
        cells.number(then.level),
        cells.words(_bounds(then)),
    )


def _bounds(then: Effect) -> str:
    if then.low == then.high:
        return _("settled")
    return _("{low} to {high}").format(low=then.low, high=then.high)


def moves(e: Explanation) -> Section:
    """The moves that lift it; those of the path first."""
    rows = tuple(_move(e, move, to) for move, to in e.moves)
    if not rows:
        return Section("moves", _("What lifts it"), ())
    headers = (_("Move"), _("Effort"), _("Lifts it to"), "")
    table = Table(headers, rows, _("Moves, those of the path first"), frozenset({1, 2}))
    return Section("moves", _("What lifts it"), (table,))


def _move(e: Explanation, move: Move, to: float) -> tuple[Cell, ...]:
    where = _("on the path") if move.recommendation in e.on_path else ""
    return (cells.words(move.label), cells.number(move.effort, days(move.effort)), cells.score(to), cells.words(where))
