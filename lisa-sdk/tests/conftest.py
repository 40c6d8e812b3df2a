"""Fixtures: a server that answers as a test says, and the installation that --url names."""

from __future__ import annotations

import asyncio
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Callable

import pytest
from wire_server import Wire

from lisapy import AsyncLisa, Lisa

if TYPE_CHECKING:
    from collections.abc import Iterator


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--url", help="an installation: its console, or its gateway (REST URL)")
    parser.addoption("--verify", help="the certificate that it shows, if it is its own")


@dataclass
class Caller:
    """Somebody with one of the two clients, which are to do the same."""

    make: Callable[..., Any]
    url: str

    def do(self, work: Callable[[Any], Any], **options: Any) -> Any:
        """Return what `work` with the client comes to; a list of what it iterates over."""
        told = {"api_url": f"{self.url}/v1", "serve_url": f"{self.url}/v2/serve", "token": "secret"}
        # The wire has no TLS, and to read all the world's certificates takes its time.
        options = {"verify": False, **options}
        if self.make is Lisa:
            with Lisa(**{**told, **options}) as client:
                found = work(client)
                return list(found) if hasattr(found, "send") else found
        return asyncio.run(self._await(work, {**told, **options}))

    async def _await(self, work: Callable[[Any], Any], options: dict[str, Any]) -> Any:
        async with AsyncLisa(**options) as client:
            found = work(client)
            return [one async for one in found] if hasattr(found, "asend") else await found


@pytest.fixture(autouse=True)
def nothing_from_outside(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test of parts sees the addresses and tokens of whoever runs it."""
    if "installation" not in request.fixturenames:
        for name in [name for name in os.environ if name.startswith("LISA_")]:
            monkeypatch.delenv(name)


@pytest.fixture
def wire() -> Iterator[Wire]:
    server = Wire()
    yield server
    server.close()


@pytest.fixture(params=[Lisa, AsyncLisa], ids=["sync", "async"])
def caller(request: pytest.FixtureRequest, wire: Wire) -> Caller:
    return Caller(request.param, wire.url)


@pytest.fixture
def lisa(wire: Wire) -> Iterator[Lisa]:
    with Lisa(f"{wire.url}/v1", f"{wire.url}/v2/serve", "secret") as client:
        yield client
