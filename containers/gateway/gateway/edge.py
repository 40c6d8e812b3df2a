"""The edge: answers for the models, or hands the request to one of them."""

import asyncio
from collections.abc import Sequence

from gateway import bodies, errors, paths, routes
from gateway.access import Access
from gateway.asgi import JSON, dump, refusal_headers
from gateway.call import Call
from gateway.errors import Refusal
from gateway.forward import Request, Search, Upstreams
from gateway.http1.exchange import Exchange
from gateway.http1.heads import Pair, value_of
from gateway.log import say
from gateway.relay import BrokenAnswer, Relay
from gateway.shared_snapshot import Follower
from gateway.snapshot import Route

LEFT = 499


class Edge:
    def __init__(
        self, follower: Follower, access: Access, upstreams: Upstreams, max_body: int
    ) -> None:
        self._follower = follower
        self._access = access
        self._upstreams = upstreams
        self._max_body = max_body

    async def __call__(self, exchange: Exchange) -> None:
        call = Call(exchange)
        try:
            await self._serve(call)
        except Refusal as refusal:
            refuse(call, refusal)
        except asyncio.CancelledError:
            # The connection is gone, and with it whoever could be told.
            call.status = LEFT
        except BrokenAnswer:
            say("upstream broke off", request=call.id.decode())
            exchange.cut()
        except Exception as error:  # noqa: BLE001  (the boundary: an answer for every request)
            say("internal error", request=call.id.decode(), cause=repr(error)[:500])
            refuse(call, errors.own_failure())
        finally:
            self._settle(call)

    async def _serve(self, call: Call) -> None:
        exchange = call.exchange
        wish = paths.wish(exchange.method, exchange.path)
        snapshot = self._follower.current
        if wish.action == "health":
            if snapshot is None:
                raise errors.models_unknown()
            return answer(call, 200, {"status": "ok"})
        version = snapshot.versions.tokens if snapshot else 0
        call.caller = await self._access.caller(exchange.headers, version)
        if wish.action == "list":
            return answer(call, 200, routes.listing(snapshot, call.caller.groups))
        if wish.action == "retrieve":
            route = routes.find(snapshot, wish.subject, call.caller.groups)
            return answer(call, 200, routes.description(route))
        call.operation = wish.subject
        await self._infer(call, wish.model)

    async def _infer(self, call: Call, model: str) -> None:
        body = await call.exchange.body(self._max_body)
        kind = value_of(call.exchange.headers, b"content-type") or b""
        asked = bodies.read(call.operation, kind, body, model)
        call.model = asked.model[:200]
        call.streamed = asked.stream

        def candidates() -> Sequence[Route]:
            return self._candidates(call, asked.model)

        request = Request(call.operation, asked.body_for, call.exchange.headers, call.id)
        found, route = await Search(self._upstreams, request, candidates).answer()
        call.served = route.model_id
        await Relay(call, self._settle).hand_on(found)

    def _candidates(self, call: Call, model: str) -> Sequence[Route]:
        """The model, and those of its fallbacks that this caller may use for this."""
        snapshot, groups = self._follower.current, call.caller.groups
        route = routes.find(snapshot, model, groups)
        routes.check(route, call.operation, call.streamed)
        return [route]

    def _settle(self, call: Call) -> None:
        if call.settled:
            return
        call.settled = True
        if call.exchange.path != "/health":
            log(call)


def answer(call: Call, status: int, payload: object, extra: Sequence[Pair] = ()) -> None:
    body = dump(payload)
    length = (b"content-length", b"%d" % len(body))
    call.status = status
    call.exchange.start(status, [JSON, length, (b"x-request-id", call.id), *extra])
    call.exchange.end(body)


def refuse(call: Call, refusal: Refusal) -> None:
    if call.exchange.started:
        # A status is out: only the end of the connection can still tell the caller.
        return call.exchange.cut()
    dialect, extra = paths.dialect(call.exchange.path), refusal_headers(refusal)
    answer(call, refusal.status, refusal.body(dialect, call.id.decode()), extra)


def log(call: Call) -> None:
    record = call.record()
    say(
        "request",
        request=record.request_id,
        method=call.exchange.method,
        path=call.exchange.path[:200],
        model=record.model,
        status=record.status,
        milliseconds=round(record.milliseconds, 1),
    )
