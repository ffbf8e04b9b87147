"""The report on a terminal: one screen that says it all, then the details.

Colours are the middle of the 256-colour cube, legible on dark and on light; nothing is said by colour alone. Every
foreign string enters Rich as `Text`, so that no markup in it is obeyed.
"""

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rich import box
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from cvp.assessment import Assessment, CriterionResult, LevelResult, Mention, Move
from cvp.reports import Look, sentences
from cvp.reports.sentences import score
from cvp.text import one_line

ACCENT = "color(33)"
GOOD = "color(35)"
BAD = "color(166)"
NARROWEST_TABLE = 40
WIDE = 100


@dataclass(frozen=True, slots=True)
class Glyphs:
    """The signs that the encoding can print."""

    sure: str
    open: str
    none: str
    needed: str
    here: str
    bullet: str
    dash: str


UNICODE = Glyphs("█", "▒", "·", "┃", "▶", "•", "–")
ASCII = Glyphs("#", ":", ".", "|", ">", "*", "-")


def render(assessment: Assessment, look: Look) -> str:
    """The whole report for a screen of `look.width` columns, with ANSI colours where it has colour."""
    out = io.StringIO()
    console = Console(
        file=out,
        width=max(look.width, 20),
        force_terminal=look.colour,
        color_system="256" if look.colour else None,
        no_color=not look.colour,
        legacy_windows=False,
        markup=False,
        highlight=False,
        emoji=False,
    )
    page = _Page(assessment, look, ASCII if look.ascii_only else UNICODE)
    for part in page.parts():
        console.print(part)
    lines = (line.rstrip() for line in out.getvalue().splitlines())
    text = "\n".join(lines).rstrip() + "\n"
    return text.translate(_TO_ASCII) if look.ascii_only else text


_TO_ASCII = str.maketrans({"“": '"', "”": '"', "’": "'", "–": "-", "—": "-", "…": ".", "→": ">"})


def plain(foreign: str, style: str = "") -> Text:
    """A foreign string on one line, shown literally."""
    return Text(one_line(foreign), style=style)


