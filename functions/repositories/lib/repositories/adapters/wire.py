"""JSON over connections that are kept, each used by one thread at a time."""

import json
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import NamedTuple
from urllib.parse import urlsplit

ATTEMPTS, FIRST_PAUSE, LONGEST_PAUSE = 4, 0.5, 5.0
# Of an answer: 32 vectors of 8,192 numbers in JSON, and room.
MAX_ANSWER = 16_000_000
_LATER = (429, 502, 503, 504)


class Answer(NamedTuple):
    """A status and a body; 0 where nothing came, and the body says why."""

    status: int
    body: bytes
    pause: float | None = None

    @property
    def later(self) -> bool:
        """Return whether the same may work in a moment."""
        return self.status == 0 or self.status in _LATER


class Wire:
    """Posts JSON to one server, with tries and pauses, until a deadline of `time.monotonic`."""

    def __init__(self, url: str, sleep: Callable[[float], None] = time.sleep) -> None:
        self._url = urlsplit(url)
        self._sleep = sleep
        self._idle: deque[HTTPConnection] = deque()

    def post(self, path: str, token: str, body: object, deadline: float) -> Answer:
        """Return the first answer that a repetition would not better, or the last one."""
        content = json.dumps(body).encode()
        pause = FIRST_PAUSE
        for attempt in range(1, ATTEMPTS + 1):
            answer = self._tried(path, token, content, deadline)
            wait = min(LONGEST_PAUSE, pause if answer.pause is None else answer.pause)
            if not answer.later or attempt == ATTEMPTS or time.monotonic() + wait >= deadline:
                break
            self._sleep(wait)
            pause *= 2
        return answer

    def close(self) -> None:
        """Close what is kept; later calls open anew."""
        while self._idle:
            self._idle.pop().close()

    def _tried(self, path: str, token: str, content: bytes, deadline: float) -> Answer:
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {token}"}
        kept = bool(self._idle)
        try:
            with self._connection(deadline) as connection:
                connection.request("POST", path, content, headers)
                reply = connection.getresponse()
                body = reply.read(MAX_ANSWER + 1)
                if len(body) > MAX_ANSWER:
                    raise HTTPException(f"it answered with more than {MAX_ANSWER:,} bytes")
                return Answer(reply.status, body, _seconds(reply.headers.get("Retry-After")))
        except (OSError, HTTPException) as error:
            # One that was kept may have been closed by the server long ago.
            pause = 0.0 if kept else None
            return Answer(0, (str(error) or type(error).__name__).encode(), pause)

    @contextmanager
    def _connection(self, deadline: float) -> Iterator[HTTPConnection]:
        connection = self._idle.pop() if self._idle else self._opened()
        connection.timeout = max(0.1, deadline - time.monotonic())
        if connection.sock is not None:
            connection.sock.settimeout(connection.timeout)
        with ExitStack() as unless_whole:
            unless_whole.callback(connection.close)
            yield connection
            unless_whole.pop_all()
        self._idle.append(connection)

    def _opened(self) -> HTTPConnection:
        kind = HTTPSConnection if self._url.scheme == "https" else HTTPConnection
        return kind(self._url.hostname or "", self._url.port)


def _seconds(retry_after: str | None) -> float | None:
    """Seconds as a number; a date is as good as none."""
    try:
        return max(0.0, float(retry_after)) if retry_after else None
    except ValueError:
        return None
