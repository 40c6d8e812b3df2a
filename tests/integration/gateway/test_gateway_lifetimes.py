"""Gateways that are stopped, killed, or left without their tables."""

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.emulator.running import Emulator, eventually
from tests.integration.gateway.stage import Gateway, Tables
from tests.integration.gateway.upstream import Upstream

ROLES = ("poller", "desk_process", "lane.process", "metrics.process", "edge_process")
STREAM = {"model": "good", "messages": [{"role": "user", "content": "x"}], "stream": True}


@pytest.fixture
def own_gateway(emulator: Emulator, tables: Tables, tmp_path: Path) -> Iterator[Gateway]:
    with Gateway(emulator, tmp_path) as running:
        eventually(lambda: running.ask("/health")[0] == 200)
        yield running


def test_sigterm_lets_a_stream_end_and_exits_0(own_gateway: Gateway) -> None:
    connection = own_gateway.begin({**STREAM, "max_tokens": 80})
    answer = connection.getresponse()
    answer.readline()
    for _ in range(3):
        own_gateway.process.terminate()
    text = answer.read().decode()
    connection.close()
    assert text.endswith("data: [DONE]\n\n")
    # The first of the 80 was read before.
    assert text.count('"content"') == 79
    assert own_gateway.process.wait(timeout=20) == 0
    assert own_gateway.log().count("gateway stopped") == 1


def test_a_killed_gateway_leaves_no_process_and_its_successor_serves_at_once(
    own_gateway: Gateway,
) -> None:
    children = [own_gateway.child(role) for role in ROLES]
    own_gateway.end(signal.SIGKILL)
    own_gateway.start()
    # The socket is held by whoever started the gateway: this waits, and is not refused.
    assert own_gateway.chat("good")[0] == 200
    assert eventually(lambda: not any(child and child.is_running() for child in children))


@pytest.mark.parametrize(
    ("role", "model"), [("edge_process", "good"), ("lane.process", "lane-good")]
)
def test_a_killed_child_comes_back_and_costs_no_new_request(
    gateway: Gateway, role: str, model: str
) -> None:
    assert gateway.chat(model)[0] == 200
    child = gateway.child(role)
    assert child
    child.kill()
    assert gateway.chat(model)[0] == 200
    assert f'"event":"child died","child":"{role}"' in gateway.log()


def test_without_dynamodb_what_is_known_is_served(upstream: Upstream, tmp_path: Path) -> None:
    emulator = Emulator("ministack", tmp_path / "aws")
    emulator.start()
    tables = Tables(emulator)
    tables.put_token()
    tables.put_model("good", "openai/good", apiBase=upstream.base())
    with Gateway(emulator, tmp_path / "gateway") as gateway:
        eventually(lambda: gateway.chat("good")[0] == 200)
        emulator.end(signal.SIGKILL)
        assert eventually(lambda: "registry unavailable" in gateway.log())
        assert gateway.chat("good")[0] == 200
        assert gateway.ask("/v2/serve/models", token="never-seen")[0] == 503
        restart_without_tables(gateway)


def restart_without_tables(gateway: Gateway) -> None:
    """A restart in the outage knows the models from disk, but nobody's token."""
    gateway.end()
    gateway.start()
    assert eventually(lambda: gateway.ask("/health")[0] == 200)
    status, body = gateway.chat("good")
    assert (status, body["error"]["code"]) == (503, "authentication_unavailable")


def test_a_gateway_that_never_read_its_tables_is_not_healthy(tmp_path: Path) -> None:
    nowhere = Emulator("ministack", tmp_path / "aws")
    nowhere.socket.close()
    with Gateway(nowhere, tmp_path) as gateway:
        status, body, _ = gateway.ask("/health")
        assert (status, body["error"]["code"]) == (503, "registry_unavailable")
