"""The edge: an ASGI app that answers for the models, or hands the request to one of them."""

import secrets
import time

from gateway import errors, routes
from gateway.access import Access
from gateway.asgi import (
    Headers,
    Message,
    Receive,
    Scope,
    Send,
    answer,
    dump,
    json_object,
    read_body,
    refuse,
    while_connected,
)
from gateway.errors import ClientGone, Refusal
from gateway.forward import BrokenAnswer, Request, Upstreams, forward
from gateway.grants import Caller
from gateway.headers import is_event_stream
from gateway.log import say
from gateway.shared_snapshot import Follower
from gateway.usage.including import WithoutUsage, asking, asking_in, must_ask
from gateway.usage.reading import Meter
from gateway.usage.record import Record
from gateway.usage.spool import Spool

LEFT = 499


class Edge:
    def __init__(
        self,
        follower: Follower,
        access: Access,
        upstreams: Upstreams,
        max_body: int,
        spool: Spool | None = None,
    ) -> None:
        self._follower = follower
        self._access = access
        self._upstreams = upstreams
        self._max_body = max_body
        self._spool = spool

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        exchange = Exchange(scope, receive, send)
        try:
            await self._serve(exchange)
        except Refusal as refusal:
            await exchange.refuse(refusal)
        except ClientGone:
            exchange.status = LEFT
        except BrokenAnswer:
            say("upstream broke off", request=exchange.id)
        except Exception as error:  # noqa: BLE001  (the boundary: an answer for every request)
            say("internal error", request=exchange.id, cause=repr(error)[:500])
            await exchange.refuse(errors.own_failure())
        finally:
            exchange.log()

    async def _serve(self, exchange: "Exchange") -> None:
        wish = routes.wish(exchange.method, exchange.path)
        snapshot = self._follower.current
        if wish.action == "health":
            if snapshot is None:
                raise errors.models_unknown()
            return await exchange.answer({"status": "ok"})
        version = snapshot.versions.tokens if snapshot else 0
        caller = await self._access.caller(exchange.headers, version)
        if wish.action == "list":
            return await exchange.answer(routes.listing(snapshot, caller.groups))
        if wish.action == "retrieve":
            route = routes.find(snapshot, wish.subject, caller.groups)
            return await exchange.answer(routes.description(route))
        await self._infer(exchange, wish.subject, caller)

    async def _infer(self, exchange: "Exchange", operation: str, caller: Caller) -> None:
        groups = caller.groups
        body = await read_body(exchange.receive, self._max_body)
        payload = json_object(body)
        model = payload.get("model")
        if not isinstance(model, str) or not model:
            raise errors.no_model()
        exchange.model = model[:200]
        stream = bool(payload.get("stream"))
        routes.check(routes.find(self._follower.current, model, groups), operation, stream)
        told = Told(exchange, caller, operation, self._spool)
        strip = must_ask(operation, payload)
        if strip:
            body = asking_in(body, payload) or dump(asking(payload))
            payload = asking(payload)
        request = Request(model, operation, payload, body, exchange.headers, exchange.id)

        def locate() -> routes.Target:
            return routes.target(routes.find(self._follower.current, model, groups))

        told.without = WithoutUsage() if strip else None
        try:
            await while_connected(
                exchange.receive, forward(self._upstreams, request, locate, told.send)
            )
        except Refusal as refusal:
            exchange.status = refusal.status
            told.keep()
            exchange.status = 0
            raise
        except (ClientGone, BrokenAnswer):
            exchange.status = exchange.status or LEFT
            told.keep()
            raise


class Told:
    """What one request used, told once, before the last bytes of its answer."""

    def __init__(
        self, exchange: "Exchange", caller: Caller, operation: str, spool: Spool | None
    ) -> None:
        self.without: WithoutUsage | None = None
        self._exchange = exchange
        self._caller = caller
        self._operation = operation
        self._spool = spool
        self._meter = Meter()
        self._streamed = False
        self._first: float | None = None

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._streamed = is_event_stream(message["headers"])
            if not self._streamed:
                self.without = None
            return await self._exchange.send(message)
        chunk = message.get("body", b"")
        if chunk:
            if self._streamed and self._first is None:
                self._first = self._exchange.milliseconds()
            self._meter.feed(chunk)
        last = not message.get("more_body")
        if self.without:
            chunk = self.without.feed(chunk) if chunk else b""
            chunk += self.without.rest() if last else b""
        if last:
            self.keep()
        if chunk or last:
            await self._exchange.send({**message, "body": chunk})

    def keep(self) -> None:
        if self._spool is None:
            return
        spool, self._spool = self._spool, None
        exchange = self._exchange
        spool.write(
            Record(
                request_id=exchange.id,
                at=time.time() - exchange.milliseconds() / 1000,
                user=self._caller.username,
                token_id=self._caller.token_id,
                groups=self._caller.groups,
                model=exchange.model,
                served=exchange.model if exchange.status < 400 else "",
                operation=self._operation,
                status=exchange.status,
                streamed=self._streamed,
                milliseconds=exchange.milliseconds(),
                first_token=self._first,
                tokens=self._meter.tokens(),
            )
        )


class Exchange:
    """One request and its answer, with what the access log says about them."""

    def __init__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.id = f"req_{secrets.token_hex(12)}"
        self.method: str = scope["method"]
        self.path: str = scope["path"]
        self.headers: Headers = scope["headers"]
        self.receive = receive
        self.status = 0
        self.model = ""
        self._send = send
        self._began = time.monotonic()

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
        await self._send(message)

    def milliseconds(self) -> float:
        return round(1000 * (time.monotonic() - self._began), 3)

    async def answer(self, payload: object) -> None:
        await answer(self.with_id, 200, dump(payload))

    async def refuse(self, refusal: Refusal) -> None:
        # Once a status is out, only the end of the connection can tell the caller.
        if not self.status:
            await refuse(self.with_id, refusal)

    async def with_id(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            message["headers"].append((b"x-request-id", self.id.encode()))
        await self.send(message)

    def log(self) -> None:
        if self.path == "/health":
            return
        say(
            "request",
            request=self.id,
            method=self.method,
            path=self.path[:200],
            model=self.model,
            status=self.status,
            milliseconds=round(1000 * (time.monotonic() - self._began), 1),
        )
