"""How long check takes over 1,000 questionnaires of 15 KB: python tests/benchmarks/checking.py [FILES]

Beside check-jsonschema with our schema and yamllint (pip install check-jsonschema yamllint), where they are installed,
and beside reading the same files with nothing but our reader and models.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from pairs import Command, compare, seconds

ours: list[str | Path] = [sys.executable, "-m", "cvp"]
READ_ONLY = """
import sys
from pathlib import Path
from cvp.questionnaire import Questionnaire
from cvp.reading import read_document
for path in sorted(Path(sys.argv[1]).glob("*.yaml")):
    Questionnaire.model_validate(read_document(path).data)
"""


def questionnaire(number: int) -> str:
    """A sound questionnaire of 45 criteria and about 15 KB, unlike any of another number."""
    levels = "".join(f"  {level}: {{name: Level {level}, pass: 0.7}}\n" for level in (1, 2, 3, 4))
    criteria = "".join(_criterion(number, index) for index in range(45))
    lifts = ", ".join(f"c{index}: 1" for index in range(45))
    return (
        f'cvp: 1\nid: q{number}\nversion: "1.0.0"\ntitle: Number {number}\nperspective: company\n'
        "sources:\n  lee: {author: Bill Lee, title: The Level 4 Customer Value Proposition, year: 2013}\n"
        "choices:\n  share:\n"
        "    - {value: none, label: None that we know of, score: 0}\n"
        "    - {value: few, label: Fewer than one in four, score: 0.4}\n"
        "    - {value: half, label: About half, score: 0.7}\n"
        "    - {value: most, label: At least three in four, score: 1}\n"
        f"levels:\n{levels}criteria:\n{criteria}"
        f"recommendations:\n  - id: all\n    label: Do everything at once\n    lifts: {{{lifts}}}\n    effort: L\n"
        "    first_step: On Monday, call five buyers.\n    customer_gain: Everything gets better for them.\n"
    )


def _criterion(number: int, index: int) -> str:
    return (
        f"  - id: c{index}\n    level: {index % 4 + 1}\n"
        f"    label: How many of your {number} buyers in segment {index} would say so?\n"
        f"    hint: Think of the last {index + 3} buyers that you spoke to.\n"
        f"    guidance: Ask for the names of the {index + 3} buyers, and for what each wrote. A guess without a\n"
        f"      list of {number % 7 + 2} names is a don't-know.\n"
        f"    choices: share\n    weight: {1 + index % 3 / 2}\n    source: lee\n"
    )


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary, "files")
        folder.mkdir()
        for number in range(count):
            (folder / f"q{number:05}.yaml").write_text(questionnaire(number))
        print(f"{count} files of {len(questionnaire(0)) / 1000:.1f} KB, {os.cpu_count()} cores")
        _compare(folder, Path(temporary))


def _compare(folder: Path, temporary: Path) -> None:
    os.environ["CVP_CACHE_DIR"] = str(temporary / "cache")
    read_only = temporary / "read_only.py"
    read_only.write_text(READ_ONLY)
    schema = temporary / "schema.json"
    schema.write_bytes(subprocess.run([*ours, "schema", "questionnaire"], check=True, capture_output=True).stdout)
    baseline: Command = [sys.executable, read_only, folder]
    one_core: Command = [*ours, "check", "--no-cache", "--jobs", "1", folder]
    compare("one core, against reading alone", one_core, baseline, rounds=3)
    compare("two cores, against one", [*ours, "check", "--no-cache", "--jobs", "2", folder], one_core, rounds=3)
    seconds([*ours, "check", folder])  # fills the cache
    compare("an unchanged tree, against one core", [*ours, "check", folder], one_core, rounds=3)
    tools = Path(sys.executable).parent
    if checker := shutil.which("check-jsonschema", path=tools):
        files = sorted(folder.glob("*.yaml"))
        compare("one core, against check-jsonschema", one_core, [checker, "--schemafile", schema, *files], rounds=1)
    if linter := shutil.which("yamllint", path=tools):
        compare("one core, against yamllint", one_core, [linter, "-d", "relaxed", folder], rounds=1)


if __name__ == "__main__":
    main()
