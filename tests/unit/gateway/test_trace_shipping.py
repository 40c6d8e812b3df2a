"""Traces on their way: handed over without waiting, kept for a while, delivered, counted."""

import asyncio
import os
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import boto3
import pytest
from aiohttp import ClientSession, web

from gateway.tracing.handover import NAME, Giver, Taker
from gateway.tracing.receivers import Collector, XRay
from gateway.tracing.shipping import OneTrace, Shipper, Undelivered
from gateway.tracing.spans import facts, spans
from tests.support.moto_server import moto_server
from tests.unit.gateway.builders import record, trace


class Receiver:
    """One that a test can take away, and that finds some traces malformed."""

    def __init__(self) -> None:
        self.got: list[OneTrace] = []
        self.away = False
        self.refuses = 0

    async def send(self, traces: Sequence[OneTrace]) -> int:
        if self.away:
            raise Undelivered("away")
        self.got += traces
        return len(traces) - self.refuses


def one(request_id: str = "req_1") -> OneTrace:
    return spans(facts(record(request_id=request_id), trace()))


def name(told: OneTrace) -> object:
    return told[0].attributes["lisa.request.id"]


def test_a_trace_is_handed_over_and_taken_once(tmp_path: Path) -> None:
    giver, taker = Giver(tmp_path), Taker(tmp_path)
    assert giver.give(record(), trace())
    assert giver.give(record(request_id="req_2"), trace())
    assert [told["request_id"] for told in taker.take()] == ["req_1", "req_2"]
    assert list(taker.take()) == []
    giver.close()
    taker.close()


def test_what_was_handed_over_outlives_a_shipper(tmp_path: Path) -> None:
    giver = Giver(tmp_path)
    Taker(tmp_path).close()
    assert giver.give(record(), trace())
    successor = Taker(tmp_path)
    assert len(list(successor.take())) == 1
    giver.close()
    successor.close()


def test_half_a_trace_that_a_predecessor_left_spoils_no_other(tmp_path: Path) -> None:
    giver = Giver(tmp_path)
    pipe = os.open(tmp_path / NAME, os.O_RDWR | os.O_NONBLOCK)
    os.write(pipe, b'of a trace"}\n')
    assert giver.give(record(), trace())
    taker = Taker(tmp_path)
    assert len(list(taker.take())) == 1
    giver.close()
    taker.close()
    os.close(pipe)


def test_a_full_pipe_loses_traces_and_never_waits(tmp_path: Path) -> None:
    giver = Giver(tmp_path)
    given = [giver.give(record(), trace()) for _ in range(5000)]
    assert given[0]
    assert not given[-1]
    taker = Taker(tmp_path)
    assert len(list(taker.take())) == given.count(True)
    giver.close()
    taker.close()


def test_a_trace_that_is_too_long_for_its_line_is_lost(tmp_path: Path) -> None:
    giver = Giver(tmp_path)
    assert not giver.give(record(model="m" * 5000), trace())
    giver.close()


async def test_what_waits_is_sent_in_batches_and_in_order() -> None:
    receiver = Receiver()
    shipper = Shipper(receiver)
    for number in range(120):
        shipper.offer(one(f"req_{number}"))
    await shipper.ship()
    assert list(map(name, receiver.got)) == [f"req_{number}" for number in range(120)]
    assert (shipper.sent, shipper.dropped) == (120, 0)


async def test_an_outage_keeps_what_fits_and_drops_the_oldest() -> None:
    receiver = Receiver()
    receiver.away = True
    shipper = Shipper(receiver, most_waiting=3)
    for number in range(5):
        shipper.offer(one(f"req_{number}"))
        await shipper.ship()
    receiver.away = False
    await shipper.ship()
    assert not receiver.got, "the pause after a failure is not over"
    await shipper.end(patience=1.0)
    assert list(map(name, receiver.got)) == ["req_2", "req_3", "req_4"]
    assert (shipper.sent, shipper.dropped) == (3, 2)


