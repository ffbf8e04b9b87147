"""CSV to paste from into a form builder: one row a question, in one language.

The labels are what `cvp batch` knows questions and choices by, where the builder keeps no ids.
"""

import csv
import io

from cvp.exports import Edition
from cvp.exports.entries import about_of, questions_of
from cvp.model import Words
from cvp.questionnaire import Questionnaire
from cvp.reports.spreadsheet import guarded
from cvp.text import one_line


def render(questionnaire: Questionnaire, edition: Edition) -> str:
    """UTF-8, separated by commas: id, question, hint, and a column a choice."""
    entries = [*questions_of(questionnaire), *about_of(questionnaire)]
    most = max(len(entry.ticks) for entry in entries)

    def cell(words: Words | None) -> str:
        return guarded(one_line(questionnaire.say(words, edition.language)))

    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["id", "question", "hint", *(f"choice {number}" for number in range(1, most + 1))])
    for entry in entries:
        ticks = [cell(tick.label) for tick in entry.ticks]
        writer.writerow([entry.id, cell(entry.label), cell(entry.hint), *ticks, *[""] * (most - len(ticks))])
    return out.getvalue()
