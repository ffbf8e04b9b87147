"""One survey as ten tools export it: thirty buyers, what they answered, and each tool's file of it.

The layouts follow what the tools' makers write of them and what their own tests expect (ODK Central, KoboToolbox), and
what public scripts read (all others). People, addresses and answers are invented.
"""

import csv
import html
import io
import json
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from random import Random
from typing import Final, TypeAlias

import xlsxwriter

from cvp.answers import AnswerSheet
from cvp.assessment import Assessment
from cvp.loading import load_questionnaire
from cvp.questionnaire import Question, Questionnaire
from questionnaires import assess, sheet

Cell: TypeAlias = str | float | datetime
Rows: TypeAlias = list[list[Cell]]

COUNT: Final = 30
START: Final = datetime(2026, 10, 5, 9, 30, 11)
UNKNOWN, UNFIT = "Don't know", "Not applicable"
REMARKS: Final = ("", "All fine", 'He said "never again", twice', "Two lines\nof it; and a semicolon", "=SUM(A1:A9)")


@dataclass(frozen=True)
class Person:
    """One buyer: answers by question, the value of a choice, `?`, `-`, or nothing where there is none."""

    number: int
    answers: Mapping[str, str]
    remark: str
    at: datetime

    @property
    def sheet(self) -> AnswerSheet:
        given = {key: {"not_applicable": "so said"} if cell == "-" else cell for key, cell in self.answers.items()}
        return sheet(**given)

    @property
    def code(self) -> str:
        """A made-up id, as long as tools make them."""
        return f"{self.number:04x}" * 8


@cache
def buyers() -> Questionnaire:
    return load_questionnaire("buyers")


def questions() -> list[Question]:
    return list(buyers().questions.values())


@cache
def people() -> tuple[Person, ...]:
    """Buyers of every level; some leave questions out, do not know, or say that one does not fit."""
    random = Random(4)
    return tuple(_person(random, number) for number in range(1, COUNT + 1))


def _person(random: Random, number: int) -> Person:
    top = 1 + number % 5  # every level below it is well answered
    answers = {}
    for level, question in [*((c.level, c) for c in buyers().criteria), *((0, guard) for guard in buyers().safeguards)]:
        choices = buyers().choices_of(question)
        place = random.choice((-1, -1, -2) if level < top else (0, 1, 1, 2))
        answers[question.id] = random.choices([choices[place].value, "?", "-", ""], [50, 1, 1, 2])[0]
    given = {key: cell for key, cell in answers.items() if cell}
    return Person(number, given, random.choice(REMARKS), START + timedelta(minutes=97 * number))


@cache
def scored() -> tuple[Assessment, ...]:
    """What the scorer says of each."""
    return tuple(assess(buyers(), person.sheet) for person in people())


def label_of(question: Question, value: str) -> str:
    """The answer as it was shown on the screen; empty where there is none."""
    said = {choice.value: buyers().say(choice.label) for choice in buyers().choices_of(question)}
    return {**said, "?": UNKNOWN, "-": UNFIT, "": ""}[value]


def text_of(question: Question) -> str:
    return buyers().say(question.label)


def labels(person: Person) -> list[str]:
    return [label_of(question, person.answers.get(question.id, "")) for question in questions()]


def names(person: Person, unknown: str = "dont_know", unfit: str = "not_applicable") -> list[str]:
    """Values of choices, as forms have them in which a name holds no space."""
    cells = (person.answers.get(question.id, "") for question in questions())
    return [{"?": unknown, "-": unfit}.get(cell, cell) for cell in cells]


def numbers(person: Person) -> list[str]:
    """Codes of choices, as who makes a form numbers them."""
    return [_number(question, person.answers.get(question.id, "")) for question in questions()]


def _number(question: Question, value: str) -> str:
    values = [choice.value for choice in buyers().choices_of(question)]
    return {"?": "88", "-": "99", "": ""}.get(value) or (str(values.index(value) + 1) if value else "")


@dataclass(frozen=True)
class Export:
    """A file, and what `cvp batch` should make of it.

    `left_out` counts rows that do not count, by reason; `key` is the column that tells respondents apart, which `keys`
    holds; `why` is a part of what it was recognised by.
    """

    name: str
    data: bytes
    key: str
    keys: Sequence[str]
    why: str
    left_out: Mapping[str, int] = field(default_factory=dict)


def delimited(
    rows: Iterable[Iterable[Cell]],
    delimiter: str = ",",
    encoding: str = "utf-8",
    *,
    quoted: bool = False,
    end: str = "\r\n",
) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, "unix" if quoted else "excel", delimiter=delimiter, lineterminator=end)
    writer.writerows(rows)
    return text.getvalue().encode(encoding)


