"""Hand a request to its upstream and the answer back: bytes as they come, never gathered."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass

from aiohttp import (
    ClientConnectorCertificateError,
    ClientConnectorDNSError,
    ClientConnectorError,
    ClientError,
    ClientResponse,
    ClientSession,
    ConnectionTimeoutError,
    InvalidURL,
)

from gateway import errors, headers
from gateway.asgi import Headers, Send, error_event
from gateway.bodies import Asked
from gateway.errors import Dialect
from gateway.routes import Target

FIRST_PAUSE = 0.05
LONGEST_PAUSE = 0.5
# The lane is ours and always comes back; importing LiteLLM takes that long on a busy machine.
LANE_PATIENCE = 60.0


@dataclass(frozen=True)
class Request:
    """A checked request for one model."""

    asked: Asked
    operation: str
    dialect: Dialect
    headers: Headers
    request_id: str

    @property
    def model(self) -> str:
        return self.asked.model


@dataclass(frozen=True)
class Upstreams:
    """The connections: one pool for servers that speak OpenAI, one for the lane's socket."""

    direct: ClientSession
    lane: ClientSession
    patience: float
    silence: float


# Looks the model up again for each attempt: it may have moved or be gone by then.
type Locate = Callable[[], Target]


async def forward(upstreams: Upstreams, request: Request, locate: Locate, send: Send) -> None:
    response = await _open(upstreams, request, locate)
    try:
        passed = headers.downstream(response.raw_headers, request.request_id)
        await send({"type": "http.response.start", "status": response.status, "headers": passed})
        await _relay(response, request, passed, send)
    finally:
        # Not `release`: an answer that was left unread must stop the upstream's work.
        response.close()


async def _relay(response: ClientResponse, request: Request, passed: Headers, send: Send) -> None:
    try:
        async for chunk in response.content.iter_any():
            await send({"type": "http.response.body", "body": chunk, "more_body": True})
    except (ClientError, TimeoutError):
        if not headers.is_event_stream(passed):
            # The status has been sent: only a cut connection can still tell the caller.
            raise BrokenAnswer from None
        event = error_event(
            errors.upstream_broke(request.model), request.dialect, request.request_id
        )
        await send({"type": "http.response.body", "body": event, "more_body": True})
    await send({"type": "http.response.body", "body": b""})


class BrokenAnswer(Exception):
    """The upstream broke off after its status had been passed on."""


async def _open(upstreams: Upstreams, request: Request, locate: Locate) -> ClientResponse:
    """The upstream's answer, waiting for a server that is being restarted.

    Inference keeps no state, so asking again is safe as long as nothing was answered.
    """
    began, pause, hung_up = time.monotonic(), FIRST_PAUSE, False
    while True:
        target = locate()
        patience = max(LANE_PATIENCE if target.through_lane else 0, upstreams.patience)
        try:
            return await _post(upstreams, request, target)
        except (ClientConnectorDNSError, ClientConnectorCertificateError, InvalidURL) as error:
            raise errors.upstream_unreachable(request.model, _reason(error)) from None
        except (ClientConnectorError, ConnectionTimeoutError) as error:
            if time.monotonic() + pause > began + patience:
                raise errors.upstream_unreachable(request.model, _reason(error)) from None
        except TimeoutError:
            raise errors.upstream_silent(request.model, upstreams.silence) from None
        except ClientError:
            if hung_up:
                raise errors.upstream_broke(request.model) from None
            hung_up = True
        await asyncio.sleep(pause)
        pause = min(2 * pause, LONGEST_PAUSE)


async def _post(upstreams: Upstreams, request: Request, target: Target) -> ClientResponse:
    session = upstreams.lane if target.through_lane else upstreams.direct
    return await session.post(
        f"{target.base}/{request.operation}",
        data=request.asked.body_for(target.name),
        headers=headers.upstream(request.headers, request.request_id),
        allow_redirects=False,
    )


def _reason(error: Exception) -> str:
    """Why, without the address that the error's own text carries."""
    match error:
        case ClientConnectorDNSError():
            return "its name does not resolve"
        case ClientConnectorCertificateError():
            return "its certificate is not trusted"
        case InvalidURL():
            return "its address is not valid"
        case ConnectionTimeoutError():
            return "it does not answer connection requests"
    return "it refuses connections"
