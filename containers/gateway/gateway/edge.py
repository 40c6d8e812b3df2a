"""The edge: answers for the models, or hands the request to one of them."""

import asyncio
import time
from collections.abc import Mapping, Sequence

from gateway import answering, errors, paths, routes
from gateway.access import Access
from gateway.answering import JSON, refusal_headers
from gateway.errors import Refusal
from gateway.http1.exchange import Exchange
from gateway.http1.heads import Pair
from gateway.inference import Inference
from gateway.keeping.keeper import Keeper
from gateway.ledger import Ledger
from gateway.log import say
from gateway.payloads import dump
from gateway.relay import BrokenAnswer, Relay
from gateway.shared_snapshot import Follower
from gateway.snapshot import Route
from gateway.visit import Visit

LEFT = 499
NO_ROUTES: Mapping[str, Route] = {}


class Edge:
    def __init__(
        self,
        follower: Follower,
        access: Access,
        inference: Inference,
        ledger: Ledger,
        keeper: Keeper,
    ) -> None:
        self._follower = follower
        self._access = access
        self._inference = inference
        self._ledger = ledger
        self._keeper = keeper

    async def __call__(self, exchange: Exchange) -> None:
        if exchange.path == "/health":
            # Asked for all day by the balancer: not worth a line of the log.
            return self._health(exchange)
        visit = self._ledger.begin(exchange)
        try:
            await self._serve(visit)
        except Refusal as refusal:
            self._refuse(visit, refusal)
        except asyncio.CancelledError:
            # The connection is gone, and with it whoever could be told.
            visit.status = LEFT
        except BrokenAnswer:
            say("upstream broke off", request=visit.trace.request_id)
            exchange.cut()
        except Exception as error:  # noqa: BLE001  (the boundary: an answer for every request)
            say("internal error", request=visit.trace.request_id, cause=repr(error)[:500])
            self._refuse(visit, errors.own_failure())
        finally:
            if not visit.kept:
                self._settle(visit)

    async def _serve(self, visit: Visit) -> None:
        exchange = visit.exchange
        wish = paths.wish(exchange.method, exchange.path)
        snapshot = self._follower.current
        if wish.action == "health":
            return self._health(exchange)
        version = snapshot.versions.tokens if snapshot else 0
        visit.caller = await self._access.caller(exchange.headers, version)
        visit.trace.authenticated = time.perf_counter()
        if wish.action in ("list", "retrieve"):
            return answer(visit, 200, routes.shown(snapshot, visit.caller, wish, exchange.query))
        visit.operation = wish.subject
        with self._inference.crowd.place(visit.caller):
            asked = await self._inference.asked(visit, wish.model)
            relay = Relay(visit, self._settle, self._keeper)
            await relay.hand_on(self._inference.answer(visit, asked))

    def _health(self, exchange: Exchange) -> None:
        if self._follower.current is None:
            refusal = errors.models_unknown()
            return answering.refuse(exchange, refusal)
        answering.answer(exchange, 200, b'{"status":"ok"}')

    def _refuse(self, visit: Visit, refusal: Refusal) -> None:
        if visit.exchange.started:
            # A status is out: only the end of the connection can still tell the caller.
            return visit.exchange.cut()
        self._ledger.refused(refusal.code)
        body = refusal.body(visit.dialect, visit.trace.request_id)
        answer(visit, refusal.status, body, refusal_headers(refusal))

    def _settle(self, visit: Visit) -> None:
        snapshot = self._follower.current
        self._ledger.end(visit, snapshot.routes if snapshot else NO_ROUTES)


def answer(visit: Visit, status: int, payload: object, extra: Sequence[Pair] = ()) -> None:
    visit.status = status
    headers = [JSON, (b"x-request-id", visit.id), *extra]
    answering.answer(visit.exchange, status, dump(payload), headers)
