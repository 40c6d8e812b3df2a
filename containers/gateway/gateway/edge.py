"""The edge: an ASGI app that answers for the models, or hands the request to one of them."""

import secrets
import time

from gateway import bodies, errors, paths, routes
from gateway.access import Access
from gateway.asgi import (
    Headers,
    Message,
    Receive,
    Scope,
    Send,
    answer,
    dump,
    read_body,
    refuse,
    while_connected,
)
from gateway.errors import ClientGone, Refusal
from gateway.forward import BrokenAnswer, Request, Upstreams, forward
from gateway.log import say
from gateway.paths import Wish
from gateway.shared_snapshot import Follower

LEFT = 499


class Edge:
    def __init__(
        self, follower: Follower, access: Access, upstreams: Upstreams, max_body: int
    ) -> None:
        self._follower = follower
        self._access = access
        self._upstreams = upstreams
        self._max_body = max_body

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
        wish = paths.wish(exchange.method, exchange.path)
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
        await self._infer(exchange, wish, caller.groups)

    async def _infer(self, exchange: "Exchange", wish: Wish, groups: frozenset[str]) -> None:
        body = await read_body(exchange.receive, self._max_body)
        asked = bodies.read(wish.subject, exchange.content_type, body, wish.model)
        exchange.model = asked.model[:200]
        known = routes.find(self._follower.current, asked.model, groups)
        routes.check(known, wish.subject, asked.stream)
        request = Request(asked, wish.subject, wish.dialect, exchange.headers, exchange.id)

        def locate() -> routes.Target:
            known = routes.find(self._follower.current, asked.model, groups)
            return routes.target(known, wish.subject)

        await while_connected(
            exchange.receive, forward(self._upstreams, request, locate, exchange.send)
        )


class Exchange:
    """One request and its answer, with what the access log says about them."""

    def __init__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.id = f"req_{secrets.token_hex(12)}"
        self.method: str = scope["method"]
        self.path: str = scope["path"]
        self.headers: Headers = scope["headers"]
        self.dialect = paths.dialect(self.path)
        self.receive = receive
        self.status = 0
        self.model = ""
        self._send = send
        self._began = time.monotonic()

    @property
    def content_type(self) -> bytes:
        return next((value for name, value in self.headers if name == b"content-type"), b"")

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
        await self._send(message)

    async def answer(self, payload: object) -> None:
        await answer(self.with_id, 200, dump(payload))

    async def refuse(self, refusal: Refusal) -> None:
        # Once a status is out, only the end of the connection can tell the caller.
        if not self.status:
            await refuse(self.with_id, refusal, self.dialect, self.id)

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
