"""The picture of the report in the README: python tests/picture.py > tests/golden/report.svg"""

import io
import sys

from rich.console import Console
from rich.terminal_theme import DIMMED_MONOKAI
from rich.text import Text

from cvp.catalogue import folder
from cvp.loading import Finder, load_answers
from cvp.reports import Look
from cvp.reports.terminal import render
from cvp.scoring import score

CASE = folder() / "cases" / "zipcar.yaml"
WIDTH = 100


def picture() -> str:
    """The first screen of the report on the case Zipcar, as Rich draws a terminal."""
    answers, questionnaire = load_answers(str(CASE), Finder(str(CASE)))
    assert answers.answers
    assert answers.date
    assessment = score(questionnaire, [answers.answers], company=answers.company, date=answers.date)
    screen = render(assessment, Look(WIDTH, colour=True)).partition("\n\x1b[1mAnswers")[0]
    console = Console(record=True, width=WIDTH, file=io.StringIO(), force_terminal=True)
    console.print(Text.from_ansi(screen), no_wrap=True)
    title = "cvp assess --answers questionnaires/cases/zipcar.yaml"
    svg = console.export_svg(title=title, theme=DIMMED_MONOKAI, unique_id="cvp")
    return "\n".join(line.rstrip() for line in svg.splitlines()) + "\n"


if __name__ == "__main__":
    sys.stdout.write(picture())
