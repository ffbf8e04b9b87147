"""What follows the first screen, a section a function; each yields nothing where there is nothing to say."""

from collections.abc import Iterator
from itertools import takewhile

from rich.text import Text

from cvp.assessment import Assessment, CriterionResult, Move, Path, Round
from cvp.reports import sentences
from cvp.reports.buyers import buyer_questions
from cvp.reports.labels import label
from cvp.reports.projection import projections
from cvp.reports.questions import TOO_OLD, WHY_OPEN, answer_to, kept, questions_of, telling_flips
from cvp.reports.sentences import and_more, days, on_path, on_projection, on_room, score
from cvp.reports.sentences.phrases import lifted
from cvp.reports.terminal.layout import BAD, Page, Paragraph, Part, plain
from cvp.speaking import _, pgettext, threshold
from cvp.text import one_line

MOST_OPEN = 12
MOST_FLIPS = 8
MOST_OTHERS = 8
NARROW = 70


def gates(a: Assessment, page: Page) -> Iterator[Part]:
    """Each level's score, its bounds, and whether its gate holds."""
    headers = ["", _("Level"), _("Score"), _("Bounds"), _("Needs"), _("Gate"), _("Answered")]
    rows = [
        [
            Text(str(level.level)),
            plain(level.name),
            Text(score(level.score, level.passing)),
            Text(_between(score(level.low, level.passing), score(level.high, level.passing))),
            Text(threshold(level.passing)),
            Text(sentences.gate_state(a, level)),
            Text(_of(level.answered, level.criteria)),
        ]
        for level in a.levels
    ]
    if page.look.width < NARROW:
        headers, rows = headers[:3] + headers[4:], [row[:3] + row[4:] for row in rows]
    yield from page.rows(headers, rows, right=(2,))


def _between(low: str, high: str) -> str:
    return _("{low} to {high}").format(low=low, high=high)


def _of(number: int, total: int) -> str:
    return _("{n} of {total}").format(n=number, total=total)


def answers(a: Assessment, page: Page) -> Iterator[Part]:
    """What was answered and what it scores."""
    answered = [c for c in a.criteria if c.answer.choice or c.answer.state == "not_applicable"]
    if not answered:
        yield page.line(pgettext("answers", "none"))
        return
    rows = [[Text(str(c.level)), plain(c.short), _answer(c), Text(score(_counted(c)))] for c in answered]
    yield from page.rows(["", _("Criterion"), _("Answer"), _("Score")], rows, right=(3,))
    if any(c.answer.assumed for c in answered):
        yield page.line(_("* assumed, not shown by a source"), "dim")


def _counted(criterion: CriterionResult) -> float | None:
    return criterion.answer.score if criterion.answer.state == "answered" else None


def _answer(criterion: CriterionResult) -> Text:
    answer = criterion.answer
    if answer.state == "not_applicable":
        return plain(_("not applicable: {reason}").format(reason=answer.note))
    text = plain(answer.label).append("*" if answer.assumed else "")
    return text.append(f" {_(TOO_OLD)}", BAD) if answer.state == "stale" else text


def lenses(a: Assessment, page: Page) -> Iterator[Part]:
    """The means across the levels."""
    for number, lens in enumerate(a.lenses):
        if number:
            yield Text("")
        rows = [
            [plain(v.label), page.meter(v.score), Text(score(v.score)), Text(_of(v.answered, v.criteria))]
            for v in lens.values
            if v.criteria
        ]
        yield from page.rows([one_line(lens.label), "", _("Score"), _("Answered")], rows, right=(2,))


def safeguards(a: Assessment, page: Page) -> Iterator[Part]:
    """What may cap the level, and whether it does."""
    if rows := [[plain(s.short), Text(kept(s), BAD if s.hit else ""), plain(answer_to(s))] for s in a.safeguards]:
        yield from page.rows([_("Safeguard"), _("State"), _("Answer")], rows)
    for s in a.safeguards:
        if s.hit and s.why:
            yield page.item(plain(f"{s.short}: {s.why}"))


def room(a: Assessment, page: Page) -> Iterator[Part]:
    """How far several respondents agree, and what to talk about."""
    if not a.room:
        return
    yield page.line(on_room.room_line(a.room))
    if deciders := on_room.deciders(a.room):
        yield page.line(deciders)
    by_id = {c.id: c for c in a.room.criteria}
    rows = []
    for c in (by_id[question] for question in a.room.agenda):
        last = c.rounds[-1]
        rows.append([plain(c.short), Text(_dots(last, page)), plain(_(last.verdict)), Text(f"{last.dont_know or ''}")])
    if rows:
        yield from page.rows(
            [_("To talk about"), _("Votes, lowest choice first"), "", _("Don't know")], rows, right=(3,)
        )
    labels = {question.id: question.answer.label for question in questions_of(a)}
    for c in a.room.criteria:
        for votes in c.rounds[:-1]:
            then = _("{question}: {before}, then {after}")
            before, after = _dots(votes, page), _dots(c.rounds[-1], page)
            yield page.item(Text(then.format(question=one_line(c.short), before=before, after=after)))
        if c.override:
            yield page.item(plain(on_room.override(c, labels[c.id])))


