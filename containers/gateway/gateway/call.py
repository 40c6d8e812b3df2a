"""One call of one client: what is known of it so far, for whoever is told of it at its end."""

import time

from gateway.grants import Caller
from gateway.http1.exchange import Exchange
from gateway.observer import Observer
from gateway.usage.record import Record, Tokens

NOBODY = Caller("", frozenset(), None)


class Call:
    """An exchange with its name, its caller and its times. `status` is 0 until it is answered."""

    __slots__ = (
        "_began",
        "_first",
        "caller",
        "exchange",
        "id",
        "model",
        "operation",
        "served",
        "settled",
        "started_at",
        "status",
        "streamed",
        "tokens",
        "trace",
    )

    def __init__(self, exchange: Exchange, observer: Observer) -> None:
        self.exchange = exchange
        self.started_at = time.time()
        self._began = time.perf_counter()
        self.trace = observer.begin(exchange.headers, self.started_at, self._began)
        self.id = self.trace.request_id.encode("ascii")
        self.caller = NOBODY
        self.operation = ""
        self.model = ""
        self.served = ""
        self.status = 0
        self.streamed = False
        self.tokens = Tokens()
        self.settled = False
        self._first: float | None = None

    def first_byte(self) -> None:
        self._first = time.perf_counter()

    def record(self) -> Record:
        first = None if self._first is None else 1000 * (self._first - self._began)
        return Record(
            request_id=self.id.decode(),
            at=self.started_at,
            user=self.caller.username,
            token_id=self.caller.token_id,
            groups=self.caller.groups,
            model=self.model,
            served=self.served,
            operation=self.operation,
            status=self.status,
            streamed=self.streamed,
            milliseconds=1000 * (time.perf_counter() - self._began),
            first_token=first if self.streamed else None,
            tokens=self.tokens,
        )
