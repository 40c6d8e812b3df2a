"""Work that ends when its caller leaves."""

import asyncio
from collections.abc import Coroutine
from typing import Any

# Seconds between two attempts to stop what nobody waits for any more.
CANCEL_AGAIN = 0.1


async def unless_left(work: Coroutine[Any, Any, None]) -> None:
    """Do the work; when its caller leaves, and we are cancelled for it, it ends before we do."""
    task = asyncio.ensure_future(work)
    try:
        await asyncio.wait({task})
        task.result()
    finally:
        while not task.done():
            # Again until it ends: what others catch on their way down may swallow the first.
            task.cancel()
            await asyncio.wait({task}, timeout=CANCEL_AGAIN)
