"""The lane's ASGI app: the operations of the edge, done by LiteLLM."""

from gateway import bodies, errors, paths
from gateway.asgi import Receive, Scope, Send, read_body, refuse, while_connected
from gateway.bodies import Asked
from gateway.errors import ClientGone, Refusal
from gateway.lane import files
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

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        headers = dict(scope["headers"])
        request_id = headers.get(b"x-request-id", b"").decode("latin-1")
        operation = scope["path"].removeprefix(PREFIX)
        try:
            body = await read_body(receive, self._max_body)
            asked = bodies.read(operation, headers.get(b"content-type", b""), body)
            await while_connected(receive, self._serve(operation, asked, request_id, send))
        except Refusal as refused:
            await refuse(send, refused, paths.dialect(scope["path"]), request_id)
        except ClientGone:
            return

    async def _serve(self, operation: str, asked: Asked, request_id: str, send: Send) -> None:
        route = self._route(asked.model)
        passed = arguments(operation, files.fields(operation, asked))
        key = await self._models.key(route)
        reply = Reply(operation, route.model_id, key, request_id, send)
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
