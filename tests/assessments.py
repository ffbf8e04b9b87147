"""Assessments to make reports of: a case, a room, and one whose every foreign text is hostile."""

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Final

from cvp.answers import Answer, AnswerSheet
from cvp.assessment import Assessment
from cvp.catalogue import folder, shipped
from cvp.loading import Finder, load_answers, load_questionnaire
from cvp.questionnaire import Questionnaire
from cvp.room import Vote, Voting
from cvp.scoring import score
from questionnaires import criterion, evidence, questionnaire, recommendation, safeguard, sheet

HOSTILE: Final = '<script>alert(1)</script>[red]=HYPERLINK("x")'
LONG: Final = ("مرحبا بالعالم 👩‍👩‍👧‍👦 </td>|`*_[x](https://evil.example) " * 300)[:10_000].strip()
CASES: Final = sorted((folder() / "cases").glob("*.yaml"))


@cache
def answered(case: Path) -> tuple[Questionnaire, AnswerSheet, Assessment]:
    """A shipped case with its questionnaire, its answers, and what comes out."""
    answers, asked = load_answers(str(case), Finder(str(case)))
    assert answers.answers is not None
    assert answers.date
    given = answers.answers
    made = score(asked, [given], company=answers.company, date=answers.date, answered_by=answers.by or "")
    return asked, given, made


def zipcar() -> Assessment:
    return answered(folder() / "cases" / "zipcar.yaml")[2]


@cache
def room() -> Assessment:
    """Five people on `quick`: two rounds on one question, a decision against the votes on another, two camps."""
    asked = load_questionnaire(str(shipped()["quick"]))
    polls = {}
    for number, question in enumerate(asked.questions.values()):
        values = [choice.value for choice in asked.choices_of(question)]
        last = len(values) - 1
        spread = [last, last, max(0, last - 1), last if number % 3 else 0, 0 if number % 4 == 3 else last]
        votes = tuple(Vote(Answer(choice=values[at]), voter) for voter, at in enumerate(spread, 1))
        polls[question.id] = [votes]
    ids = list(polls)
    first = asked.choices_of(asked.questions[ids[0]])
    polls[ids[0]].insert(0, tuple(Vote(Answer(choice=first[n % 2].value), n) for n in range(1, 6)))
    polls[ids[5]] = [(*polls[ids[5]][0][:2], *(Vote(Answer(choice="?"), n) for n in (3, 4, 5)))]
    decided = asked.choices_of(asked.questions[ids[1]])[1].value
    voting = Voting(5, {ids[1]: Answer(choice=decided)}, polls, {ids[1]: "the CFO showed the figures"})
    return score(asked, voting, company="Acme & Sons", date="2026-01-31", answered_by="its board")


@cache
def hostile() -> Assessment:
    """Every text that a client or the author of a questionnaire writes."""
    names = {"label": HOSTILE, "short": f"{HOSTILE} short"}
    criteria = [criterion(f"q{level}{n}", level, **names) for level in (1, 2, 3, 4) for n in (1, 2)]
    for part in criteria:
        part["choices"] = tuple({**choice, "label": f"{HOSTILE} | {choice['value']}"} for choice in part["choices"])
    guard = safeguard("guard", 2, why=HOSTILE) | names
    texts = dict.fromkeys(("label", "first_step", "customer_gain", "company_gain", "example"), HOSTILE)
    moves = [recommendation(f"r{part['id']}", {part["id"]: 1}, 3) | texts for part in (*criteria, guard)]
    asked = questionnaire(
        criteria,
        [guard],
        moves,
        title=HOSTILE,
        sources={"lee": {"author": HOSTILE, "title": "\n# not a heading\n- not a list"}},
        levels={str(level): {"name": HOSTILE, "summary": f"{HOSTILE}\n{level}."} for level in (1, 2, 3, 4)},
        lenses={"area": {"label": HOSTILE, "values": {"brand": HOSTILE}}},
    )
    told = {"note": LONG, "evidence": tuple({**e, "text": LONG, "source": HOSTILE} for e in evidence("2013-01"))}
    given = sheet(
        q11={"choice": "c2", **told}, q12="c2", q21={"choice": "c1", "note": f"Assumed: {HOSTILE}"}, q22="c2",
        q31={"not_applicable": HOSTILE}, q32="?", guard={"choice": "c0", "note": "=1+1"},
    )  # fmt: skip
    return score(asked, [given], company=HOSTILE, date="2013-02-12", answered_by=HOSTILE)


REPORTED: Final[Mapping[str, Callable[[], Assessment]]] = {"zipcar": zipcar, "room": room, "hostile": hostile}
