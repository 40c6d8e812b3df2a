"""A small HTTP server that answers as a test says, and remembers what it was asked."""

from __future__ import annotations

import json
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass
class Asked:
    """One request as it came in."""

    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        """The body, parsed."""
        return json.loads(self.body)

    @property
    def form(self) -> dict[str, str]:
        """The body as a form."""
        return dict(parse_qsl(self.body.decode()))


@dataclass
class Answer:
    """What is answered: JSON, bytes, or pieces that are sent one after the other."""

    status: int = 200
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)
    pieces: Iterable[bytes] | None = None


class Wire:
    """The server. Of several answers to one route the last one is given again and again."""

    def __init__(self) -> None:
        self.asked: list[Asked] = []
        self.left = threading.Event()
        self._answers: dict[tuple[str, str], list[Answer]] = {}
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))
        self._thread.start()
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"

    def close(self) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def on(self, method: str, path: str, *answers: Answer) -> None:
        self._answers[method, path] = list(answers)

    def last(self) -> Asked:
        return self.asked[-1]

    def answer(self, asked: Asked) -> Answer:
        self.asked.append(asked)
        known = self._answers.get((asked.method, asked.path))
        if not known:
            return Answer(404, {"error": "NoSuchRoute", "message": asked.path})
        return known.pop(0) if len(known) > 1 else known[0]

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        wire = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def _do(self) -> None:
                parts = urlsplit(self.path)
                length = int(self.headers.get("content-length") or 0)
                headers = {name.lower(): value for name, value in self.headers.items()}
                query = dict(parse_qsl(parts.query, keep_blank_values=True))
                body = self.rfile.read(length)
                _send(
                    self, wire, wire.answer(Asked(self.command, parts.path, query, headers, body))
                )

            do_GET = do_POST = do_PUT = do_DELETE = _do

            def log_message(self, *_: Any) -> None:
                pass

        return Handler


def _send(handler: BaseHTTPRequestHandler, wire: Wire, answer: Answer) -> None:
    raw = isinstance(answer.body, bytes)
    body = answer.body if raw else b"" if answer.body is None else json.dumps(answer.body).encode()
    handler.send_response(answer.status)
    for name, value in answer.headers.items():
        handler.send_header(name, value)
    if answer.pieces is None:
        handler.send_header("content-length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)
        return
    handler.send_header("connection", "close")
    handler.end_headers()
    handler.close_connection = True
    try:
        for piece in answer.pieces:
            handler.wfile.write(piece)
            handler.wfile.flush()
    except OSError:
        wire.left.set()
