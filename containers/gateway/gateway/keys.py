"""Providers' keys: asked of the desk once for each version of a secret, then remembered."""

import asyncio
from typing import Protocol

from gateway.snapshot import Route

MOST_KEYS = 2000


class Safe(Protocol):
    async def secret(self, name: str, version: str) -> str:
        """Raises Unavailable."""


class Keys:
    """A rotated key has a new version, and so is a question that was not asked yet."""

    def __init__(self, safe: Safe) -> None:
        self._safe = safe
        self._known: dict[tuple[str, str], asyncio.Task[str]] = {}

    async def of(self, route: Route) -> str | None:
        """The key of a model's provider, None if it needs none. Raises Unavailable."""
        if not route.secret:
            return None
        name = (route.secret, route.secret_version)
        task = self._known.get(name)
        if task is None or (task.done() and (task.cancelled() or task.exception())):
            task = asyncio.create_task(self._safe.secret(*name))
            self._known[name] = task
            while len(self._known) > MOST_KEYS:
                del self._known[next(iter(self._known))]
        # Whoever puts a secret by hand often ends it with a line break.
        return (await asyncio.shield(task)).strip()
