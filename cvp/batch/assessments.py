"""Full assessments, a file a row, and an index of them."""

import csv
import hashlib
import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from cvp.assessment import Assessment
from cvp.batch.telling import disk
from cvp.batch.writing import beside
from cvp.reports.spreadsheet import guarded
from cvp.saving import save
from cvp.text import one_line

INDEX: Final = "index.csv"
_LONGEST: Final = 40


def write_assessments(found: Iterable[tuple[str, Assessment]], folder: Path) -> int:
    """Writes `slug-8hex.json` for each, and the index; gives how many. Raises Unwritable."""
    with disk(str(folder)):
        folder.mkdir(parents=True, exist_ok=True)
    taken: set[str] = set()
    with beside(folder / INDEX) as temporary, temporary.open("w", encoding="utf-8", newline="") as index:
        writer = csv.writer(index, lineterminator="\n")
        writer.writerow(["file", "name", "level", "low", "high"])
        for name, assessment in found:
            file = file_name(name, taken)
            taken.add(file)
            save(str(folder / file), assessment.to_json().encode())
            writer.writerow([file, guarded(one_line(name)), assessment.level, assessment.low, assessment.high])
    return len(taken)


def file_name(name: str, taken: Iterable[str] = ()) -> str:
    """A name of letters, digits and hyphens that is none of those `taken`: it never leaves its folder."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain)[:_LONGEST].strip("-") or "row"
    digest = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    file, number = f"{slug}-{digest}.json", 1
    while file in taken:
        number += 1
        file = f"{slug}-{digest}-{number}.json"
    return file
