"""Processes that are ended or killed while requests run: which of these notice."""

import json
import signal
import threading
import time
from collections import Counter
from collections.abc import Iterator
from http.client import HTTPException, HTTPResponse
from pathlib import Path

import pytest

from tests.emulator.running import Emulator, eventually
from tests.integration.gateway.stage import Gateway, Tables

ASKED = {"messages": [{"role": "user", "content": "x"}], "stream": True, "max_tokens": 60}
DIRECT, LANE = "good", "lane-good"
CALLERS = 3


@pytest.fixture(scope="module")
def one(emulator: Emulator, tables: Tables, folder: Path) -> Iterator[Gateway]:
    with Gateway(emulator, folder / "doomed", EDGE_WORKERS="2", DRAIN_SECONDS="20") as running:
        yield running


@pytest.fixture
def doomed(one: Gateway) -> Gateway:
    """A gateway with two workers and a warm lane, whatever the test before did to it."""
    if one.process.poll() is not None:
        one.start()
    eventually(lambda: one.chat(LANE)[0] == 200)
    return one


class Running:
    """A stream that has begun."""

    def __init__(self, gateway: Gateway, model: str) -> None:
        self._connection = gateway.begin({**ASKED, "model": model})
        self._answer: HTTPResponse = self._connection.getresponse()
        self._begun = self._answer.readline()

    def rest(self) -> bytes:
        text = self._begun + self._answer.read()
        self._connection.close()
        return text


class Load:
    """Callers who ask one thing after the other, each on a connection of its own."""

    def __init__(self, gateway: Gateway, model: str = DIRECT) -> None:
        self._gateway = gateway
        self._model = model
        self._ended = threading.Event()
        self.seen: Counter[str] = Counter()
        self._callers = [threading.Thread(target=self._ask) for _ in range(CALLERS)]

    def __enter__(self) -> "Load":
        for caller in self._callers:
            caller.start()
        eventually(lambda: self.seen["200"] > 5)
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        for caller in self._callers:
            caller.join()

    def _ask(self) -> None:
        while not self._ended.is_set():
            try:
                self.seen[str(self._gateway.chat(self._model)[0])] += 1
            except (HTTPException, OSError):
                self.seen["cut"] += 1

    def goes_on(self, seconds: float) -> Counter[str]:
        """What was seen in so many seconds."""
        before = Counter(self.seen)
        time.sleep(seconds)
        return self.seen - before


def kill(gateway: Gateway, role: str) -> None:
    child = gateway.child(role)
    assert child
    child.kill()


def test_a_killed_lane_ends_its_streams_with_an_error_and_no_others(doomed: Gateway) -> None:
    through, past = Running(doomed, LANE), Running(doomed, DIRECT)
    kill(doomed, "lane.process")
    last = through.rest().strip().split(b"\n\n")[-1]
    assert json.loads(last.removeprefix(b"data: "))["error"]["code"] == "upstream_failed"
    assert past.rest().endswith(b"data: [DONE]\n\n")
    # Asked while it is away: answered once it is back.
    assert doomed.chat(LANE)[0] == 200


@pytest.mark.parametrize("role", ["desk_process", "poller", "metrics.process", "lane.process"])
def test_who_is_killed_beside_the_edge_costs_no_request_and_no_stream(
    doomed: Gateway, role: str
) -> None:
    stream = Running(doomed, DIRECT)
    with Load(doomed) as load:
        kill(doomed, role)
        seen = load.goes_on(1.5)
    assert set(seen) == {"200"}
    assert stream.rest().endswith(b"data: [DONE]\n\n")
    assert eventually(lambda: doomed.child(role))


def test_a_killed_edge_costs_what_it_was_answering_and_nothing_after(doomed: Gateway) -> None:
    with Load(doomed) as load:
        kill(doomed, "edge_process")
        time.sleep(0.2)
        cut = load.seen["cut"]
        seen = load.goes_on(2)
    # Each caller has one request at a time: more cannot have been lost.
    assert cut <= CALLERS
    assert set(seen) == {"200"}


def test_a_token_that_nobody_knows_yet_waits_for_a_killed_desk(
    doomed: Gateway, tables: Tables
) -> None:
    tables.put_token("first-heard-of")
    kill(doomed, "desk_process")
    assert doomed.chat(DIRECT, token="first-heard-of")[0] == 200


def test_sigterm_lets_streams_of_both_lanes_end(doomed: Gateway) -> None:
    streams = [Running(doomed, model) for model in (DIRECT, LANE, DIRECT)]
    doomed.process.terminate()
    time.sleep(0.2)
    doomed.process.send_signal(signal.SIGTERM)
    doomed.process.send_signal(signal.SIGINT)
    for stream in streams:
        text = stream.rest()
        assert text.endswith(b"data: [DONE]\n\n")
        assert text.count(b'"content"') >= 50
    assert doomed.process.wait(timeout=20) == 0
