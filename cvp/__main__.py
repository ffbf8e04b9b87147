"""The command `cvp`, and `python -m cvp`."""

import gc
import os
import sys
from contextlib import suppress
from pathlib import Path


def main() -> None:
    """Runs cvp, and exits with what commands.py says; help and version that cannot be written exit with 3 or 141."""
    try:
        if sys.stdout is None:
            raise OSError(None, "standard output is closed")
        _run()
        sys.stdout.flush()
    except OSError as error:
        from cvp.commands.failing import COULD_NOT, READER_GONE, give_up_output, say

        give_up_output()
        if isinstance(error, BrokenPipeError):
            sys.exit(READER_GONE)
        say(f"cvp: could not write the output: {(error.strerror or str(error)).lower()}")
        sys.exit(COULD_NOT)


def _run() -> None:
    if sys.argv[1:] == ["--version"]:  # before anything is imported, since scripts ask it all day
        from cvp import __version__

        sys.stdout.write(f"cvp {__version__}\n")
        return
    # Nearly all that is made at the start stays to the end; walking it for garbage takes a twentieth of a short run.
    gc.set_threshold(200_000)
    # cvp has no plug-ins of pydantic's, and looking for them takes as long as reading a questionnaire.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    from cvp.commands import app

    try:
        app(prog_name="cvp")
    finally:
        gc.freeze()  # nor has it to be walked at the end, when all of it goes
        if sys.stdout is not sys.__stdout__:  # Typer hides a closed pipe behind a wrapper, and would exit with 1
            raise BrokenPipeError
        assert sys.stdout  # as main has seen
        sys.stdout.flush()


if __name__ == "__main__":
    # Run as a module, Python would import a yaml.py or rich.py that lies in the current folder.
    with suppress(OSError):  # a working directory that is gone holds nothing
        if sys.path and Path(sys.path[0] or ".").resolve() == Path.cwd():
            del sys.path[0]
    main()
