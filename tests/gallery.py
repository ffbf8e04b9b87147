"""A story with every kind of block and of picture, more of each than a slide has room for."""

from typing import Final

from cvp.reports.story.blocks import Bullets, Card, Cell, Figure, Paragraph, Section, Story, Table
from cvp.reports.story.charts import (
    Bar,
    Bars,
    Dots,
    Dumbbells,
    HeatMap,
    Ladder,
    Pair,
    Poll,
    Rung,
    Span,
    Tile,
    Timeline,
    Trend,
)

WORDS: Final = "What customers say of us when we are not in the room, and to whom they say it. "
ARABIC: Final = "ماذا يقول العملاء عندما لا نكون في الغرفة؟ 👩‍👩‍👧‍👦"
UNBROKEN: Final = "Donaudampfschifffahrtsgesellschaftskapitän" * 8
ILLEGAL: Final = "a\x00b\x1b]0;owned\x07\u202ec\ufffe\udc80d_x0041_"

LADDER: Final = Ladder(
    "Level 2 of 4.",
    tuple(
        Rung(level, f"Step {level}", None if level == 4 else 0.9 - level / 10, 0.1, 0.95, 0.7, "holds", level == 2)
        for level in (1, 2, 3, 4)
    ),
)
INTERVALS: Final = Bars(
    "Shares of buyers.",
    tuple(Bar(f"Level {n}", n / 5, f"{n} of 5", max(0.0, n / 5 - 0.2), min(1.0, n / 5 + 0.1)) for n in range(5)),
)
SHARES: Final = Bars("Many shares.", tuple(Bar(f"Share {n}", None if n == 3 else n / 30, str(n)) for n in range(30)))
FEW: Final = Bars("Few shares.", (Bar("=1+1", 0.25), Bar("https://evil.example", 1.0)))
POLLS: Final = Dots(
    "Votes.",
    tuple(
        Poll(
            f"Question {n}", ("never", "seldom", "always"), (n, 1, 2), n % 3, "spread", (1, 1, 1) if n % 4 == 0 else ()
        )
        for n in range(14)
    ),
)
MOVES: Final = Timeline(
    "Forty moves.",
    tuple(Span(f"Move {n} of a long list", n * 5, n * 5 + 5, f"Level {2 + n // 15}") for n in range(40)),
    ((21, "30 days"), (42, "60 days")),
)
PAIRS: Final = Dumbbells(
    "Claim and buyers.",
    "Claim",
    "Buyers",
    tuple(Pair(f"Lens {n}", None if n == 2 else n / 12, (12 - n) / 12, "cannot tell") for n in range(12)),
)
TILES: Final = HeatMap(
    "The darker, the higher.",
    tuple(
        (
            f"Level {level}",
            tuple(Tile(f"Criterion {n}", None if n == 5 else n / 16, WORDS, "*" * (n == 2)) for n in range(17)),
        )
        for level in (1, 2, 3, 4)
    ),
)
TRENDS: Final = (
    Trend("The level rose.", "The level", (("2024", 1.0), ("2025", 2.0), ("2026", 4.0)), 0, 4),
    Trend("The score fell.", "Score", (("2024", 0.75), ("2025", 0.625))),
    Trend("Once.", "Only once", (("2024", 0.5),)),
)
ROWS: Final = tuple((Cell(f"Row {n}"), Cell(WORDS * (n % 3)), Cell(f"{n / 7:.2f}", n / 7)) for n in range(60))


SECTIONS: Final = (
    Section(
        "texts",
        "Texts",
        (
            Paragraph(WORDS, lead=True),
            Paragraph(WORDS * 40),
            Paragraph(ARABIC),
            Paragraph(UNBROKEN, tone="bad"),
            Paragraph(ILLEGAL, tone="quiet"),
            Bullets((WORDS, ARABIC), title="Two"),
            Bullets((WORDS, UNBROKEN), ordered=True),
            Bullets(("=1+1",), title="One"),
            Bullets(tuple(f"{n} {WORDS}" for n in range(50)), ordered=True, title="Many"),
        ),
        ("a note", ILLEGAL),
    ),
    Section("tables", "Tables", (Table(("", "Why", "Number"), ROWS, "Sixty rows", frozenset({2})),)),
    Section("empty", "Empty", (Table(("A", "B"), ((Cell(""), Cell("")),)), Table(("None",), ()))),
    Section(
        "cards",
        "Cards",
        (
            Card("A card", "aside", tuple((f"Field {n}", WORDS * n) for n in range(14))),
            Card(UNBROKEN, UNBROKEN, ((UNBROKEN, UNBROKEN),)),
            Card("Bare"),
            Card("", fields=(("Why?", WORDS), ("How", ARABIC))),
        ),
    ),
    Section(
        "charts",
        "Charts",
        tuple(Figure(c, "A caption") for c in (LADDER, INTERVALS, SHARES, POLLS, MOVES, PAIRS, TILES)),
    ),
    Section("small", "Small charts", (*(Figure(FEW, f"Few {n}") for n in range(5)), *(Figure(t) for t in TRENDS))),
    Section("trends", "Trends", tuple(Figure(t) for t in TRENDS)),
)
GALLERY: Final = Story(
    ILLEGAL, f"Gallery {ILLEGAL}", "2025-03-01 to 2026-03-01", "en", "Level 2", WORDS, SECTIONS, "footer", 2
)
