"""A sound questionnaire, a selection from it and answers to it, as texts to spoil; and what is then found in them."""

from pathlib import Path
from typing import Final, TypeAlias

from cvp.finding import Finding, Invalid
from cvp.loading import Finder, load_answers, load_questionnaire

QUESTIONNAIRE: Final = """\
cvp: 1
id: base
version: "1.0.0"
title: {en: A small one, de: Ein kleiner}
perspective: company
default_language: en
languages: {en: English, de: Deutsch}
sources:
  lee: {author: Bill Lee, title: Level 4, year: 2013, url: "https://example.com/lee"}
choices:
  extent:
    - {value: never, label: Never, score: 0}
    - {value: often, label: Often, score: 0.5}
    - {value: always, label: Always, score: 1}
levels:
  1: {name: Commodity, pass: 0.5}
  2: {name: Job}
  3: {name: Bond}
  4: {name: Capital}
lenses:
  area: {label: Area, values: {brand: Brand, product: Product}}
criteria:
  - id: price
    level: 1
    label: What about the price?
    choices: extent
    weight: 2
    lenses: {area: brand}
    source: lee
  - id: job
    level: 2
    label: Is the job done?
    choices:
      - {value: no, label: "No", score: 0}
      - {value: yes, label: "Yes", score: 1}
    must: 0.5
    fresh_for: 12
    source: lee
  - id: bond
    level: 3
    label: Would they miss you?
    choices: extent
    source: lee
safeguards:
  - {id: paid, label: Are they paid?, choices: extent, below: 0.5, cap: 2, source: lee}
recommendations:
  - id: talk
    label: Talk
    lifts: {price: 1}
    effort: S
    first_step: Call one
    customer_gain: To be heard
    source: lee
  - id: join
    label: Join
    lifts: {bond: 1, paid: 0.5}
    effort: 3
    after: [talk]
    first_step: Write to one
    customer_gain: To be seen
"""

SELECTION: Final = """\
cvp: 1
id: some
version: "1.0.0"
title: Some of it
picks:
  from: base
  criteria: [price, bond]
"""

ANSWERS: Final = """\
cvp: 1
questionnaire: base
version: "1.0.0"
company: Acme
date: "2013-02-12"
answers:
  price: often
  job:
    choice: yes
    note: They say so.
    evidence:
      - {text: A letter, date: "2012-11-01"}
  bond: {not_applicable: nobody is bound}
  paid: "?"
"""

Found: TypeAlias = list[tuple[str, int, int]]
"""Code, line and column of each finding."""


def edited(text: str, old: str, new: str) -> str:
    """The text with its one `old` replaced; without an `old`, with `new` at its end."""
    if not old:
        return text + new
    assert text.count(old) == 1, f"{old!r} is there {text.count(old)} times"
    return text.replace(old, new)


def place_in(text: str, at: str) -> tuple[int, int]:
    """Line and column of the one `at` in the text."""
    assert text.count(at) == 1, f"{at!r} is there {text.count(at)} times"
    before = text[: text.index(at)]
    return before.count("\n") + 1, len(before) - before.rfind("\n")


def findings_in(folder: Path, text: str, name: str = "base.yaml") -> tuple[Finding, ...]:
    """What loading finds in a questionnaire, or in answers when the file is named answers.yaml; none if it is sound."""
    path = folder / name
    path.write_bytes(text.encode())
    try:
        if name == "answers.yaml":
            load_answers(str(path), Finder(str(path)))
        else:
            load_questionnaire(str(path))
    except Invalid as invalid:
        return invalid.findings
    return ()


def coded(findings: tuple[Finding, ...]) -> Found:
    return [(finding.code, finding.place.line, finding.place.column) for finding in findings]


def row_names(rows: list[tuple[str, str, str, str]]) -> list[str]:
    """Names for the rows of a table of edits."""
    return [f"{code} {' '.join(new.split())[:40] or 'without ' + old.strip()}" for code, old, new, _ in rows]
