"""The edge: answers for the models, or hands the request to one of them."""

import asyncio
import time
from collections.abc import Sequence

from gateway import errors, routes
from gateway.access import Access
from gateway.asgi import JSON, dump, json_object
from gateway.call import Call
from gateway.errors import Refusal
from gateway.forward import Request, Search, Upstreams
from gateway.http1.exchange import Exchange
from gateway.http1.heads import Pair
from gateway.log import say
from gateway.observer import Observer
from gateway.relay import BrokenAnswer, Relay
from gateway.shared_snapshot import Follower
from gateway.snapshot import Route

LEFT = 499


class Edge:
    def __init__(
        self,
        follower: Follower,
        access: Access,
        upstreams: Upstreams,
        observer: Observer,
        max_body: int,
    ) -> None:
        self._observer = observer
        self._follower = follower
        self._access = access
        self._upstreams = upstreams
        self._max_body = max_body

    async def __call__(self, exchange: Exchange) -> None:
        call = Call(exchange, self._observer)
        try:
            await self._serve(call)
        except Refusal as refusal:
            self._observer.counters.refused(refusal.code)
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
        wish = routes.wish(exchange.method, exchange.path)
        snapshot = self._follower.current
        if wish.action == "health":
            if snapshot is None:
                raise errors.models_unknown()
            return answer(call, 200, {"status": "ok"})
        version = snapshot.versions.tokens if snapshot else 0
        call.caller = await self._access.caller(exchange.headers, version)
        call.trace.authenticated = time.perf_counter()
        if wish.action == "list":
            return answer(call, 200, routes.listing(snapshot, call.caller.groups))
        if wish.action == "retrieve":
            route = routes.find(snapshot, wish.subject, call.caller.groups)
            return answer(call, 200, routes.description(route))
        call.operation = wish.subject
        await self._infer(call)

    async def _infer(self, call: Call) -> None:
        body = await call.exchange.body(self._max_body)
        payload = json_object(body)
        model = payload.get("model")
        if not isinstance(model, str) or not model:
            raise errors.no_model()
        call.model = model[:200]
        call.streamed = bool(payload.get("stream"))

        def body_for(name: str) -> bytes:
            return body if name == model else dump({**payload, "model": name})

        def candidates() -> Sequence[Route]:
            return self._candidates(call, model)

        request = Request(call.operation, body_for, call.exchange.headers, call.id, call.trace)
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
        if call.exchange.path == "/health":
            return self._observer.ignored()
        snapshot = self._follower.current
        known = snapshot.routes if snapshot else ()
        self._observer.ended(call.record(), call.trace, known)


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
    extra = [(b"www-authenticate", b"Bearer")] if refusal.status == 401 else []
    answer(call, refusal.status, refusal.body(), extra)
