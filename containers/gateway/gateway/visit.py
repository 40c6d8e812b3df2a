"""One request of one client: what is known of it so far, for whoever is told of it at its end."""

import time
from typing import TYPE_CHECKING

from gateway.errors import Dialect
from gateway.grants import Caller
from gateway.http1.exchange import Exchange
from gateway.paths import dialect
from gateway.tracing.context import Trace
from gateway.usage.record import Record, Tokens

if TYPE_CHECKING:
    from gateway.grounding.grounds import Grounds
    from gateway.keeping.wish import Place

NOBODY = Caller("", frozenset(), None)


class Visit:
    """An exchange with its caller and its times. `status` is 0 until it is answered.

    `place` is where its answer belongs, and `kept` says that it is read on after its end.
    """

    __slots__ = (
        "_first",
        "began",
        "caller",
        "came_at",
        "exchange",
        "grounds",
        "id",
        "kept",
        "model",
        "operation",
        "place",
        "served",
        "settled",
        "status",
        "streamed",
        "tokens",
        "trace",
    )

    def __init__(self, exchange: Exchange, trace: Trace, came_at: float) -> None:
        self.exchange = exchange
        self.trace = trace
        self.id = trace.request_id.encode()
        self.came_at = came_at
        self.began = trace.began
        self.caller = NOBODY
        self.grounds: Grounds | None = None
        self.place: Place | None = None
        self.kept = False
        self.operation = ""
        self.model = ""
        self.served = ""
        self.status = 0
        self.streamed = False
        self.tokens = Tokens()
        self.settled = False
        self._first: float | None = None

    @property
    def dialect(self) -> Dialect:
        return dialect(self.exchange.path)

    def first_byte(self) -> None:
        self._first = time.perf_counter()

    def record(self) -> Record:
        now = time.perf_counter()
        first = None if self._first is None else 1000 * (self._first - self.began)
        return Record(
            request_id=self.trace.request_id,
            at=self.came_at,
            user=self.caller.username,
            token_id=self.caller.token_id,
            groups=self.caller.groups,
            model=self.model,
            served=self.served,
            operation=self.operation,
            status=self.status,
            streamed=self.streamed,
            milliseconds=1000 * (now - self.began),
            first_token=first if self.streamed else None,
            tokens=self.tokens,
            passages=None if self.grounds is None else len(self.grounds.passages),
        )
