"""The command `cvp`, and `python -m cvp`."""

import gc
import os
import sys
from pathlib import Path


def main() -> None:
    """Runs cvp. `--version` is answered before anything is imported, since scripts ask it all day."""
    if sys.argv[1:] == ["--version"]:
        from cvp import __version__

        sys.stdout.write(f"cvp {__version__}\n")
        return
    # Nearly all that is made at the start stays to the end; walking it for garbage takes a twentieth of a short run.
    gc.set_threshold(50_000)
    # cvp has no plug-ins of pydantic's, and looking for them takes as long as reading a questionnaire.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    from cvp.commands import app

    app(prog_name="cvp")


if __name__ == "__main__":
    # Run as a module, Python would import a yaml.py or rich.py that lies in the current folder.
    if sys.path and Path(sys.path[0] or ".").resolve() == Path.cwd():
        del sys.path[0]
    main()
