"""Hand an upstream's answer on: bytes as they come, never gathered, read in passing."""

import time
from collections.abc import Callable

from gateway import errors, headers
from gateway.asgi import error_event
from gateway.call import Call
from gateway.http1.answer import Answer, Broken, Silent

type Settle = Callable[[Call], None]

# With these bytes, however the rest of it looks, a stream has said all.
LAST_WORDS = (b"data: [DONE]\n\n", b'"type":"message_stop"}\n\n', b'"type": "message_stop"}\n\n')


class BrokenAnswer(Exception):
    """The upstream broke off after its status had been passed on."""


class Relay:
    """One answer on its way to its client."""

    def __init__(self, call: Call, settle: Settle) -> None:
        self._call = call
        self._exchange = call.exchange
        self._settle = settle
        self._begun = False

    async def hand_on(self, answer: Answer) -> None:
        """BrokenAnswer if only a cut connection can still tell the client that it broke off."""
        passed = headers.downstream(answer.headers, self._call.id)
        self._call.status = answer.status
        self._exchange.start(answer.status, passed)
        self._exchange.throttled = answer.throttle
        try:
            await answer.relay(self._pass)
        except (Broken, Silent):
            self._call.trace.attempts[-1].failed("broke_off", time.perf_counter())
            if not headers.is_event_stream(passed):
                raise BrokenAnswer from None
            event = error_event(errors.upstream_broke(self._call.model))
            self._settle(self._call)
            self._exchange.end(event)
        finally:
            # An answer that was left unread must stop the upstream's work.
            answer.close()

    def _pass(self, part: bytes, last: bool) -> None:
        if not self._begun:
            self._begun = True
            self._call.first_byte()
        if last or part.endswith(LAST_WORDS):
            # Before the client has it all: who is killed after answering has counted it.
            self._settle(self._call)
        if last:
            self._exchange.end(part)
        else:
            self._exchange.write(part)
