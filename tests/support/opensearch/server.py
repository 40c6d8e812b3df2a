"""The HTTP server. With `serverless` it refuses what OpenSearch Serverless refuses."""

import hashlib
import json
import re
import threading
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tests.support.opensearch.indices import FakeIndex
from tests.support.opensearch.queries import BadQuery, search

_SIGNED = re.compile(r"AWS4-HMAC-SHA256 Credential=[^/]+/\d{8}/[^/]+/(\w+)/aws4_request")
_LAG = 0.01

type Answer = tuple[int, Any]


class Refused(Exception):
    """A status and OpenSearch's type of error."""

    def __init__(self, status: int, kind: str) -> None:
        super().__init__(kind)
        self.status, self.kind = status, kind


class FakeOpenSearch:
    """Indexes by name. `requests` tells what was asked: method and path."""

    def __init__(self, serverless: bool) -> None:
        self.serverless = serverless
        self.indices: dict[str, FakeIndex] = {}
        self.requests: list[tuple[str, str]] = []
        # The next requests are refused with these statuses; 200 lets one through.
        self.refusing: list[int] = []
        # The next rows of bulk requests, likewise.
        self.refusing_rows: list[int] = []
        # What each search says of its shards.
        self.partly: dict[str, Any] = {}
        # A user's, in the place of signatures.
        self.password: str | None = None
        # Called before each request that is not of its own making.
        self.between: Callable[[], object] | None = None
        # As if what was deleted were seen for very long.
        self.keeps_deleted = False
        self._left: tuple[int, int] | None = None
        self._lock = threading.Lock()

    def refuse_after(self, requests: int | None, status: int = 500) -> None:
        """Do that many requests, then refuse; None refuses no more."""
        self._left = None if requests is None else (requests, status)

    def answer(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> Answer:
        """Status and JSON of a request."""
        if (between := self.between) is not None:
            self.between = None
            between()
            self.between = between
        with self._lock:
            self.requests.append((method, path))
            try:
                self._refuse()
                self._enter(body, headers)
                return 200, self._do(method, path.strip("/").split("/"), body)
            except BadQuery as error:
                return _error(400, "illegal_argument_exception", str(error))
            except Refused as error:
                return _error(error.status, error.kind, "")

    def _refuse(self) -> None:
        if self.refusing and (status := self.refusing.pop(0)) >= 300:
            raise Refused(status, "told_to")
        if self._left is not None:
            left, status = self._left
            if left == 0:
                raise Refused(status, "told_to")
            self._left = left - 1, status

    def _enter(self, body: bytes, headers: dict[str, str]) -> None:
        if self.password is not None:
            pair = b64encode(f"lisa:{self.password}".encode()).decode()
            if headers.get("authorization") != f"Basic {pair}":
                raise Refused(401, "security_exception")
            return
        signed = _SIGNED.match(headers.get("authorization", ""))
        if not signed or signed[1] != ("aoss" if self.serverless else "es"):
            raise Refused(403, "security_exception")
        told = headers.get("x-amz-content-sha256")
        if self.serverless and told != hashlib.sha256(body).hexdigest():
            raise Refused(403, "security_exception")

    def _do(self, method: str, path: list[str], body: bytes) -> Any:
        match method, path:
            case _, [name]:
                return self._index(method, name, body)
            case "GET", [name, "_mapping"]:
                return {name: {"mappings": self._known(name).body["mappings"]}}
            case "POST", [name, "_refresh"] if not self.serverless:
                return self._known(name).refresh()
            case "POST", [name, "_bulk"]:
                return self._bulk(self._known(name), _lines(body))
            case "POST", [name, "_msearch"]:
                return {"responses": [self._search(name, one) for one in _lines(body)[1::2]]}
            case "POST", [name, "_count"]:
                found = search(self._known(name).seen(), json.loads(body) | {"size": 0})
                return {"count": found["hits"]["total"]["value"]}
        raise Refused(404, "not_exposed")

    def _index(self, method: str, name: str, body: bytes) -> Any:
        if method == "PUT":
            if name in self.indices:
                raise Refused(400, "resource_already_exists_exception")
            made = json.loads(body)
            _check_mapping(made["mappings"]["properties"], self.serverless)
            self.indices[name] = FakeIndex(made, _LAG if self.serverless else None)
        elif method == "DELETE":
            self._known(name)
            del self.indices[name]
        else:
            self._known(name)
        return {"acknowledged": True}

    def _search(self, name: str, body: dict[str, Any]) -> Any:
        if name not in self.indices:
            return {"status": 404, "error": {"type": "index_not_found_exception"}}
        try:
            return search(self.indices[name].seen(), body) | self.partly
        except BadQuery as error:
            return {"status": 400, "error": {"reason": str(error)}}

    def _bulk(self, index: FakeIndex, lines: list[dict[str, Any]]) -> Any:
        items, at = [], 0
        while at < len(lines):
            ((operation, about),) = lines[at].items()
            if self.refusing_rows and (status := self.refusing_rows.pop(0)) >= 300:
                at += operation == "index"
            elif operation == "delete":
                status = 200 if self.keeps_deleted or index.remove(about["_id"]) else 404
            else:
                if self.serverless and "_id" in about:
                    raise BadQuery("Document ID is not supported in create/index operation request")
                index.add(lines[at := at + 1])
                status = 201
            items.append({operation: {"status": status}})
            at += 1
        return {
            "errors": any(next(iter(i.values()))["status"] >= 300 for i in items),
            "items": items,
        }

    def _known(self, name: str) -> FakeIndex:
        if name not in self.indices:
            raise Refused(404, "index_not_found_exception")
        return self.indices[name]


@contextmanager
def serving(fake: FakeOpenSearch) -> Iterator[str]:
    """Serve it on a free port of this machine; yield the address."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        # An answer in two packets waits for the client's acknowledgement otherwise.
        disable_nagle_algorithm = True
        wbufsize = -1

        def log_message(self, *_: object) -> None:
            pass

        def answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length", 0)))
            headers = {name.lower(): value for name, value in self.headers.items()}
            status, told = fake.answer(self.command, self.path.partition("?")[0], body, headers)
            data = json.dumps(told).encode()
            self.send_response(status)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(data)))
            self.end_headers()
            self.wfile.write(b"" if self.command == "HEAD" else data)

        do_GET = do_PUT = do_POST = do_DELETE = do_HEAD = answer

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _check_mapping(fields: dict[str, Any], serverless: bool) -> None:
    engine = fields["vector"]["method"]["engine"]
    if serverless and engine != "faiss":
        raise BadQuery(f"engine {engine} is not supported")


def _lines(body: bytes) -> list[dict[str, Any]]:
    return [json.loads(line) for line in body.splitlines() if line]


def _error(status: int, kind: str, reason: str) -> Answer:
    return status, {"status": status, "error": {"type": kind, "reason": reason}}
