"""The README's example of `cvp batch`: an export from Google Forms, and the picture of what comes of it.

python tests/batch_picture.py survey > tests/examples/survey.csv
python tests/batch_picture.py > tests/golden/batch.svg
"""

import io
import sys
from contextlib import chdir
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Final

from rich.console import Console
from rich.terminal_theme import DIMMED_MONOKAI
from rich.text import Text
from survey_tools import Rows, buyers, delimited, questions, text_of

from cvp.batch.opening import opened
from cvp.batch.placing import Placing
from cvp.batch.running import run
from cvp.batch.wishes import Wishes
from cvp.reports import Look, report
from cvp.segments import Summary

SURVEY: Final = Path(__file__).parent / "examples" / "survey.csv"
COMMAND: Final = "cvp batch survey.csv --questionnaire buyers --by country"
WIDTH: Final = 100
DAY: Final = "2026-11-20"

_WHERE: Final = {"Germany": 2, "Austria": 3, "Switzerland": 1}
"""Countries, and up to which level buyers there are mostly pleased."""
_PLEASED, _OTHERS = (0, 2, 10, 40, 48), (20, 30, 30, 15, 5)
_START: Final = datetime(2026, 10, 5, 8, 12, 40)


def survey() -> bytes:
    """Sixty-two buyers, invented: one of them gave an answer of her own, and one none at all."""
    random = Random(2026)
    rows: Rows = [["Timestamp", *map(text_of, questions()), "Country", "Anything else?"]]
    for number in range(62):
        country = random.choice([*_WHERE, "Germany"])
        stamp = f"{_START + timedelta(minutes=number * 1019):%Y/%m/%d %-I:%M:%S %p} GMT+2"
        rows.append([stamp, *_answers(random, _WHERE[country]), country, ""])
    rows[17][9] = "I would ask my colleague first"
    rows[40][1:-2] = [""] * len(questions())
    rows[23][-1] = "Your people are great,\nyour invoices are not"
    return delimited(rows, quoted=True, end="\n")


def _answers(random: Random, top: int) -> list[str]:
    top = max(1, top + random.choice((-1, 0, 0, 0, 0, 0, 1)))
    given = []
    levels = {criterion.id: criterion.level for criterion in buyers().criteria}
    for question in questions():
        labels = [buyers().say(choice.label) for choice in buyers().choices_of(question)]
        chances = _PLEASED if levels.get(question.id, 1) <= top else _OTHERS
        chosen = random.choices(labels, chances)[0]
        given.append(random.choices([chosen, "Don't know", ""], [40, 1, 1])[0])
    return given


def summary() -> Summary:
    wishes = Wishes(inputs=(SURVEY.name,), date=DAY, by=("country",))
    with chdir(SURVEY.parent):
        batch = opened(wishes, "buyers")
        found = run(batch, wishes, Placing()).summary
    assert found
    return found


def picture() -> str:
    """The summary up to its first table of segments, as Rich draws a terminal."""
    made = report("terminal").render(summary(), Look(WIDTH, colour=True))
    assert isinstance(made, str)
    screen = Text.from_ansi(made)
    end = screen.plain.rindex("  Mean scores", 0, screen.plain.index("  Country: Germany"))
    console = Console(record=True, width=WIDTH, file=io.StringIO(), force_terminal=True)
    console.print(screen[:end], no_wrap=True)
    svg = console.export_svg(title=COMMAND, theme=DIMMED_MONOKAI, unique_id="cvp")
    return "\n".join(line.rstrip() for line in svg.splitlines()) + "\n"


if __name__ == "__main__":
    if sys.argv[1:] == ["survey"]:
        sys.stdout.buffer.write(survey())
    else:
        sys.stdout.write(picture())
