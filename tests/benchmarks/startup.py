"""How long cvp takes to start, against a Typer hello-world that runs its command: python tests/benchmarks/startup.py"""

import compileall
import sys
import tempfile
from pathlib import Path

from checking import questionnaire
from pairs import Command, compare

import cvp
from cvp.catalogue import folder

HELLO = """
import typer
app = typer.Typer()
@app.command()
def main(name: str = "world"):
    print(f"hello {name}")
if __name__ == "__main__":
    app()
"""


def main() -> None:
    compileall.compile_dir(Path(cvp.__file__).parent, quiet=2)
    ours: list[str | Path] = [sys.executable, "-m", "cvp"]
    with tempfile.TemporaryDirectory() as temporary:
        hello = Path(temporary, "hello.py")
        hello.write_text(HELLO)
        small = Path(temporary, "q0.yaml")
        small.write_text(questionnaire(0))
        answers = Path(temporary, "answers.yaml")
        answers.write_text(_answers())
        large, zipcar = folder() / "level4.yaml", folder() / "cases" / "zipcar.yaml"
        baseline: Command = [sys.executable, hello]
        print(f"{'command':<44}{'cvp':>11}{'hello':>12}")
        compare("--version", [*ours, "--version"], baseline)
        compare("--help", [*ours, "--help"], baseline)
        for sheet, asked in ((answers, small), (zipcar, large)):
            size = f"{asked.stat().st_size / 1000:.0f} KB"
            compare(f"assess --answers, {size} questionnaire", [*ours, "assess", "--answers", sheet], baseline)
            compare("the same as JSON", [*ours, "assess", "--answers", sheet, "--format", "json"], baseline)
            compare(f"check of one questionnaire, {size}", [*ours, "check", asked], baseline)


def _answers() -> str:
    """Answers to all questions of the small questionnaire."""
    given = "".join(f"  c{index}: {('few', 'half', 'most')[index % 3]}\n" for index in range(45))
    return f'cvp: 1\nquestionnaire: q0\nversion: "1.0.0"\ncompany: Acme\ndate: 2013-02-12\nanswers:\n{given}'


if __name__ == "__main__":
    main()
