"""Clients that leave, and upstreams that refuse, hang up, die or fall silent."""

import json
import threading
import time

import openai
import pytest

from tests.emulator.running import eventually
from tests.integration.gateway.stage import Gateway, Tables, soon
from tests.integration.gateway.upstream import Upstream

HELLO = [{"role": "user", "content": "Hello"}]


@pytest.mark.parametrize("model", ["endless", "lane-endless"])
def test_a_client_that_leaves_a_stream_stops_the_model(
    gateway: Gateway, upstream: Upstream, model: str
) -> None:
    before = len(upstream.abandoned)
    connection = gateway.begin({"model": model, "messages": HELLO, "stream": True})
    answer = connection.getresponse()
    assert answer.readline().startswith(b"data: ")
    answer.close()
    connection.close()
    left = time.monotonic()
    assert eventually(lambda: len(upstream.abandoned) > before, within=5)
    # The promise is 0.1 s; the rest is for a machine that is busy with other things.
    assert upstream.abandoned[-1] - left < 0.5


def test_a_client_that_leaves_while_waiting_stops_the_model(
    gateway: Gateway, upstream: Upstream
) -> None:
    before, asked = len(upstream.abandoned), len(upstream.asked)
    connection = gateway.begin({"model": "slow", "messages": HELLO})
    assert eventually(lambda: len(upstream.asked) > asked)
    connection.close()
    assert soon(lambda: len(upstream.abandoned) > before)


@pytest.mark.promise("serve.without-buffering")
def test_tokens_arrive_when_they_are_made(gateway: Gateway) -> None:
    began = time.monotonic()
    body = {"model": "good", "messages": HELLO, "stream": True, "max_tokens": 50}
    connection = gateway.begin(body)
    answer = connection.getresponse()
    assert answer.readline()
    first = time.monotonic() - began
    assert answer.read()
    last = time.monotonic() - began
    connection.close()
    assert last > 1
    assert first < last / 2


def test_an_upstream_that_starts_late_costs_nobody_an_error(
    gateway: Gateway, tables: Tables
) -> None:
    closed = Upstream()
    base, port = closed.base(), closed.port
    closed.stop()
    tables.put_model("late", "openai/late", apiBase=base)
    assert soon(lambda: gateway.ask("/v2/serve/models/late")[0] == 200)
    started: list[Upstream] = []
    starter = threading.Timer(2, lambda: started.append(Upstream(port)))
    starter.start()
    began = time.monotonic()
    assert gateway.chat("late")[0] == 200
    assert time.monotonic() - began > 1.5
    starter.join()
    started[0].stop()
    tables.remove_model("late")


def test_waiting_for_an_upstream_ends_when_its_model_is_removed(
    gateway: Gateway, tables: Tables
) -> None:
    tables.put_model("gone", "openai/gone", apiBase="http://127.0.0.1:9/v1")
    assert soon(lambda: gateway.ask("/v2/serve/models/gone")[0] == 200)
    removal = threading.Timer(0.5, lambda: tables.remove_model("gone"))
    removal.start()
    status, body = gateway.chat("gone")
    assert (status, body["error"]["code"]) == (404, "model_not_found")
    removal.join()


def test_an_upstream_that_hangs_up_is_asked_once_more_and_then_reported(
    gateway: Gateway, upstream: Upstream
) -> None:
    asked = len(upstream.asked)
    status, body = gateway.chat("hanging-up")
    assert (status, body["error"]["code"]) == (502, "upstream_failed")
    assert len(upstream.asked) == asked + 2


def test_an_upstream_that_falls_silent_is_504(gateway: Gateway) -> None:
    status, body = gateway.chat("slow")
    assert (status, body["error"]["code"]) == (504, "upstream_timeout")
    assert "stream=true" in body["error"]["message"]


def test_a_stream_that_breaks_off_ends_with_an_error_that_clients_raise(gateway: Gateway) -> None:
    with gateway.openai() as client:
        stream = client.chat.completions.create(
            model="dying", messages=[{"role": "user", "content": "x"}], stream=True, max_tokens=9
        )
        with pytest.raises(openai.APIError, match="closed the connection"):
            list(stream)


def test_a_broken_stream_says_nothing_about_the_upstreams_address(gateway: Gateway) -> None:
    body = {"model": "dying", "messages": HELLO, "stream": True, "max_tokens": 9}
    connection = gateway.begin(body)
    text = connection.getresponse().read().decode()
    connection.close()
    last = json.loads(text.strip().splitlines()[-1].removeprefix("data: "))
    assert last["error"]["code"] == "upstream_failed"
    assert "127.0.0.1" not in text