def workbook(rows: Iterable[Iterable[Cell]]) -> bytes:
    """XLSX, in which numbers are floats and days are days."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        page, day = book.add_worksheet("Sheet1"), book.add_format({"num_format": "m/d/yy h:mm:ss"})
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                if isinstance(cell, datetime):
                    page.write_datetime(number, column, cell, day)
                elif isinstance(cell, str):
                    page.write_string(number, column, cell)
                else:
                    page.write_number(number, column, cell)
    return target.getvalue()


def opendocument(rows: Iterable[Iterable[Cell]]) -> bytes:
    """ODS, as small as it may be: texts, and numbers as floats."""
    target = io.BytesIO()
    lines = "".join(f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in rows)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", _ODS, zipfile.ZIP_STORED)
        archive.writestr("content.xml", _CONTENT.format(lines))
        archive.writestr("META-INF/manifest.xml", f'<m:manifest xmlns:m="{_OASIS}:manifest:1.0"/>')
    return target.getvalue()


_ODS: Final = "application/vnd.oasis.opendocument.spreadsheet"
_OASIS: Final = "urn:oasis:names:tc:opendocument:xmlns"
_SPACES: Final = " ".join(f'xmlns:{name}="{_OASIS}:{name}:1.0"' for name in ("office", "table", "text"))
_CONTENT: Final = (
    f"<office:document-content {_SPACES}><office:body><office:spreadsheet>"
    '<table:table table:name="Answers">{}</table:table>'
    "</office:spreadsheet></office:body></office:document-content>"
)


def _ods_cell(cell: Cell) -> str:
    if isinstance(cell, float | int):
        return f'<table:table-cell office:value-type="float" office:value="{cell}"/>'
    if not cell:
        return "<table:table-cell/>"
    lines = "".join(f"<text:p>{html.escape(line)}</text:p>" for line in str(cell).split("\n"))
    return f'<table:table-cell office:value-type="string">{lines}</table:table-cell>'


# ---------------------------------------------------------------------------------------------------- ten tools


def plain() -> Export:
    rows: Rows = [["respondent", "date", *(question.id for question in questions()), "remark"]]
    rows += [[f"r{p.number}", f"{p.at:%Y-%m-%d}", *names(p, "?", "n/a"), p.remark] for p in people()]
    keys = [f"r{p.number}" for p in people()]
    return Export("answers.csv", delimited(rows, end="\n"), "respondent", keys, "no survey tool's marks")


def google_forms() -> Export:
    """Every cell in quotation marks, and a space that somebody left behind each question."""
    header = ["Timestamp", "Email Address", *(f"{text_of(q)} " for q in questions())]
    rows: Rows = [[*header, "Anything else?"]]
    stamps = [f"{p.at:%Y/%m/%d %-I:%M:%S %p} GMT+1" for p in people()]
    for person, stamp in zip(people(), stamps, strict=True):
        rows.append([stamp, f"buyer{person.number}@example.com", *labels(person), person.remark])
    return Export(
        "Your view (Responses).csv", delimited(rows, quoted=True, end="\n"), "Timestamp", stamps, "`Timestamp`"
    )


def microsoft_forms_rows() -> Rows:
    """Ids are floats, days are days, no-break spaces stand in headers, names are `anonymous`."""
    header = ["Id", "Start time", "Completion time", "Email", "Name", "Last modified time"]
    rows: Rows = [[*header, *(text_of(q).replace(" you ", "\u00a0you ") + "\u00a0" for q in questions()), "Remarks"]]
    for p in people():
        rows.append([p.number, p.at, p.at + timedelta(minutes=4), "anonymous", "", "", *labels(p), p.remark])
    return rows


def microsoft_forms() -> Export:
    """A workbook."""
    keys = [str(p.number) for p in people()]
    return Export("Your view(1-30).xlsx", workbook(microsoft_forms_rows()), "Id", keys, "`ID`, `Start time`")


def typeform() -> Export:
    """Hashes for ids; partial responses; a guard before what would be a formula."""
    tail = [
        "Response Type",
        "Start Date (UTC)",
        "Stage Date (UTC)",
        "Submit Date (UTC)",
        "Network ID",
        "Tags",
        "Ending",
    ]
    rows: Rows = [["#", *map(text_of, questions()), "Other", *tail]]
    for p in people():
        when = [f"{p.at:%Y-%m-%d %H:%M:%S}", "", f"{p.at + timedelta(minutes=4):%Y-%m-%d %H:%M:%S}"]
        guarded = f"'{p.remark}" if p.remark[:1] == "=" else p.remark
        rows.append([p.code, *labels(p), guarded, "completed", *when, "d3560842b2", "", ""])
    started = [*labels(people()[3])[:5], *[""] * (len(questions()) - 5)]
    rows.append(
        ["f" * 32, *started, "", "partial", "2026-10-09 10:00:00", "2026-10-09 10:01:00", "", "d3560842b2", "", ""]
    )
    rows.append(
        ["e" * 32, *[""] * len(questions()), "", "started", "2026-10-09 10:00:00", "", "", "d3560842b2", "", ""]
    )
    keys = [p.code for p in people()]
    return Export("responses-Xy12.csv", delimited(rows, end="\n"), "#", keys, "`#`", {"unfinished": 2})


def surveymonkey() -> Export:
    """Two header rows; under a question that takes remarks, `Response` and `Other (please specify)`."""
    own = ["Respondent ID", "Collector ID", "Start Date", "End Date", "IP Address", "Email Address", "First Name"]
    own += ["Last Name", "Custom Data 1"]
    above: list[Cell] = [*own, text_of(questions()[0]), "", *map(text_of, questions()[1:]), "Anything else?"]
    below: list[Cell] = [*[""] * len(own), "Response", "Other (please specify)"]
    below += [*["Response"] * (len(questions()) - 1), "Open-Ended Response"]
    rows: Rows = [above, below]
    keys = [str(118_000_000_000 + person.number) for person in people()]
    for p, key in zip(people(), keys, strict=True):
        when = [f"{p.at:%m/%d/%Y %I:%M:%S %p}", f"{p.at + timedelta(minutes=4):%m/%d/%Y %I:%M:%S %p}"]
        given = labels(p)
        rows.append([key, "411000001", *when, "203.0.113.7", "", "", "", "", given[0], "", *given[1:], p.remark])
    return Export("Your view.csv", delimited(rows, encoding="utf-8-sig"), "Respondent ID", keys, "`Respondent ID`")


def qualtrics() -> Export:
    """Three header rows, the first question with a text beside it; a preview, a test, spam, and who gave up."""
    own = {
        "StartDate": ("Start Date", "startDate"), "EndDate": ("End Date", "endDate"),
        "Status": ("Response Type", "status"), "IPAddress": ("IP Address", "ipAddress"),
        "Progress": ("Progress", "progress"), "Duration (in seconds)": ("Duration (in seconds)", "duration"),
        "Finished": ("Finished", "finished"), "RecordedDate": ("Recorded Date", "recordedDate"),
        "ResponseId": ("Response ID", "_recordId"), "LocationLatitude": ("Location Latitude", "locationLatitude"),
        "DistributionChannel": ("Distribution Channel", "distributionChannel"),
        "UserLanguage": ("User Language", "userLanguage"), "Q_RecaptchaScore": ("Q_RecaptchaScore", "Q_RecaptchaScore"),
    }  # fmt: skip
    tags = [f"Q{number}" for number in range(1, len(questions()) + 1)]
    first, *others = map(text_of, questions())
    header: list[Cell] = [*own, tags[0], "Q1_6_TEXT", *tags[1:], "Q19"]
    texts: list[Cell] = [*(text for text, _ in own.values()), f"{first} - Selected Choice", f"{first} - Other - Text"]
    texts += [*others, "Anything else?\n\n(as long as you like)"]
    ids = [key for _, key in own.values()] + ["QID1", "QID1_6_TEXT"] + [f"QID{n}" for n in range(2, 20)]
    rows: Rows = [header, texts, [json.dumps({"ImportId": key}, separators=(",", ":")) for key in ids]]

    def row(p: Person, key: str, status: str = "IP Address", done: str = "True") -> list[Cell]:
        when = [f"{p.at:%Y-%m-%d %H:%M:%S}", f"{p.at + timedelta(minutes=4):%Y-%m-%d %H:%M:%S}"]
        given, share = labels(p), "100" if done == "True" else "44"
        meta = [*when, status, "203.0.113.7", share, "240", done, when[1], key, "52.52", "anonymous", "EN", "0.9"]
        return [*meta, given[0], "", *given[1:], p.remark]

    rows.append(row(people()[0], "R_preview", "Survey Preview"))
    rows.append(row(people()[1], "R_test", "Survey Test"))
    keys = [f"R_{person.code[:15]}" for person in people()]
    rows += [row(person, key) for person, key in zip(people(), keys, strict=True)]
    rows += [row(people()[2], "R_spam", "Spam"), row(people()[3], "R_left", done="False")]
    left_out = {"a preview": 1, "a test": 1, "marked as spam": 1, "unfinished": 1}
    data = delimited(rows, encoding="utf-8-sig", end="\n")
    return Export("Your+view_October+9,+2026_10.12.csv", data, "ResponseId", keys, "import ids", left_out)


def limesurvey() -> Export:
    """`;`, a BOM, everything in quotation marks, codes without underscores; who has not sent it in has no date."""
    own = ["id", "submitdate", "lastpage", "startlanguage", "seed", "startdate", "datestamp"]
    codes = [question.id.replace("_", "") for question in questions()]
    rows: Rows = [[*own, *codes, f"{codes[0]}[other]", "remark", "interviewtime", "groupTime12"]]
    for p in (*people(), people()[5]):
        sent = "" if len(rows) > COUNT else f"{p.at:%Y-%m-%d %H:%M:%S}"
        when = [sent, "5", "en", "1790000000", f"{p.at:%Y-%m-%d %H:%M:%S}", f"{p.at:%Y-%m-%d %H:%M:%S}"]
        rows.append([str(len(rows)), *when, *labels(p), "", p.remark, "240.12", "31.5"])
    data = delimited(rows, ";", "utf-8-sig", quoted=True, end="\n")
    keys = [str(p.number) for p in people()]
    return Export("results-survey412.csv", data, "id", keys, "the submit date", {"unfinished": 1})


def odk_central() -> Export:
    """Groups before names, values of choices; one submission that a reviewer refused."""
    tail = ["meta-instanceID", "meta-instanceName", "KEY", "SubmitterID", "SubmitterName", "AttachmentsPresent"]
    tail += ["AttachmentsExpected", "Status", "ReviewState", "DeviceID", "Edits", "FormVersion"]
    groups = [f"level{q.level}-{q.id}" for q in buyers().criteria] + [f"guards-{q.id}" for q in buyers().safeguards]
    rows: Rows = [["SubmissionDate", "start", "end", *groups, "remark", *tail]]
    for p in (*people(), people()[5]):
        key, review = (f"uuid:{p.code}", "approved") if len(rows) <= COUNT else ("uuid:no", "rejected")
        end = [key, "", key, "7", "Field team", "0", "0", "", review, "collect:abc", "0", "1.0.0"]
        when = f"{p.at:%Y-%m-%dT%H:%M:%S.000Z}"
        rows.append([when, when, when, *names(p), p.remark, *end])
    keys = [f"uuid:{p.code}" for p in people()]
    data = delimited(rows, end="\n")
    return Export("buyers.csv", data, "KEY", keys, "`SubmissionDate`", {"rejected by a reviewer": 1})


def kobotoolbox() -> Export:
    """`;`, everything in quotation marks, labels in place of names; one submission that was not approved."""
    tail = ["_id", "_uuid", "_submission_time", "_validation_status", "_notes", "_status", "_submitted_by"]
    tail += ["__version__", "_tags", "_index"]
    rows: Rows = [["start", "end", *map(text_of, questions()), "Anything else?", *tail]]
    for p in (*people(), people()[5]):
        uuid, status = (p.code, "Approved") if len(rows) <= COUNT else ("no", "Not Approved")
        when = f"{p.at:%Y-%m-%dT%H:%M:%S}"
        end = [str(90 + p.number), uuid, when, status, "", "submitted_via_web", "", "vAb", "", str(len(rows))]
        rows.append([f"{when}.000+01:00", f"{when}.000+01:00", *labels(p), p.remark, *end])
    data = delimited(rows, ";", quoted=True)
    keys = [p.code for p in people()]
    return Export("Your_view_-_all_versions.csv", data, "_uuid", keys, "`_uuid`", {"rejected by a reviewer": 1})


def redcap() -> Export:
    """Codes for answers, 88 and 99 among them; a survey that was not completed."""
    own = ["record_id", "redcap_event_name", "redcap_survey_identifier", "buyers_timestamp"]
    rows: Rows = [[*own, *(question.id for question in questions()), "remark", "buyers_complete"]]
    for p in people():
        rows.append([str(p.number), "baseline_arm_1", "", f"{p.at:%Y-%m-%d %H:%M:%S}", *numbers(p), p.remark, "2"])
    rows.append(["31", "baseline_arm_1", "", "[not completed]", *numbers(people()[8]), "", "0"])
    keys = [str(p.number) for p in people()]
    data = delimited(rows, end="\n")
    return Export("Buyers_DATA_2026-10-09.csv", data, "record_id", keys, "`redcap_event_name`", {"unfinished": 1})


TOOLS: Final[Mapping[str, Callable[[], Export]]] = {
    "plain": plain,
    "google_forms": google_forms,
    "microsoft_forms": microsoft_forms,
    "typeform": typeform,
    "surveymonkey": surveymonkey,
    "qualtrics": qualtrics,
    "limesurvey": limesurvey,
    "odk_central": odk_central,
    "kobotoolbox": kobotoolbox,
    "redcap": redcap,
}
