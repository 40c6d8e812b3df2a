"""What a service's wiring composes: each port made by whoever first asks, unless one is placed."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from typing import Any


class Composition:
    """Ports by the names of the functions that compose them, e.g. `rows`."""

    def __init__(self) -> None:
        self._placed: dict[str, Any] = {}

    @contextmanager
    def use(self, ports: Mapping[str, object]) -> Iterator[None]:
        """Place other implementations until the block ends."""
        before = self._placed
        self._placed = {**before, **ports}
        try:
            yield
        finally:
            self._placed = before

    def kept[Port](self, compose: Callable[[], Port]) -> Callable[[], Port]:
        """A port that is composed once in a process."""
        return self.joint(cache(compose))

    def joint[Port](self, compose: Callable[[], Port]) -> Callable[[], Port]:
        """A port that stands on others: made anew each time, for these may be placed since."""
        name = compose.__name__
        return lambda: self._placed[name] if name in self._placed else compose()
