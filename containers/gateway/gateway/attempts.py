"""Whom to ask, and whom to ask next when that fails. Pure: the caller brings the time.

Retries, fallbacks and cooldowns are decided here for both lanes, not by LiteLLM's Router: so a
fallback crosses lanes, and nobody reaches a model by it that he may not call himself.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field

from gateway.snapshot import Route

# What may pass when asked again: overload, restarts, gateways' own failures (529 is Anthropic's).
PASSING = frozenset({408, 409, 425, 429, 500, 502, 503, 504, 529})
FIRST_PAUSE = 0.25
LONGEST_PAUSE = 5.0


@dataclass
class Cooldowns:
    """Models that failed a moment ago, and until when others are asked before them.

    A model that fails is passed over only in favour of another: one that has no fallback is always
    asked, for a failing model must not become an outage of its own.
    """

    _until: dict[str, float] = field(default_factory=dict)

    def ordered(self, routes: Sequence[Route], now: float) -> Sequence[Route]:
        if len(routes) == 1 or not self._until:
            return routes
        return sorted(routes, key=lambda route: self._until.get(route.model_id, 0.0) > now)

    def failed(self, route: Route, now: float) -> None:
        if route.cooldown_seconds:
            self._until[route.model_id] = now + route.cooldown_seconds

    def worked(self, route: Route) -> None:
        if self._until:
            self._until.pop(route.model_id, None)


def pause(attempt: int, retry_after: float | None) -> float:
    """Seconds before the next attempt: what the upstream asked for, else growing and spread."""
    if retry_after is not None:
        return min(retry_after, LONGEST_PAUSE)
    spread = 1 + random.random()  # noqa: S311  (so that many callers do not come back at once)
    return min(FIRST_PAUSE * float(2**attempt) * spread, LONGEST_PAUSE)