@dataclass(frozen=True)
class _Page:
    a: Assessment
    look: Look
    glyphs: Glyphs

    def parts(self) -> Iterator[RenderableType]:
        yield from self.first_screen()
        yield from self.section("Gates", self.gates())
        yield from self.section("Answers", *self.answers())
        yield from self.section("Lenses", *self.lenses())
        yield from self.section("Safeguards", self.safeguards())
        if self.a.room:
            yield from self.section("The room", *self.room())
        if self.a.open:
            yield from self.section("Open questions, the most telling first", *self.open_questions())
        if self.a.flips:
            yield from self.section("Single answers that would change the level", *self.flips())
        yield from self.section("The way to Level 4", *self.path())
        yield from self.section("Sources and versions", *self.versions())

    def section(self, title: str, *parts: RenderableType) -> Iterator[RenderableType]:
        yield Text("")
        yield Text(title, style="bold")
        yield from (Padding(part, (0, 0, 0, self.indent)) for part in parts)

    @property
    def indent(self) -> int:
        return 2 if self.look.width >= NARROWEST_TABLE else 0

    # -- the first screen

    def first_screen(self) -> Iterator[RenderableType]:
        a = self.a
        yield plain(a.company, "bold")
        yield plain(f"{a.questionnaire.title} {a.questionnaire.version}, {a.date}")
        yield Text(sentences.basis(a))
        yield Text("")
        headline = plain(sentences.level_line(a), f"bold {ACCENT}")
        yield headline.append(f"  {sentences.bounds(a)}", "not bold")
        yield plain(a.levels[a.level - 1].summary)
        yield Text("")
        yield from self.ladder()
        yield Text("")
        yield plain(self._why(), "bold")
        yield Text(" ".join(sentences.how_sure(a)))
        yield Text("")
        yield self.columns(
            [self.mentions("Strengths", a.strengths, GOOD), self.mentions("Gaps", a.gaps, BAD), self.first_moves()]
        )

    def _why(self) -> str:
        why = sentences.why_not_higher(self.a)
        return f"Why not Level {min(4, self.a.level + 1)}? {why}" if self.a.level < 4 else why

    def ladder(self) -> Iterator[Text]:
        """Level 4 on top; solid up to what is sure, shaded to what is possible, the threshold marked."""
        names = max(len(level.name) for level in self.a.levels) if self.look.width >= 60 else 0
        cells = max(10, min(40, self.look.width - names - 26))
        for level in reversed(self.a.levels):
            here = level.level == self.a.level
            line = Text(f" {self.glyphs.here if here else ' '} ", style=f"bold {ACCENT}" if here else "")
            line.append(f"{level.level}  ", style="bold" if here else "")
            if names:
                line.append(one_line(level.name).ljust(names + 2), style="bold" if here else "")
            line.append_text(self.bar(level, cells, ACCENT if here else ""))
            line.append(f"  {score(level.score)} {_state(level)}")
            yield line
        g = self.glyphs
        yield Text(f"      {g.sure} sure   {g.open} open   {g.needed} needed", style="dim")

    def bar(self, level: LevelResult, cells: int, style: str) -> Text:
        low, high = round((level.low or 0) * cells), round((level.high or 0) * cells)
        needed = min(cells - 1, round(level.passing * cells))
        bar = Text()
        for cell in range(cells):
            if cell == needed:
                bar.append(self.glyphs.needed, "bold")
            elif cell < low:
                bar.append(self.glyphs.sure, style)
            else:
                bar.append(self.glyphs.open if cell < high else self.glyphs.none, style if cell < high else "dim")
        return bar

    def mentions(self, title: str, mentions: Iterable[Mention], style: str) -> RenderableType:
        lines: list[RenderableType] = [Text(title, style=f"bold {style}")]
        for mention in mentions:
            line = Text(f"{self.glyphs.bullet} ").append_text(plain(mention.short, "bold"))
            lines.append(_hanging(line.append(f" (Level {mention.level}, {score(mention.score)})")))
        return Group(*lines) if len(lines) > 1 else Group(lines[0], Text("none among the answers"))

    def first_moves(self) -> RenderableType:
        lines: list[RenderableType] = [Text("First moves", style=f"bold {ACCENT}")]
        for number, move in enumerate(self.a.path.steps[:3], 1):
            lines.append(_hanging(Text(f"{number} ").append_text(plain(move.label, "bold")).append(f" ({_days(move)})")))
        return Group(*lines, Text(sentences.path(self.a)))

    def columns(self, parts: list[RenderableType]) -> RenderableType:
        """Side by side where there is room, else one under the other."""
        if self.look.width < WIDE:
            spaced = [piece for part in parts for piece in (part, Text(""))]
            return Group(*spaced[:-1])
        grid = Table.grid(padding=(0, 3), expand=True)
        for _ in parts:
            grid.add_column(ratio=1)
        grid.add_row(*parts)
        return grid

    # -- the details

    def table(self, *headers: str, right: Iterable[int] = ()) -> Table:
        table = Table(
            box=box.ASCII2 if self.look.ascii_only else box.SIMPLE_HEAD,
            pad_edge=False,
            show_edge=False,
            header_style="bold",
            padding=(0, 1),
        )
        numbers = set(right)
        for index, header in enumerate(headers):
            table.add_column(header, justify="right" if index in numbers else "left", no_wrap=index in numbers)
        return table

    def rows(self, headers: list[str], rows: list[list[Text]], right: Iterable[int] = ()) -> RenderableType:
        """A table; a list on screens too narrow for one."""
        if self.look.width < NARROWEST_TABLE:
            lines = [Text(": ").join([Text(h), cell]) for row in rows for h, cell in zip(headers, row, strict=True) if cell]
            return Group(*lines)
        table = self.table(*headers, right=right)
        for row in rows:
            table.add_row(*row)
        return table

    def gates(self) -> RenderableType:
        rows = [
            [
                Text(str(level.level)),
                plain(level.name),
                Text(score(level.score)),
                Text(f"{score(level.low)} to {score(level.high)}"),
                Text(score(level.passing)),
                Text(_state(level)),
                Text(f"{level.answered} of {level.criteria}"),
            ]
            for level in self.a.levels
        ]
        headers = ["", "Level", "Score", "Bounds", "Needs", "Gate", "Answered"]
        if self.look.width < 70:
            headers, rows = headers[:3] + headers[4:], [row[:3] + row[4:] for row in rows]
        return self.rows(headers, rows, right=(2,))

    def answers(self) -> Iterator[RenderableType]:
        answered = [c for c in self.a.criteria if c.answer.choice or c.answer.state == "not_applicable"]
        if not answered:
            yield Text("none")
            return
        rows = [[Text(str(c.level)), plain(c.short), self._answer(c), Text(score(_counted(c)))] for c in answered]
        yield self.rows(["", "Criterion", "Answer", "Score"], rows, right=(3,))
        if any(c.answer.assumed for c in answered):
            yield Text("* assumed, not shown by a source", style="dim")

    def _answer(self, criterion: CriterionResult) -> Text:
        answer = criterion.answer
        if answer.state == "not_applicable":
            return Text("not applicable: ").append_text(plain(answer.note))
        text = plain(answer.label)
        if answer.assumed:
            text.append(" *")
        return text.append(" (too old, counts as open)", BAD) if answer.state == "stale" else text

    def lenses(self) -> Iterator[RenderableType]:
        for number, lens in enumerate(self.a.lenses):
            if number:
                yield Text("")
            rows = [
                [plain(v.label), self.meter(v.score), Text(score(v.score)), Text(f"{v.answered} of {v.criteria}")]
                for v in lens.values
            ]
            yield self.rows([one_line(lens.label), "", "Score", "Answered"], rows, right=(2,))

    def meter(self, share: float | None) -> Text:
        filled = round((share or 0) * 20)
        return Text(self.glyphs.sure * filled, style=ACCENT).append(self.glyphs.none * (20 - filled), "dim")

    def safeguards(self) -> RenderableType:
        if not self.a.safeguards:
            return Text("none")
        rows = []
        for s in self.a.safeguards:
            state = Text(f"caps at Level {s.cap}", style=BAD) if s.hit else Text(_safeguard_state(s.answer.state))
            rows.append([plain(s.short), plain(s.answer.label), state])
        return self.rows(["Safeguard", "Answer", ""], rows)

    def room(self) -> Iterator[RenderableType]:
        room = self.a.room
        assert room
        mean = "–" if room.agreement is None else f"{room.agreement:.2f}"
        yield Text(f"{room.respondents} respondents, mean agreement {mean}; {len(room.agenda)} of {len(room.criteria)} need talk.")
        alone = [str(number) for number in room.deciders]
        yield Text(
            f"Without respondent {' or '.join(alone)} the level would be another." if alone else "No single person decides the level."
        )
        by_id = {c.id: c for c in room.criteria}
        rows = []
        for question in room.agenda:
            c = by_id[question]
            dots = "  ".join(self.glyphs.bullet * n or self.glyphs.none for n in c.frequencies)
            rows.append([plain(c.short), Text(dots), Text(c.verdict), Text(f"{c.dont_know or ''}")])
        if rows:
            yield self.rows(["To talk about", "Votes, lowest choice first", "", "Don't know"], rows, right=(3,))

    def open_questions(self) -> Iterator[RenderableType]:
        shown = self.a.open[:12]
        rows = [
            [Text(str(q.level or "")), plain(q.label), Text(_open_state(q.state)), Text(_moves(q.moves))] for q in shown
        ]
        yield self.rows(["", "Question", "", "Moves"], rows, right=(3,))
        if len(self.a.open) > len(shown):
            yield Text(f"and {len(self.a.open) - len(shown)} more")

    def flips(self) -> Iterator[RenderableType]:
        for flip in self.a.flips[:8]:
            line = Text(f"{self.glyphs.bullet} ").append_text(plain(flip.short, "bold"))
            line.append_text(Text(f": Level {flip.level} if “").append_text(plain(flip.after)).append("”"))
            yield _hanging(line)
        if len(self.a.flips) > 8:
            yield Text(f"and {len(self.a.flips) - 8} more")

    def path(self) -> Iterator[RenderableType]:
        yield Text(sentences.path(self.a))
        for number, move in enumerate(self.a.path.steps, 1):
            yield Text("")
            yield _hanging(
                Text(f"{number}. ").append_text(plain(move.label, "bold")).append(f"  for Level {move.level}, {_days(move)}")
            )
            for title, text in _details(move):
                yield Padding(Text(f"{title}: ", style="dim").append_text(plain(text, "not dim")), (0, 0, 0, 3))
        on_path = {move.recommendation for move in self.a.path.steps}
        others = [move for move in self.a.recommendations if move.recommendation not in on_path]
        if others:
            yield Text("")
            yield Text("Also useful", style="bold")
        for move in others:
            yield _hanging(Text(f"{self.glyphs.bullet} ").append_text(plain(move.label)).append(f" ({_days(move)})"))

    def versions(self) -> Iterator[RenderableType]:
        a = self.a
        yield plain(f"Questionnaire {a.questionnaire.id} {a.questionnaire.version}, content {a.questionnaire.sha256[:12]}")
        for source in a.sources.values():
            yield _hanging(Text(f"{self.glyphs.bullet} ").append_text(plain(source)))


