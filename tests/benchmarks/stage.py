"""How long the stage takes to draw each key in a real terminal: python tests/benchmarks/stage.py [COLUMNS LINES]

From the key to the first byte that answers it, and to the last, at the slowest of a few presses, in a room of 20 on
`level4`. What the interview itself needs is in it; benchmarks/interview.py measures that alone. The first line is the
start. Esc waits a tenth of a second by intent: arrows begin with it.
"""

import fcntl
import os
import pty
import select
import struct
import sys
import termios
import time
from collections import defaultdict
from typing import Final

TARGET_MS: Final = 50
QUIET: Final = 0.15
"""Seconds without output after which a key is answered."""
ROUNDS: Final = 4
KEYS: Final = (
    *("4", "?", "s", "b", "n", "u", "r", "m", "h", "l", "a", "help", "\x1b[B", "\x1b[A", "t"),
    *("v", "3", "2", "u", "?", "s", "b", "v!", "x", "\x1b", "e", "\x1b"),
)
PROGRAM: Final = """
from cvp.interview.stage import run
from cvp.interview.state import start
from cvp.loading import load_questionnaire
run(start(load_questionnaire("level4"), company="Acme"), keep=lambda _: None)
"""


def answered(terminal: int, quiet: float = QUIET) -> tuple[float, float]:
    """Milliseconds until the first and the last byte of what comes now."""
    begun = time.perf_counter()
    came = []
    while select.select([terminal], [], [], quiet)[0]:
        try:
            os.read(terminal, 65536)
        except OSError:  # the end, as Linux tells it
            break
        came.append((time.perf_counter() - begun) * 1000)
    return (came[0], came[-1]) if came else (0, 0)


def main(columns: int = 120, lines: int = 40) -> None:
    child, terminal = pty.fork()
    if not child:
        os.environ.update(TERM="xterm-256color", COLORTERM="truecolor", PYTHONUTF8="1")
        os.execv(sys.executable, [sys.executable, "-c", PROGRAM])
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
    print("{:7.1f} ms first {:7.1f} ms last  start".format(*answered(terminal, 2)))
    os.write(terminal, b":room 20\r")
    answered(terminal, 1)
    took: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for _ in range(ROUNDS):
        for key in KEYS:
            words = len(key) > 1 and key.isprintable()
            if words:
                os.write(terminal, f":{key}".encode())
                answered(terminal)
            os.write(terminal, b"\r" if words else key.encode())
            took[key].append(answered(terminal))
    os.write(terminal, b"\x03")
    answered(terminal, 1)
    os.close(terminal)
    os.waitpid(child, 0)
    for key, times in sorted(took.items(), key=lambda item: -max(last for _, last in item[1])):
        first, last = (max(column) for column in zip(*times, strict=True))
        print(f"{first:7.1f} ms first {last:7.1f} ms last  {key!r}{'  slow' if last > TARGET_MS else ''}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
