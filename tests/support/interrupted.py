"""Ports that tell of every call, so that a test can let anything happen between any two of them."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from repositories import wiring
from tests.support.document_world import DocumentWorld


@dataclass
class Moment:
    """Something that happens just before, or just after, the `at`-th call of a port."""

    at: int
    what: Callable[[], None]
    after: bool = False
    calls: list[str] = field(default_factory=list)

    def around(self, name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def called(*given: Any, **named: Any) -> Any:
            self.calls.append(name)
            due = len(self.calls) == self.at
            if due and not self.after:
                self._let_happen()
            result = call(*given, **named)
            if due and self.after:
                self._let_happen()
            return result

        return called

    def _let_happen(self) -> None:
        # Generations are milliseconds: what comes later comes in a later one.
        time.sleep(0.004)
        self.what()
        time.sleep(0.004)

    @property
    def came(self) -> bool:
        """Whether so many calls were made."""
        return len(self.calls) >= self.at


class Told:
    """A port whose every call a moment is told of; so are those of a store that it hands out."""

    def __init__(self, port: Any, moment: Moment) -> None:
        self._port, self._moment = port, moment

    def __getattr__(self, name: str) -> Any:
        call = getattr(self._port, name)
        if name == "store":
            return lambda *given: Told(call(*given), self._moment)
        return self._moment.around(name, call)


@contextmanager
def interrupted(world: DocumentWorld, moment: Moment) -> Iterator[None]:
    """Steps use ports that tell the moment; what the test itself does to the world is not told."""
    with wiring.use(
        documents=Told(world.documents, moment),
        files=Told(world.files, moment),
        staging=Told(world.staging, moment),
        embedder=Told(world.embedder, moment),
        places=Told(world.places, moment),
    ):
        yield
