"""As much of the hub's API as its client library uses to download a model."""

import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

COMMIT = "c0ffee" + "0" * 34
# What is larger is kept apart from the repository, under its SHA-256.
LARGE = 1024


@dataclass
class FakeHub:
    """One model's files, and what was asked for; `refuses` answers everything with an error."""

    files: dict[str, bytes] = field(default_factory=dict)
    refuses: tuple[int, str] | None = None
    downloads: list[str] = field(default_factory=list)
    tokens: set[str] = field(default_factory=set)
    lies: bool = False

    def info(self) -> dict[str, Any]:
        """What `GET /api/models/...?blobs=true` answers."""
        return {"id": "org/name", "sha": COMMIT, "siblings": [self._file(n) for n in self.files]}

    def digest(self, name: str) -> str:
        """The SHA-256 that the hub claims of a large file."""
        return hashlib.sha256(self.files[name] + b"?" * self.lies).hexdigest()

    def etag(self, name: str) -> str:
        """What names a file's content."""
        content = self.files[name]
        blob = b"blob %d\0" % len(content) + content
        small = hashlib.sha1(blob, usedforsecurity=False).hexdigest()
        return self.digest(name) if len(content) > LARGE else small

    def _file(self, name: str) -> dict[str, Any]:
        size = len(self.files[name])
        file = {"rfilename": name, "size": size, "blobId": "0" * 40}
        lfs = {"size": size, "sha256": self.digest(name), "pointerSize": 130}
        return file | ({"lfs": lfs} if size > LARGE else {})


class Handler(BaseHTTPRequestHandler):
    """Answers for the hub that its class was made with."""

    protocol_version = "HTTP/1.1"
    hub: FakeHub

    def do_GET(self) -> None:
        self.hub.tokens.add(self.headers.get("Authorization", ""))
        path = self.path.partition("?")[0]
        if self.hub.refuses:
            status, code = self.hub.refuses
            self._answer(status, b"{}", {"X-Error-Code": code})
        elif path.startswith("/api/models/org/name"):
            self._answer(200, json.dumps(self.hub.info()).encode(), {})
        elif path.startswith(f"/org/name/resolve/{COMMIT}/"):
            self._file(path.removeprefix(f"/org/name/resolve/{COMMIT}/"))
        else:
            self._answer(404, b"{}", {"X-Error-Code": "RepoNotFound"})

    do_HEAD = do_GET

    def _file(self, name: str) -> None:
        content = self.hub.files[name]
        if self.command == "GET":
            self.hub.downloads.append(name)
        headers = {"X-Repo-Commit": COMMIT, "ETag": f'"{self.hub.etag(name)}"'}
        self._answer(200, content, headers)

    def _answer(self, status: int, content: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for key, value in headers.items():
            self.send_header(key, value)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def serving(hub: FakeHub) -> Iterator[str]:
    """Serve the hub; the address goes into HF_ENDPOINT."""
    handler = type("HubHandler", (Handler,), {"hub": hub})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()
