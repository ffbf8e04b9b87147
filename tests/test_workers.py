"""Work on several cores: the order of the results, processes that are killed, what waits and what is left over."""

import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Iterable
from functools import partial
from itertools import chain
from pathlib import Path

import pytest
from real import needs

from cvp.workers import AHEAD, CHUNK, MANY, spread
from cvp.workers.crew import Method
from cvp.workers.interruptions import uninterrupted

MANY_ITEMS = range(5 * CHUNK + 3)
METHODS = pytest.mark.parametrize("method", [None, "spawn"])


def told(item: int) -> str:
    return f"{item} killed it"


def killing(item: int) -> str:
    if item in (0, 17, 18, 40):
        os.kill(os.getpid(), signal.SIGKILL)
    return str(item)


def killed_once(item: int, folder: Path) -> str:
    if item % 20 == 5:
        try:
            (folder / str(item)).mkdir()
        except FileExistsError:
            return "in the end"
        os.kill(os.getpid(), signal.SIGKILL)
    return str(item)


def failing(item: int) -> str:
    if item == 2 * CHUNK:
        raise LookupError("the third chunk")
    return str(item)


def process(_item: int) -> int:
    return os.getpid()


def waiting_at_the_first(item: int, folder: Path) -> int:
    """How many others are done by the time that no more are."""
    if item:
        (folder / str(item)).mkdir()
        return 0
    seen = -1
    while seen < (seen := len(list(folder.iterdir()))) or not seen:
        time.sleep(0.5)
    return seen


def flat(chunks: Iterable[list[str]]) -> list[str]:
    return [*chain.from_iterable(chunks)]


@METHODS
def test_items_that_kill_their_process_are_told_and_no_others(method: Method) -> None:
    needs(sys.platform != "win32", "there are no such signals")
    results = flat(spread(killing, MANY_ITEMS, told, 2, method))
    assert results == [told(item) if item in (0, 17, 18, 40) else str(item) for item in MANY_ITEMS]


def test_an_item_whose_process_is_killed_once_has_its_result(tmp_path: Path) -> None:
    needs(sys.platform != "win32", "there are no such signals")
    results = flat(spread(partial(killed_once, folder=tmp_path), MANY_ITEMS, told, 2))
    assert results == ["in the end" if item % 20 == 5 else str(item) for item in MANY_ITEMS]


@METHODS
def test_what_the_work_raises_is_raised_in_its_turn(method: Method) -> None:
    results = spread(failing, MANY_ITEMS, told, 2, method)
    assert flat([next(results), next(results)]) == [str(item) for item in range(2 * CHUNK)]
    with pytest.raises(LookupError, match="the third chunk"):
        next(results)
    assert multiprocessing.active_children() == []


def test_who_looks_no_further_leaves_no_process() -> None:
    before = signal.getsignal(signal.SIGTERM)
    results = spread(process, MANY_ITEMS, lambda _: 0, 2)
    assert os.getpid() not in next(results)
    results.close()
    assert multiprocessing.active_children() == []
    assert signal.getsignal(signal.SIGTERM) is before


def test_few_items_and_one_core_start_no_process() -> None:
    for items, jobs in ((range(MANY - 1), 2), (MANY_ITEMS, 1)):
        results = list(spread(process, items, lambda _: 0, jobs))
        assert {pid for chunk in results for pid in chunk} == {os.getpid()}


def test_no_more_than_a_few_results_wait_for_their_turn(tmp_path: Path) -> None:
    items = range(4 * AHEAD * CHUNK)
    first = next(spread(partial(waiting_at_the_first, folder=tmp_path), items, lambda _: 0, 2))[0]
    assert 0 < first <= (2 * AHEAD - 1) * CHUNK < len(items)


def test_an_interruption_comes_after_what_is_done_as_a_whole() -> None:
    done = False
    with pytest.raises(KeyboardInterrupt), uninterrupted():
        signal.raise_signal(signal.SIGINT)
        done = True
    assert done
