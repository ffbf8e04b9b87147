"""Garbage is looked for at intervals, and not where it would hold up a key for a twentieth of a second."""

import asyncio
import contextlib
import gc
from collections.abc import AsyncIterator
from typing import Final

INTERVAL: Final = 10
"""Seconds."""


@contextlib.asynccontextmanager
async def collected_at_intervals() -> AsyncIterator[None]:
    """What is there already is not looked at again until the block is left."""
    enabled = gc.isenabled()
    gc.freeze()
    gc.disable()
    collecting = asyncio.create_task(_collect())
    try:
        yield
    finally:
        collecting.cancel()
        gc.unfreeze()
        if enabled:
            gc.enable()


async def _collect() -> None:
    while True:
        await asyncio.sleep(INTERVAL)
        gc.collect()
