"""The real program in a real pseudo-terminal."""

import os
import sys
from pathlib import Path
from typing import Any, Final

import pexpect

PROMPT: Final = "\r\n> "


class Terminal:
    """One run of `cvp` with these arguments in `folder`, its interview in plain lines, and what it says."""

    def __init__(self, folder: Path, *arguments: str, size: tuple[int, int] = (24, 80), **environment: str) -> None:
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "LC_ALL") if name in os.environ}
        self.folder = folder
        self.child: Any = pexpect.spawn(
            sys.executable,
            ["-m", "cvp", *arguments],
            cwd=str(folder),
            env={**kept, "TERM": "xterm", "PYTHONUTF8": "1", "CVP_PLAIN": "1", **environment},
            dimensions=size,
            encoding="utf-8",
            codec_errors="backslashreplace",
            timeout=30,
        )
        self.child.delaybeforesend = None

    def screen(self) -> str:
        """What is shown up to the next prompt."""
        return self.until(PROMPT)

    def until(self, text: str) -> str:
        """What is shown up to this text."""
        self.child.expect_exact(text)
        return str(self.child.before).replace("\r\n", "\n")

    def say(self, *lines: str) -> str:
        """Types each line at a prompt; gives the screen after the last."""
        shown = ""
        for line in lines:
            self.child.sendline(line)
            shown = self.screen()
        return shown

    def end(self) -> tuple[int, str]:
        """How it ended (a signal is negative), and what was said to the end."""
        self.child.expect(pexpect.EOF)
        self.child.close()
        code = self.child.exitstatus if self.child.signalstatus is None else -self.child.signalstatus
        return code, str(self.child.before).replace("\r\n", "\n")

    def end_with_echo(self) -> tuple[int, str]:
        """The same, of a run that must have put the terminal's echo back before it ended."""
        code, said = 0, ""
        self.child.expect(pexpect.EOF)
        assert self.child.getecho(), "what is typed is shown again"
        said = str(self.child.before).replace("\r\n", "\n")
        self.child.close()
        code = self.child.exitstatus if self.child.signalstatus is None else -self.child.signalstatus
        return code, said
