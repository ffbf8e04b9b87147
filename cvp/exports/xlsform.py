"""XLSForm for ODK and KoboToolbox: an XLSX with the sheets survey, choices and settings, in all languages.

Scores stand beside the choices, and the form reckons scores and level as cvp does, unseen by respondents. `?` and `n/a`
are choices of their own.
"""

import datetime
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, TypeAlias

import xlsxwriter

from cvp.errors import WrongUsage
from cvp.exports import Edition
from cvp.exports.entries import Entry, about_of, questions_of, refuse_taken
from cvp.exports.formulas import Grammar, formulas
from cvp.exports.wording import languages_of
from cvp.model import Words
from cvp.questionnaire import Questionnaire
from cvp.text import one_line, printable

Row: TypeAlias = Mapping[str, str | float]

GRAMMAR: Final = Grammar(
    value=lambda name: f"${{{name}}}",
    choose="if",
    divide="div",
    unanswered=lambda name: f"${{{name}}} = ''",
    nothing="''",
)

_TAKEN: Final = frozenset(("meta",))
_WIDTHS: Final = {"type": 26, "name": 22, "list_name": 22, "required": 9, "score": 8, "calculation": 60}
_LONGEST: Final = 32_767
_CREATED: Final = datetime.datetime(2000, 1, 1)  # the same file every time
_OBEYED: Final = re.compile(r"\$(?=\{)|<(?=[a-zA-Z/])")


def render(questionnaire: Questionnaire, edition: Edition) -> bytes:
    """Opens in the edition's language. Guidance is told of a questionnaire for companies, else where it is asked for.

    Raises WrongUsage for an id that XLSForm keeps for itself, and for formulas that are too long for a cell.
    """
    say = _Speaker(questionnaire)
    entries, about = list(questions_of(questionnaire)), list(about_of(questionnaire))
    refuse_taken([*entries, *about], _TAKEN, "xlsform")
    guidance = edition.guidance or questionnaire.perspective == "company"
    sheets: dict[str, Sequence[Row]] = {
        "survey": [
            *(_question(entry, say, required=True, guidance=guidance) for entry in entries),
            *(_question(entry, say, required=False, guidance=False) for entry in about),
            *(
                {"type": "calculate", "name": formula.name, "calculation": formula.expression}
                for formula in formulas(questionnaire, GRAMMAR)
            ),
        ],
        "choices": list(_choices([*entries, *about], say)),
        "settings": [
            {
                "form_title": _plain(one_line(questionnaire.say(questionnaire.title, edition.language))),
                "form_id": questionnaire.id,
                "name": "_form",  # the element that all answers are in; its name may be no question's
                "version": questionnaire.version,
                "default_language": say.called.get(edition.language, next(iter(say.called.values()))),
            }
        ],
    }
    return _workbook(sheets)


class _Speaker:
    """Texts in columns, one a language: `label::English (en)`."""

    def __init__(self, questionnaire: Questionnaire) -> None:
        self.questionnaire = questionnaire
        self.called = {code: f"{_bare(name)} ({code})" for code, name in languages_of(questionnaire).items()}

    def __call__(self, column: str, words: Words | None) -> dict[str, str | float]:
        if words is None:
            return {}
        texts = {code: self.questionnaire.say(words, code) for code in self.called}
        return {f"{column}::{self.called[code]}": _plain(text) for code, text in texts.items()}


def _question(entry: Entry, say: _Speaker, required: bool, guidance: bool) -> Row:
    return {
        "type": f"select_one {entry.list_name}",
        "name": entry.id,
        **say("label", entry.label),
        **say("hint", entry.hint),
        **say("guidance_hint", entry.guidance if guidance else None),
        "required": "yes" if required else "no",
    }


def _choices(entries: Sequence[Entry], say: _Speaker) -> Iterator[Row]:
    """Each list once, whoever uses it."""
    for list_name, entry in {entry.list_name: entry for entry in entries}.items():
        for tick in entry.ticks:
            score: Row = {} if tick.score is None else {"score": tick.score}
            yield {"list_name": list_name, "name": tick.value, **say("label", tick.label), **score}


def _workbook(sheets: Mapping[str, Sequence[Row]]) -> bytes:
    """Texts are written as texts: nothing in them is a formula or a link."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        book.set_properties({"created": _CREATED})
        bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            sheet.freeze_panes(1, 0)
            columns = list(dict.fromkeys(key for row in rows for key in row))
            for position, column in enumerate(_ordered(columns)):
                look = None if column == "calculation" else wrapped
                sheet.set_column(position, position, _WIDTHS.get(column, 40), look)
                sheet.write_string(0, position, column, bold)
                for line, row in enumerate(rows, 1):
                    match row.get(column):
                        case str(text):
                            _refuse_long(text, str(row.get("name")))
                            sheet.write_string(line, position, text)
                        case int() | float() as number:
                            sheet.write_number(line, position, number)
    return file.getvalue()


def _refuse_long(text: str, name: str) -> None:
    """XLSX drops such a text without a word."""
    if len(text) > _LONGEST:
        limit = f"`{name}` would take {len(text):,} characters, and a cell holds {_LONGEST:,}"
        raise WrongUsage(f"--to xlsform: {limit}; export fewer questions of a level, or take surveyjs")


def _ordered(columns: Sequence[str]) -> list[str]:
    """Kind by kind as XLSForm's own examples have them, the languages of a kind side by side."""
    kinds = ("type", "list_name", "name", "label", "hint", "guidance_hint", "required", "score", "calculation")
    ranks = {kind: rank for rank, kind in enumerate(kinds)}
    return sorted(columns, key=lambda column: ranks.get(column.partition("::")[0], len(kinds)))


def _bare(language: str) -> str:
    """A language's name in a column's header, where colons and brackets mean something."""
    return " ".join(re.sub(r"[:()\[\]]", " ", one_line(language)).split())


def _plain(text: str) -> str:
    """Printable, and with nothing that a form fills in or takes for a mark-up.

    A word joiner, which nobody sees, parts `$` from `{` and `<` from a name; signs that come in pairs are escaped as
    ODK's Markdown wants it.
    """
    return _OBEYED.sub(lambda match: f"{match.group()}\u2060", _escaped(printable(text)))


def _escaped(text: str) -> str:
    text = re.sub(r"^#", r"\\#", text, flags=re.MULTILINE)
    for sign in "*_":
        if text.count(sign) > 1:
            text = text.replace(sign, f"\\{sign}")
    return text