def _dots(votes: Round, page: Page) -> str:
    return "  ".join(page.glyphs.bullet * n or page.glyphs.none for n in votes.frequencies)


def open_questions(a: Assessment, page: Page) -> Iterator[Part]:
    """What is worth asking first."""
    if not a.open:
        return
    rows = [
        [Text(str(q.level or "")), plain(q.label), Text(_(WHY_OPEN[q.state])), Text(_moves(q.moves))]
        for q in a.open[:MOST_OPEN]
    ]
    yield from page.rows(["", _("Question"), "", _("Moves score")], rows, right=(3,))
    if len(a.open) > MOST_OPEN:
        yield page.line(and_more(len(a.open) - MOST_OPEN))


def _moves(moves: float | None) -> str:
    return pgettext("what an answer may do", "cap") if moves is None else score(moves)


def flips(a: Assessment, page: Page) -> Iterator[Part]:
    """Single answers that would change the level: of each question, the smallest step to each level."""
    telling = telling_flips(a)
    for flip in telling[:MOST_FLIPS]:
        leads = _(": Level {level} if “{choice}”").format(level=flip.level, choice=one_line(flip.after))
        yield page.item(plain(flip.short, "bold").append(leads, "not bold"))
    if len(telling) > MOST_FLIPS:
        yield page.line(and_more(len(telling) - MOST_FLIPS))


def path(a: Assessment, page: Page) -> Iterator[Part]:
    """The moves in order: the first, and those for the next gate, with what to do first and who gains what."""
    yield Paragraph(plain(" ".join(on_path.summary(a))), page.indent)
    firmly = [on_path.proof(a.path), on_path.safe_bets(a.path), on_path.roadmap(a.path)]
    for said in filter(None, [*firmly, *on_path.alternatives(a.path)]):
        yield page.item(plain(said))
    told = _told_in_full(a.path)
    for number, move in enumerate(a.path.steps, 1):
        aside = _("for Level {level}, {days}").format(level=move.level, days=days(move.effort))
        if number <= told + 1 or a.path.steps[number - 2].level != move.level:
            yield Text("")
        yield page.item(plain(move.label, "bold").append(f"  {aside}", "not bold"), f"{number}.")
        for title, text in _move(move) if number <= told else ():
            words = Text(f"{label(title)} ", style="dim").append(one_line(text), "not dim")
            yield Paragraph(words, page.indent + len(f"{number}. "))
    if told < len(a.path.steps):
        yield Text("")
        yield page.line(_("What to do first in the others stands in the whole report: --output report.html"), "dim")
    taken = {move.recommendation for move in a.path.steps}
    others = [move for move in a.recommendations if move.recommendation not in taken]
    if others:
        yield Text("")
        yield page.line(_("Also useful"), "bold")
    for move in others[:MOST_OTHERS]:
        yield page.item(plain(f"{move.label} ({days(move.effort)})"))
    if len(others) > MOST_OTHERS:
        yield page.line(and_more(len(others) - MOST_OTHERS))


def _told_in_full(path: Path) -> int:
    """How many moves: those for the next gate, and the first ones, which the first screen names."""
    for_next_gate = takewhile(lambda move: move.level == path.steps[0].level, path.steps)
    return max(len(list(for_next_gate)), on_path.FIRST_MOVES)


def _move(move: Move) -> Iterator[tuple[str, str]]:
    yield _("First step"), move.first_step
    yield _("The customer gains"), move.customer_gain
    if move.company_gain:
        yield _("You gain"), move.company_gain
    if move.example:
        yield _("Example"), f"{move.example} ({move.source})" if move.source else move.example
    yield pgettext("what a move lifts", "Lifts"), lifted(move.lifts)


def before_and_after(a: Assessment, page: Page) -> Iterator[Part]:
    """Each level's score today and after the path."""
    if not a.path.steps:
        return
    yield page.line(on_projection.levels(a))
    rows = [
        [
            Text(str(one.level.level)),
            plain(one.level.name),
            Text(score(one.before, one.level.passing)),
            Text(score(one.after, one.level.passing)),
            Text(threshold(one.level.passing)),
        ]
        for one in projections(a)
    ]
    yield from page.rows(["", _("Level"), _("Today"), _("After"), _("Needs")], rows, right=(2, 3, 4))
    for said in on_projection.notes(a):
        yield page.item(plain(said))


def first_buyers(a: Assessment, page: Page) -> Iterator[Part]:
    """How many to ask, and what to put to them."""
    asked = buyer_questions(a)
    if asked:
        yield page.line(sentences.buyers_needed())
    for question in asked:
        said = _("“{answer}”, {why}").format(answer=one_line(question.answer), why=question.why)
        text = plain(question.question, "bold").append(f" {said}", "not bold")
        yield page.item(text)


def versions(a: Assessment, page: Page) -> Iterator[Part]:
    """What this rests on, so that it can be repeated."""
    q = a.questionnaire
    yield Paragraph(
        plain(_("Questionnaire {id} {version}, content {hash}").format(id=q.id, version=q.version, hash=q.sha256[:12])),
        page.indent,
    )
    for source in a.sources.values():
        yield page.item(plain(source))
