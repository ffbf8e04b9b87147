"""What a finding is known by from one run to the next, so that a server can say which are new."""

import json
import re
from collections import Counter
from collections.abc import Iterable
from hashlib import sha256
from typing import Final

from cvp.diagnostics.names import name_here
from cvp.finding import Finding

_PLACE: Final = re.compile(r"\b\d+:\d+\b")


def fingerprints(findings: Iterable[Finding]) -> tuple[str, ...]:
    """One each, no two the same: made of the file's name, the rule and the message, of no line number.

    Lines that are added above a finding do not change it. Findings that are alike are told apart by their order.
    """
    seen: Counter[tuple[str, str, str]] = Counter()
    made = []
    for finding in findings:
        essence = (name_here(finding.file), finding.code, _PLACE.sub("", finding.message))
        made.append(sha256(json.dumps([*essence, seen[essence]]).encode()).hexdigest()[:32])
        seen[essence] += 1
    return tuple(made)
