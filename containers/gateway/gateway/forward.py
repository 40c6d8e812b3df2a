"""Find a model that answers: ask again, ask another, wait for a server that is being restarted."""

import asyncio
import socket
import ssl
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from time import perf_counter

from gateway import errors, headers, routes
from gateway.attempts import PASSING, Cooldowns, pause
from gateway.errors import Refusal
from gateway.http1 import heads
from gateway.http1.answer import Answer, Broken, Silent
from gateway.http1.client import Pool
from gateway.http1.heads import Pair
from gateway.keys import Keys
from gateway.reach import Forbidden
from gateway.routes import Target
from gateway.snapshot import Route
from gateway.tracing.context import Attempt, Trace
from gateway.unavailable import Unavailable

FIRST_PAUSE = 0.05
LONGEST_PAUSE = 0.5
# The lane is ours and always comes back; importing LiteLLM takes that long on a busy machine.
LANE_PATIENCE = 60.0

type BodyFor = Callable[[str], bytes]
# The routes that may answer, as they are now: models move, come and go while a request waits.
type Candidates = Callable[[], Sequence[Route]]


@dataclass(frozen=True)
class Request:
    """A checked request: `body_for` a name by which the upstream knows the model."""

    operation: str
    body_for: BodyFor
    headers: list[Pair]
    request_id: bytes
    trace: Trace


@dataclass
class Upstreams:
    """The connections: one pool for servers that speak OpenAI, one for the lane's socket."""

    direct: Pool
    lane: Pool
    keys: Keys
    patience: float
    silence: float
    cooldowns: Cooldowns = field(default_factory=Cooldowns)


class Search:
    """One request's search for an answer.

    Inference keeps no state, so asking again is safe as long as nothing was answered.
    """

    def __init__(self, upstreams: Upstreams, request: Request, candidates: Candidates) -> None:
        self._upstreams = upstreams
        self._request = request
        self._candidates = candidates
        self._now = asyncio.get_running_loop().time

    async def answer(self) -> tuple[Answer, Route]:
        """An answer that is no passing failure, else the last one's. Refusal if there is none."""
        cooldowns = self._upstreams.cooldowns
        order = cooldowns.ordered(self._candidates(), self._now())
        failure = errors.model_not_found(order[0].model_id)
        for place, route in enumerate(order):
            last = place + 1 == len(order)
            try:
                answer = await self._retried(route, last)
            except Refusal as refusal:
                if refusal.status < 500:
                    raise  # The request's own fault, or the model is gone: nothing failed.
                failure = refusal
            else:
                if answer.status not in PASSING:
                    cooldowns.worked(route)
                    return answer, route
                if last:
                    return answer, route
                answer.close()
            cooldowns.failed(route, self._now())
        raise failure

    async def _retried(self, route: Route, last: bool) -> Answer:
        for attempt in range(route.retries):
            try:
                answer = await self._asked(route, last)
            except Refusal as refusal:
                if refusal.status == 504 or refusal.status < 500:
                    raise  # Whoever waited that long is not made to wait as long again.
                asked_to_wait = None
            else:
                if answer.status not in PASSING:
                    return answer
                asked_to_wait = headers.retry_after(answer.headers)
                answer.close()
            await asyncio.sleep(pause(attempt, asked_to_wait))
            route = self._current(route.model_id)
        return await self._asked(route, last)

    async def _asked(self, route: Route, last: bool) -> Answer:
        """One attempt; while nobody else can answer it waits for a server that comes back."""
        began, rest, hung_up, model = self._now(), FIRST_PAUSE, False, route.model_id
        while True:
            target = routes.target(route, self._request.operation)
            try:
                return await self._post(route, target)
            except (ssl.SSLCertVerificationError, socket.gaierror, Forbidden, ValueError) as error:
                raise errors.upstream_unreachable(model, _reason(error)) from None
            except (OSError, TimeoutError) as error:
                if self._now() + rest > began + self._patience(target, last):
                    raise errors.upstream_unreachable(model, _reason(error)) from None
            except Silent:
                raise errors.upstream_silent(model, self._upstreams.silence) from None
            except Broken:
                # A kept connection may have been closed just then, which says nothing yet.
                if hung_up:
                    raise errors.upstream_broke(model) from None
                hung_up = True
            await asyncio.sleep(rest)
            rest = min(2 * rest, LONGEST_PAUSE)
            route = self._current(model)

    def _patience(self, target: Target, last: bool) -> float:
        if target.through_lane:
            return max(LANE_PATIENCE, self._upstreams.patience)
        return self._upstreams.patience if last else 0.0

    def _current(self, model: str) -> Route:
        for route in self._candidates():
            if route.model_id == model:
                return route
        raise errors.upstream_unreachable(model, "it has just been taken out of service")

    async def _post(self, route: Route, target: Target) -> Answer:
        key = None if target.through_lane else await self._key(route)
        pool = self._upstreams.lane if target.through_lane else self._upstreams.direct
        provider = route.litellm_model.partition("/")[0]
        attempt = self._request.trace.attempt(route.model_id, provider, perf_counter())
        try:
            message = self._message(attempt, target, key)
            answer = await pool.ask(heads.address(target.base), message)
        except (OSError, TimeoutError, ValueError, Broken, Silent) as error:
            attempt.failed(_cause(error), perf_counter())
            raise
        attempt.took(answer.status, perf_counter())
        if answer.status in (401, 403) and not target.through_lane:
            # Ours was not accepted; the caller's was, and must not be told otherwise.
            answer.close()
            raise errors.upstream_authentication(route.model_id)
        if 300 <= answer.status < 400 and not target.through_lane:
            answer.close()
            raise errors.upstream_moved(route.model_id)
        return answer

    def _message(self, attempt: Attempt, target: Target, key: str | None) -> bytes:
        request = self._request
        body = request.body_for(target.name)
        return b"%b%bcontent-length: %d\r\n\r\n%b" % (
            heads.request_line("POST", target.base, request.operation),
            headers.upstream(
                request.headers, request.request_id, request.trace.lines(attempt), key
            ),
            len(body),
            body,
        )

    async def _key(self, route: Route) -> str | None:
        try:
            return await self._upstreams.keys.of(route)
        except Unavailable:
            raise errors.key_unavailable(route.model_id) from None


def _cause(error: Exception) -> str:
    """The same in a word, for counts and spans."""
    match error:
        case Silent():
            return "silent"
        case Broken():
            return "broke_off"
    return "unreachable"


def _reason(error: Exception) -> str:
    """Why, without the address that the error's own text carries."""
    match error:
        case ssl.SSLCertVerificationError():
            return "its certificate is not trusted"
        case socket.gaierror():
            return "its name does not resolve"
        case Forbidden():
            return "its address is none that this gateway may connect to"
        case ValueError():
            return "its address is not valid"
        case TimeoutError():
            return "it does not answer connection requests"
    return "it refuses connections"
