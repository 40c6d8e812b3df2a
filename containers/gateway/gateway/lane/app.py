"""The lane's app: the operations of the edge, done by LiteLLM."""

from gateway import bodies, errors, paths
from gateway.answering import refuse
from gateway.bodies import Asked
from gateway.errors import Refusal
from gateway.http1.exchange import Exchange
from gateway.http1.heads import value_of
from gateway.lane import files
from gateway.lane.leaving import unless_left
from gateway.lane.models import Models
from gateway.lane.parameters import arguments
from gateway.lane.replies import Reply
from gateway.shared_snapshot import Follower
from gateway.snapshot import Route

PREFIX = "/v1/"


class Lane:
    def __init__(self, follower: Follower, models: Models, max_body: int) -> None:
        self._follower = follower
        self._models = models
        self._max_body = max_body

    async def __call__(self, exchange: Exchange) -> None:
        request_id = (value_of(exchange.headers, b"x-request-id") or b"").decode("latin-1")
        kind = value_of(exchange.headers, b"content-type") or b""
        operation = exchange.path.removeprefix(PREFIX)
        try:
            asked = bodies.read(operation, kind, await exchange.body(self._max_body))
            await unless_left(self._serve(operation, asked, request_id, exchange))
        except Refusal as refused:
            refuse(exchange, refused, paths.dialect(exchange.path), request_id)

    async def _serve(
        self, operation: str, asked: Asked, request_id: str, exchange: Exchange
    ) -> None:
        route = self._route(asked.model)
        passed = arguments(operation, files.fields(operation, asked))
        key = await self._models.key(route)
        reply = Reply(operation, route.model_id, key, request_id, exchange)
        try:
            await reply.give(await self._models.call(operation, route, key, passed), passed)
        except Refusal:
            raise
        except Exception as error:  # noqa: BLE001  (providers raise anything; each gets an answer)
            raise reply.refusal(error) from None

    def _route(self, model: str) -> Route:
        """The edge may have read a newer snapshot than we did a moment ago."""
        route = self._known(model)
        if route is None and self._follower.refresh():
            route = self._known(model)
        if route is None:
            raise errors.model_not_found(model)
        return route

    def _known(self, model: str) -> Route | None:
        snapshot = self._follower.current
        return snapshot.routes.get(model) if snapshot else None
