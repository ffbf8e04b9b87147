"""How wide the columns of a table are, so that no word of it is cut while there is room to wrap."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from rich.cells import cell_len


@dataclass(frozen=True, slots=True)
class Fitted:
    """Widths that fit, and the blanks between two columns."""

    widths: tuple[int, ...]
    gap: int


@dataclass(frozen=True, slots=True)
class Gaps:
    """Blanks between two columns: where no line must be broken, where some are, and where words would be cut else."""

    wide: int
    close: int
    closest: int


def fitted(columns: Sequence[Sequence[str]], numbers: Collection[int], width: int, gaps: Gaps) -> Fitted | None:
    """The texts of each column, its header first, within so many cells; None where even single words are wider.

    Columns in `numbers` stay on one line as long as there is room for that; their headers give way first.
    """
    wished = [max(map(cell_len, texts)) for texts in columns]
    by_word = [max(map(_longest, texts)) for texts in columns]
    cells = [max(map(cell_len, texts[1:]), default=0) if at in numbers else 0 for at, texts in enumerate(columns)]
    whole = [max(pair) for pair in zip(by_word, cells, strict=True)]
    headed = [
        max(cells[at], _on_two_lines(texts[0])) if at in numbers else wished[at] for at, texts in enumerate(columns)
    ]
    tried = (
        (wished, wished, gaps.wide),
        (wished, wished, gaps.close),
        (headed, whole, gaps.close),
        (headed, whole, gaps.closest),
        (headed, by_word, gaps.closest),
    )
    for start, least, gap in tried:
        room = width - gap * (len(columns) - 1)
        if sum(least) <= room:
            return Fitted(_shrunk(start, least, room), gap)
    return None


def _shrunk(start: Sequence[int], least: Sequence[int], room: int) -> tuple[int, ...]:
    """The widest columns give way first, none below its least."""
    widths = list(start)
    while sum(widths) > room:
        widest = max((at for at in range(len(widths)) if widths[at] > least[at]), key=lambda at: widths[at])
        widths[widest] -= 1
    return tuple(widths)


def _on_two_lines(text: str) -> int:
    """The cells that it takes on two lines, or on one where it is a word."""
    words = text.split()
    return min((max(_joined(words[:at]), _joined(words[at:])) for at in range(1, len(words))), default=cell_len(text))


def _joined(words: Sequence[str]) -> int:
    return cell_len(" ".join(words))


def _longest(text: str) -> int:
    """The cells of its longest word."""
    return max(map(cell_len, text.split()), default=0)