async def test_an_outage_is_said_once_and_so_is_its_end(capfd: pytest.CaptureFixture[str]) -> None:
    receiver = Receiver()
    receiver.away = True
    shipper = Shipper(receiver)
    shipper.offer(one())
    await shipper.ship()
    await shipper.end(patience=1.0)
    assert (shipper.sent, shipper.dropped) == (0, 1)
    receiver.away = False
    shipper.offer(one())
    await shipper.end(patience=1.0)
    out = capfd.readouterr().out
    assert (out.count("traces undelivered"), out.count("delivered again")) == (1, 1)


async def test_what_the_receiver_finds_malformed_is_dropped() -> None:
    receiver = Receiver()
    receiver.refuses = 1
    shipper = Shipper(receiver)
    shipper.offer(one("req_1"))
    shipper.offer(one("req_2"))
    await shipper.ship()
    assert (shipper.sent, shipper.dropped) == (1, 1)


@asynccontextmanager
async def collector(status: int) -> AsyncIterator[tuple[str, list[tuple[dict[str, str], Any]]]]:
    """A collector over real HTTP: its address, and what it was sent."""
    got: list[tuple[dict[str, str], Any]] = []

    async def take(request: web.Request) -> web.Response:
        headers = {name.lower(): value for name, value in request.headers.items()}
        got.append((headers, await request.json()))
        return web.json_response({}, status=status)

    app = web.Application()
    app.router.add_post("/v1/traces", take)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    yield f"http://127.0.0.1:{port}", got
    await runner.cleanup()


async def test_a_collector_gets_the_spans_and_its_key() -> None:
    async with collector(200) as (endpoint, got), ClientSession() as session:
        receiver = Collector(session, endpoint, {"x-key": "k"}, "lisa")
        assert await receiver.send([one("req_1"), one("req_2")]) == 2
    ((headers, body),) = got
    assert (headers["x-key"], headers["content-type"]) == ("k", "application/json")
    assert len(body["resourceSpans"][0]["scopeSpans"][0]["spans"]) == 2


async def test_a_collector_that_refuses_is_not_asked_again_and_a_busy_one_is() -> None:
    async with collector(400) as (endpoint, _), ClientSession() as session:
        assert await Collector(session, endpoint, {}, "lisa").send([one()]) == 0
    async with collector(503) as (endpoint, _), ClientSession() as session:
        with pytest.raises(Undelivered, match="status 503"):
            await Collector(session, endpoint, {}, "lisa").send([one()])


async def test_a_collector_that_is_away_is_told_without_its_address() -> None:
    async with collector(200) as (endpoint, _):
        pass
    async with ClientSession() as session:
        with pytest.raises(Undelivered) as raised:
            await Collector(session, endpoint, {}, "lisa").send([one()])
    assert "127.0.0.1" not in str(raised.value)


@pytest.fixture
def aws(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    with moto_server() as address:
        for variable, value in (
            ("AWS_ENDPOINT_URL", address),
            ("AWS_DEFAULT_REGION", "us-east-1"),
            ("AWS_ACCESS_KEY_ID", "test"),
            ("AWS_SECRET_ACCESS_KEY", "test"),
        ):
            monkeypatch.setenv(variable, value)
        yield address


async def test_x_ray_keeps_the_segment(aws: str) -> None:
    told = one()
    assert await XRay("lisa").send([told]) == 1
    trace_id = f"1-{told[0].trace_id[:8]}-{told[0].trace_id[8:]}"
    answer = await asyncio.to_thread(boto3.client("xray").batch_get_traces, TraceIds=[trace_id])
    (found,) = answer["Traces"]
    assert '"name":"lisa-gateway"' in found["Segments"][0]["Document"]


async def test_x_ray_that_is_away_is_undelivered(monkeypatch: pytest.MonkeyPatch, aws: str) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:1")
    with pytest.raises(Undelivered, match="EndpointConnectionError"):
        await XRay("lisa").send([one()])
