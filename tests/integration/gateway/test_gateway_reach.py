"""No definition and no request sends the gateway where it must not go, by either lane."""

import json
import secrets
import socket
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from tests.emulator.running import Emulator
from tests.integration.gateway.stage import Gateway, Tables, soon
from tests.integration.gateway.upstream import Upstream

LANES = {"forwarded": True, "translated": False}
ELSEWHERE = "10.0.0.0/8"
PICTURED = ("lane-claude", "lane-openai", "lane-good")


@dataclass
class Trap:
    """Whoever comes here was sent by somebody who should not be able to."""

    listener: socket.socket = field(default_factory=lambda: socket.create_server(("127.0.0.1", 0)))

    @property
    def port(self) -> int:
        return int(self.listener.getsockname()[1])

    @property
    def visited(self) -> bool:
        self.listener.setblocking(False)
        try:
            self.listener.accept()[0].close()
        except BlockingIOError:
            return False
        return True


@pytest.fixture
def trap() -> Iterator[Trap]:
    one = Trap()
    with one.listener:
        yield one


@pytest.fixture(scope="module")
def closed(emulator: Emulator, tables: Tables, folder: Path) -> Iterator[Gateway]:
    """A gateway that may not reach its own machine, as on AWS."""
    settings = {"REACHABLE_NETWORKS": ELSEWHERE, "CONNECT_PATIENCE": "1"}
    with Gateway(emulator, folder / "closed", **settings) as running:
        assert soon(lambda: running.ask("/health")[0] == 200, 20)
        yield running


@pytest.fixture
def redirecting(trap: Trap) -> Iterator[str]:
    """The address of a model's server that sends whoever asks elsewhere."""

    class Elsewhere(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(307)
            self.send_header("Location", f"http://127.0.0.1:{trap.port}/v1/chat/completions")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing on the test's terminal."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Elsewhere)
    Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/v1"
    server.shutdown()
    server.server_close()


def asked(gateway: Gateway, tables: Tables, address: str, forwarding: bool) -> tuple[int, Any]:
    """The answer of a model at an address."""
    stray = f"stray-{secrets.token_hex(4)}"
    tables.put_model(stray, "openai/x", apiBase=address, forwarding=forwarding)
    assert soon(lambda: gateway.ask(f"/v2/serve/models/{stray}")[0] == 200, 5)
    try:
        return gateway.chat(stray)
    finally:
        tables.remove_model(stray)


@pytest.mark.parametrize("lane", LANES)
@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "2130706433", "[::ffff:7f00:1]"])
def test_a_models_address_does_not_lead_to_the_gateways_own_machine(
    closed: Gateway, tables: Tables, trap: Trap, host: str, lane: str
) -> None:
    status, told = asked(closed, tables, f"http://{host}:{trap.port}/v1", LANES[lane])

    assert status >= 500, told
    assert host not in json.dumps(told)
    assert not trap.visited


@pytest.mark.parametrize("lane", LANES)
@pytest.mark.parametrize("host", ["169.254.169.254", "169.254.170.2", "[fd00:ec2::254]"])
def test_a_models_address_never_leads_to_credentials(
    closed: Gateway, tables: Tables, host: str, lane: str
) -> None:
    """Though nobody answers there on this machine: it is refused, not waited for."""
    status, told = asked(closed, tables, f"http://{host}/latest", LANES[lane])

    assert status >= 500, told
    if lane == "forwarded":
        assert "may connect to" in told["error"]["message"]


@pytest.mark.parametrize("lane", LANES)
def test_a_redirect_is_not_followed(
    strict: Gateway, tables: Tables, trap: Trap, redirecting: str, lane: str
) -> None:
    status, told = asked(strict, tables, redirecting, LANES[lane])

    assert status >= 500, told
    assert str(trap.port) not in json.dumps(told)
    assert not trap.visited


@pytest.mark.parametrize("model", PICTURED)
def test_a_picture_that_a_caller_names_is_not_fetched_from_inside(
    gateway: Gateway, upstream: Upstream, trap: Trap, model: str
) -> None:
    """LiteLLM fetches pictures for providers that take none by address."""
    address = f"http://127.0.0.1:{trap.port}/secret.png"
    seen = [{"type": "image_url", "image_url": {"url": address}}, {"type": "text", "text": "x"}]
    gateway.chat(model, messages=[{"role": "user", "content": seen}])

    assert not trap.visited


HELLO = [{"role": "user", "content": "hi"}]
# What LiteLLM does by different clients of its own: the name of a model, its type and a request.
OPERATIONS: dict[str, tuple[str, str, dict[str, Any]]] = {
    "completions": ("openai/x", "textgen", {"prompt": "x"}),
    "responses": ("openai/x", "textgen", {"input": "x"}),
    "messages": ("anthropic/x", "textgen", {"messages": HELLO, "max_tokens": 9}),
    "messages/count_tokens": ("anthropic/x", "textgen", {"messages": HELLO}),
    "chat/completions": ("mistral/x", "textgen", {"messages": HELLO}),
    "embeddings": ("openai/x", "embedding", {"input": "x"}),
    "rerank": ("hosted_vllm/x", "rerank", {"query": "x", "documents": ["y"]}),
    "images/generations": ("openai/x", "imagegen", {"prompt": "x"}),
    "audio/speech": ("openai/x", "speech", {"input": "x", "voice": "alloy"}),
    "moderations": ("openai/x", "moderation", {"input": "x"}),
}


@pytest.mark.parametrize("operation", OPERATIONS)
def test_no_client_of_litellm_is_a_way_around(
    closed: Gateway, tables: Tables, trap: Trap, operation: str
) -> None:
    name, kind, body = OPERATIONS[operation]
    stray, here = f"stray-{secrets.token_hex(4)}", f"http://127.0.0.1:{trap.port}/v1"
    key = tables.put_key("sk-stray-and-private", stray)
    tables.put_model(stray, name, apiBase=here, modelType=kind, forwarding=False, **key)
    assert soon(lambda: closed.ask(f"/v2/serve/models/{stray}")[0] == 200, 5)
    try:
        status, told, _ = closed.ask(f"/v2/serve/{operation}", {"model": stray, **body})
    finally:
        tables.remove_model(stray)

    # Tokens are estimated where the provider cannot be asked.
    assert status >= 500 or told.get("estimated"), told
    assert not trap.visited
