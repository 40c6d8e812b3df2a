"""The admin API, called with an administrator's sign-in."""

import json
import urllib.error
import urllib.request
from typing import Any

from local.supervisor.progress import StepFailed

_SECONDS = 60


class AdminApi:
    """What seeds need of it: a resource if it is there, and requests that must succeed."""

    def __init__(self, url: str, id_token: str) -> None:
        self._url, self._token = url, id_token

    def read(self, path: str) -> dict[str, Any] | None:
        """What GET answers, or nothing when there is no such resource."""
        status, body = self._call("GET", path)
        return None if status == 404 else _expect(status, body, f"GET {path}")

    def send(self, method: str, path: str, payload: dict[str, Any] | None = None) -> dict[str, Any]:
        """The answer to a change; a StepFailed says why it was refused."""
        status, body = self._call(method, path, payload)
        return _expect(status, body, f"{method} {path}")

    def _call(
        self, method: str, path: str, payload: dict[str, Any] | None = None
    ) -> tuple[int, bytes]:
        request = urllib.request.Request(
            self._url + path,
            data=None if payload is None else json.dumps(payload).encode(),
            method=method,
            headers={
                "Authorization": f"Bearer {self._token}",
                "Content-Type": "application/json",
            },
        )
        try:
            with urllib.request.urlopen(request, timeout=_SECONDS) as reply:
                return reply.status, reply.read()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read()


def _expect(status: int, body: bytes, doing: str) -> dict[str, Any]:
    if status < 300:
        return dict(json.loads(body))
    raise StepFailed(
        f"{doing} was refused with status {status}.",
        why=body.decode(errors="replace")[:1000],
        fix="`make logs` shows what the function said about it.",
    )
