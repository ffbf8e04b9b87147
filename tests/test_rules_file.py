"""CVP1xx: each fault of a file is one finding with its code, where it stands."""

from pathlib import Path

import pytest

from texts import ANSWERS, QUESTIONNAIRE, SELECTION, coded, edited, findings_in, place_in

# Code, what is replaced, by what, and the text where the finding must stand.
READING = [
    ("CVP101", "label: Talk", "label: Talk: now", ": now"),
    ("CVP101", "source: lee\nsafeguards:", "source: ?\nsafeguards:", "?\nsafeguards"),
    ("CVP101", "  - id: join", "   - id: join", "- id: join"),
    ("CVP103", "first_step: Call one", "first_step: Call \x1b[31m", "\x1b"),
    ("CVP103", "first_step: Call one", 'first_step: "Call \\x1b[31m"', '"Call'),
    ("CVP103", "label: Talk", "label: \u202eklaT", "\u202e"),
    ("CVP104", "  4: {name: Capital}", "  4: {name: " + "[" * 40 + "]" * 40 + "}", "[" * 10 + "]"),
    ("CVP105", "    weight: 2\n", "    weight: 2\n    level: 1\n", "level: 1\n    lenses"),
    ("CVP105", "  2: {name: Job}", '  2: {name: Job}\n  "2": {name: Work}', '"2"'),
    ("CVP106", "lifts: {price: 1}", "lifts: &up {price: 1}", "&up"),
    ("CVP107", "weight: 2", "weight: !!float 2", "!!float"),
    ("CVP108", "", "---\ncvp: 1\n", "---"),
    ("CVP109", "lifts: {price: 1}", "lifts: {[price]: 1}", "[price]:"),
    ("CVP110", "weight: 2", "weight: .inf", ".inf"),
    ("CVP110", "effort: 3", "effort: 12345678901234567890", "12345678901234567890"),
    ("CVP110", "label: Talk", "label: 12345678901234567890", "12345678901234567890"),
]

MODEL = [
    ("CVP111", "weight: 2", "wieght: 2", "wieght"),
    ("CVP111", "perspective: company", "perspective: company\nextra: 1", "extra"),
    ("CVP111", "{value: never, label", "{value: never, lable: x, label", "lable"),
    ("CVP111", "1: {name: Commodity, pass", "1: {name: Commodity, passing: 0.4, pass", "passing"),
    ("CVP111", "1: {name: Commodity, pass: 0.5}", "1: {name: Commodity, passing: 0.5}", "passing"),
    ("CVP111", "effort: 3", "effort: 3\n    efort: 3", "efort"),
    ("CVP112", "perspective: company\n", "", "cvp: 1\nid"),
    ("CVP112", "    label: Is the job done?\n", "", "id: job"),
    ("CVP112", "    label: Would they miss you?\n", "", "id: bond"),
    ("CVP112", "{value: often, label: Often, score: 0.5}", "{value: often, label: Often}", "{value: often"),
    ("CVP112", "  2: {name: Job}", "  2: {pass: 0.6}", "2: {pass"),
    ("CVP112", "    customer_gain: To be seen\n", "", "id: join"),
    ("CVP112", "lee: {author: Bill Lee, title: Level 4,", "lee: {author: Bill Lee,", "lee: {"),
    ("CVP113", 'version: "1.0.0"', "version: 1.10", "1.10"),
    ("CVP113", "label: Talk", "label: #1 priority", "#1"),
    ("CVP113", "label: Talk", "label:", "\n    lifts: {price"),
    ("CVP113", "label: Talk", "label: 2013", "2013\n"),
    ("CVP113", "label: Talk", "label: true", "true"),
    ("CVP113", "label: Talk", "label: [Talk]", "[Talk]"),
    ("CVP113", "weight: 2", 'weight: "2"', '"2"'),
    ("CVP113", "weight: 2", "weight: true", "true"),
    ("CVP113", "score: 0.5", "score: false", "false"),
    ("CVP113", "after: [talk]", "after: talk", "talk\n    first_step: Write"),
    ("CVP113", "lifts: {price: 1}", "lifts: [price]", "[price]"),
    ("CVP113", "{value: no, label", "{value: 1, label", "1, label: \"No\""),
    ("CVP113", "fresh_for: 12", "fresh_for: 1.5", "1.5"),
    ("CVP113", "effort: 3", "effort: 2.5", "2.5"),
    ("CVP114", "weight: 2", "weight: 0", "0\n    lenses"),
    ("CVP114", "weight: 2", "weight: -1", "-1"),
    ("CVP114", "score: 0.5", "score: 1.5", "1.5"),
    ("CVP114", "score: 0.5", "score: -0.5", "-0.5"),
    ("CVP114", "id: base", "id: Base", "Base"),
    ("CVP114", "id: base", 'id: "base\\n"', '"base'),
    ("CVP114", "{value: no, label", "{value: No, label", "No, label"),
    ("CVP114", 'version: "1.0.0"', 'version: "1.0"', '"1.0"'),
    ("CVP114", "cvp: 1\n", "cvp: 2\n", "2\nid"),
    ("CVP114", "cvp: 1\n", "cvp: true\n", "true"),
    ("CVP114", "cvp: 1\n", "cvp: 1.0\n", "1.0\n"),
    ("CVP114", "    level: 3", "    level: 5", "5\n    label: Would"),
    ("CVP114", "    level: 3", "    level: true", "true"),
    ("CVP114", "perspective: company", "perspective: seller", "seller"),
    ("CVP114", "  4: {name: Capital}\n", "", "1: {name"),
    ("CVP114", "  4: {name: Capital}", "  4: {name: Capital}\n  5: {name: More}", "5: {name"),
    ("CVP114", "label: Talk", 'label: ""', '""'),
    ("CVP114", "lifts: {price: 1}", "lifts: {}", "{}"),
    ("CVP114", "effort: 3", "effort: XL", "XL"),
    ("CVP114", "effort: 3", "effort: 0", "0\n    after"),
    ("CVP114", "fresh_for: 12", "fresh_for: 0", "0\n    source"),
    ("CVP114", '"https://example.com/lee"', '"javascript:alert(1)"', '"javascript'),
    ("CVP114", "de: Ein kleiner", "DE: Ein kleiner", "DE: Ein"),
    ("CVP114", "label: Talk", f"label: {'long ' * 2001}", "long long " * 1000),
]


def ids(rows: list[tuple[str, str, str, str]]) -> list[str]:
    return [f"{code} {' '.join(new.split())[:40] or 'without ' + old.strip()}" for code, old, new, _ in rows]


@pytest.mark.parametrize(("code", "old", "new", "at"), READING + MODEL, ids=ids(READING + MODEL))
def test_a_fault_of_a_questionnaire_is_one_finding_where_it_stands(
    folder: Path, code: str, old: str, new: str, at: str
) -> None:
    bad = edited(QUESTIONNAIRE, old, new)
    place = place_in(bad, at) if code not in PLACED_ELSEWHERE or at not in PLACED_ELSEWHERE[code] else PLACED_ELSEWHERE[code][at](bad)
    assert coded(findings_in(folder, bad)) == [(code, *place)]
