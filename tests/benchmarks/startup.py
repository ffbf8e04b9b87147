"""How long cvp takes to start, against a Typer hello-world that runs its command: python tests/benchmarks/startup.py"""

import compileall
import sys
import tempfile
from pathlib import Path

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
    zipcar = folder() / "cases" / "zipcar.yaml"
    with tempfile.TemporaryDirectory() as temporary:
        hello = Path(temporary, "hello.py")
        hello.write_text(HELLO)
        baseline: Command = [sys.executable, hello]
        print(f"{'command':<44}{'cvp':>11}{'hello':>12}")
        compare("--version", [*ours, "--version"], baseline)
        compare("--help", [*ours, "--help"], baseline)
        compare("assess --answers, 269 KB questionnaire", [*ours, "assess", "--answers", zipcar], baseline)
        compare("the same as JSON", [*ours, "assess", "--answers", zipcar, "--format", "json"], baseline)
        compare("check of one questionnaire, 269 KB", [*ours, "check", folder() / "level4.yaml"], baseline)


if __name__ == "__main__":
    main()
