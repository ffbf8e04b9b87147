"""The table of all rules in the README: python tests/rules_table.py"""

import sys

from cvp.rules import RULES

FAMILIES = {
    "1": "File",
    "2": "References",
    "3": "Measurement",
    "4": "Wording",
    "5": "Answers",
    "6": "Against an earlier version",
    "7": "Comments that let a finding pass",
}


def rules_table() -> str:
    """Markdown: a heading line a family, a row a rule."""
    lines = ["| id | name | severity | what it finds |", "|---|---|---|---|"]
    family = ""
    for rule in sorted(RULES, key=lambda rule: rule.code):
        if rule.family != family:
            family = rule.family
            lines.append(f"| | | | **{FAMILIES[family]}** |")
        lines.append(f"| {rule.code} | {rule.name} | {rule.severity.label} | {rule.title} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.stdout.write(rules_table())
