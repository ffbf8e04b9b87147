"""What is not clear about a table's columns, in sentences that end with what to write into a map."""

from collections.abc import Iterator

from cvp.matching import Headers, headline, match_headers
from cvp.matching.cells import texts_of
from cvp.questionnaire import Questionnaire
from cvp.tables.dialects import DIALECTS
from cvp.tables.table import Table
from cvp.text import one_line

_FEW = 5
_ALONE = 3
"""As many columns with a question among them are a header."""


def header_problems(table: Table, headers: Headers) -> Iterator[str]:
    """Columns that answer one question together, or several questions, or nearly answer one."""
    for key, rivals in headers.rivals.items():
        yield f"{table.name}: several columns answer `{key}`: {table.called(*rivals)}; {_say(key, rivals[0])}"
    for position, keys in headers.torn.items():
        names = ", ".join(f"`{key}`" for key in keys)
        several = f"column {table.called(position)} answers several questions, {names}"
        yield f"{table.name}: {several}; {_say(keys[0], position)}"
    for key, close in headers.close.items():
        near = f"column {table.called(close[0])} is close to `{key}`, but not equal"
        if len(close) > 1:
            near = f"columns {table.called(*close)} are close to `{key}`, but not equal"
        yield f"{table.name}: {near}; {_say(key, close[0])}  # or null, where none of them is"


def nothing_matched(table: Table, questionnaire: Questionnaire) -> str:
    """Says that no column is known, and what was looked for; or which line looks like the header."""
    if line := _header_below(table, questionnaire):
        what = f"its first line is no header, but line {line} looks like one"
        return f"{table.name}: {what}; delete what stands above that line, and give the file again"
    questions = list(questionnaire.questions.values())
    label = headline(texts_of(questions[0].label)[0])
    ids = ", ".join(f"`{question.id}`" for question in questions[:_FEW])
    more = f" and {len(questions) - _FEW} more" if len(questions) > _FEW else ""
    dialects = ", ".join(DIALECTS)
    columns = table.called(*range(len(table.headers)))
    return (
        f"{table.name}: no column answers a question of `{questionnaire.id}`. "
        f"{' '.join([table.reason, *table.remarks])} "
        f"Looked for the ids {ids}{more}, or their labels (`{one_line(label)}`), among {columns}. "
        f"Give the right questionnaire, a dialect ({dialects}), or a map with\n  columns: {{{questions[0].id}: HEADER}}"
    )


def _header_below(table: Table, questionnaire: Questionnaire) -> int:
    """The line of the first row below the header that names questions, as under a title; 0 where none does."""
    part = table.parts[0]
    for row, line in zip(part.head.rows[1:], part.starts[1:], strict=False):
        cells = [(cell,) for cell in row if cell.strip()]
        found = match_headers(cells, questionnaire, (), {}).found
        if found and (len(found) > 1 or len(cells) <= _ALONE):  # an answer may be called as a question is
            return line
    return 0


def _say(key: str, position: int) -> str:
    return f'say which in a map (--map FILE), as in\n  columns: {{{key}: "#{position + 1}"}}'
