"""What people did, how long it took them, and what the product promised them."""

import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Answer:
    """An answer that was read to its end and stored: it must be there, word by word."""

    credential: str
    session: str
    message: str
    text: str


@dataclass(frozen=True)
class Call:
    """One call: what it was, how many seconds it took, and what went wrong (empty: nothing)."""

    kind: str
    seconds: float
    fault: str = ""


@dataclass
class Ledger:
    """Everybody writes into one; threads may."""

    calls: list[Call] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    documents: list[str] = field(default_factory=list)
    requests: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    tokens: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @contextmanager
    def timed(self, kind: str) -> Iterator[Callable[[], None]]:
        """Note a call: how long it took, to the end of the block or to where it calls what it got.

        A fault is noted, too, and goes on to the caller.
        """
        began, fault = time.monotonic(), ""
        ended: list[float] = []
        try:
            yield lambda: ended.append(time.monotonic())
        except Exception as error:
            fault = f"{error!r}"[:200]
            raise
        finally:
            self._note(Call(kind, min([*ended, time.monotonic()]) - began, fault))

    def _note(self, call: Call) -> None:
        with self._lock:
            self.calls.append(call)

    def promised(self, answer: Answer) -> None:
        with self._lock:
            self.answers.append(answer)

    def uploaded(self, name: str) -> None:
        with self._lock:
            self.documents.append(name)

    def served(self, person: str, tokens: int) -> None:
        """One answered request of the gateway and the tokens that its usage told."""
        with self._lock:
            self.requests[person] += 1
            self.tokens[person] += tokens


def by_kind(calls: Sequence[Call]) -> Mapping[str, Sequence[Call]]:
    """The calls of each kind, kinds in the order of the alphabet."""
    kinds: dict[str, list[Call]] = defaultdict(list)
    for call in calls:
        kinds[call.kind].append(call)
    return dict(sorted(kinds.items()))