def _hanging(text: Text) -> RenderableType:
    """Wrapped lines of a bullet are set under its text."""
    grid = Table.grid(padding=(0, 0))
    grid.add_column(no_wrap=True)
    grid.add_column()
    split = text.plain.find(" ") + 1
    grid.add_row(text[:split], text[split:])
    return grid


def _state(level: LevelResult) -> str:
    if level.score is None:
        return "not answered"
    if level.must_failed:
        return "must-have missed"
    return "holds" if level.holds else "fails"


def _counted(criterion: CriterionResult) -> float | None:
    return criterion.answer.score if criterion.answer.state == "answered" else None


def _safeguard_state(state: str) -> str:
    return {"answered": "kept", "not_applicable": "not applicable"}.get(state, "open")


def _open_state(state: str) -> str:
    return {"dont_know": "don't know", "stale": "too old"}.get(state, "not asked")


def _moves(moves: float | None) -> str:
    return "cap" if moves is None else score(moves)


def _days(move: Move) -> str:
    return f"{move.effort} {'day' if move.effort == 1 else 'days'}"


def _details(move: Move) -> Iterator[tuple[str, str]]:
    yield "First step", move.first_step
    yield "The customer gains", move.customer_gain
    if move.company_gain:
        yield "You gain", move.company_gain
    if move.example:
        yield "Example", f"{move.example} ({move.source})" if move.source else move.example
    yield "Lifts", ", ".join(f"{lift.short} to {score(lift.after)}" for lift in move.lifts)
