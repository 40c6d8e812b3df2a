"""The files of the web application, each with its headers."""

from __future__ import annotations

import gzip
import re
from dataclasses import dataclass
from functools import lru_cache
from http import HTTPStatus
from typing import TYPE_CHECKING

from frontend.site.files import PAGE

if TYPE_CHECKING:
    from pathlib import Path

    from frontend.site.headers import Headers

# As on AWS, where each has a route; everything else is no file of ours.
_FILE = re.compile(r"/(?:env\.js|favicon\.svg|assets/[A-Za-z0-9_][A-Za-z0-9._-]*)")
_LEAST_COMPRESSED = 1024
_SOON = "The web application is still being put here. Load this page again in a moment.\n"


@dataclass(frozen=True)
class Answer:
    """A whole answer."""

    status: HTTPStatus
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True)
class Site:
    """A folder that `make up` fills."""

    folder: Path
    headers: Headers

    def answer(self, path: str, compressed: bool) -> Answer:
        """What a GET of a path is answered, whether it is a file of ours or not."""
        if path != "/" and not _FILE.fullmatch(path):
            return self._plain(HTTPStatus.NOT_FOUND, "There is no such page.\n")
        name = path[1:] or PAGE
        file = self.folder / name
        if not file.is_file():
            soon = name == PAGE
            status = HTTPStatus.SERVICE_UNAVAILABLE if soon else HTTPStatus.NOT_FOUND
            return self._plain(status, _SOON if soon else "There is no such file.\n")
        body, headers = file.read_bytes(), self.headers.of(name)
        if compressed and len(body) >= _LEAST_COMPRESSED:
            body, headers = _gzipped(body), headers | {"Content-Encoding": "gzip"}
        return Answer(HTTPStatus.OK, headers | {"Vary": "Accept-Encoding"}, body)

    def refusal(self, status: HTTPStatus, why: str) -> Answer:
        """An answer that is no file."""
        return self._plain(status, why)

    def _plain(self, status: HTTPStatus, text: str) -> Answer:
        return Answer(status, self.headers.of("message.txt") | _TEXT, text.encode())


_TEXT = {"Content-Type": "text/plain; charset=utf-8"}


@lru_cache(maxsize=256)
def _gzipped(body: bytes) -> bytes:
    return gzip.compress(body, 6, mtime=0)
