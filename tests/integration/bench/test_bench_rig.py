"""The benchmark's own parts: seconds of load, its counts asserted and not its times."""

import os
import threading
import time
from collections.abc import Iterator
from dataclasses import replace

import pytest

from tests.bench.gateway.contender import Contender, Load, Place, ready, upstream
from tests.bench.gateway.measured import cpu_seconds, difference, memory
from tests.bench.gateway.orders import Door, Order
from tests.bench.gateway.ours import EDGE, door, stage
from tests.bench.gateway.steps import NOWHERE, chat, paced, sample, stream
from tests.integration.gateway.stage import Gateway

UPSTREAM = "/v1/chat/completions"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    with upstream(tmp_path_factory.mktemp("bench")) as (running, _):
        yield running


@pytest.fixture(scope="module")
def load(place: Place) -> Iterator[Load]:
    with Load(place) as running:
        yield running


@pytest.fixture(scope="module")
def gateway(place: Place) -> Iterator[Gateway]:
    with stage(place) as running:
        ready(door(running, "bench"), running.process)
        yield running


def test_what_a_thread_spent_counts_when_it_has_ended() -> None:
    def work() -> None:
        until = time.thread_time() + 0.1
        while time.thread_time() < until:
            pass

    before = cpu_seconds(os.getpid())
    worker = threading.Thread(target=work)
    worker.start()
    worker.join()
    assert sum(difference(before, cpu_seconds(os.getpid())).values()) >= 0.1


def test_every_connection_asks_as_often_as_it_is_told(place: Place, load: Load) -> None:
    order = Order(Door(place.upstream, UPSTREAM), chat(), connections=4, requests=50)
    report = load.carry_out(order)
    assert (report.statuses, report.failed) == ({"200": 50}, 0)
    assert report.whole[0] > 0


def test_requests_at_a_rate_are_as_many_as_it_says(place: Place, load: Load) -> None:
    order = Order(Door(place.upstream, UPSTREAM), chat(), connections=2, rate=50, seconds=1)
    report = load.carry_out(order)
    # One may be asked for at either end, and on a busy machine the second is a little longer.
    assert 45 <= report.requests <= 50 * report.seconds + 2
    assert report.failed == 0


@pytest.mark.parametrize("gap", [0, 2000])
def test_every_event_of_a_stream_arrives(place: Place, load: Load, gap: int) -> None:
    door_to = Door(place.upstream, UPSTREAM)
    report = load.carry_out(Order(door_to, stream(100, gap), connections=8, requests=16))
    assert (report.requests, report.events) == (16, 1600)
    assert (report.lost, report.damaged, report.failed) == (0, 0, 0)


def test_who_loses_patience_leaves_and_says_so(place: Place, load: Load) -> None:
    order = Order(Door(place.upstream, UPSTREAM), stream(10_000, 2000), 3, patience=0.3)
    report = load.carry_out(order)
    assert (report.requests, report.failed) == (0, 3)
    assert report.lost == 30_000 - report.events


def test_what_misbehaves_on_request_does(place: Place, load: Load) -> None:
    refusing = Door(place.upstream, f"/refusing{UPSTREAM}")
    assert load.carry_out(Order(refusing, chat(), requests=2)).statuses == {"429": 2}
    dying = Door(place.upstream, f"/dying{UPSTREAM}")
    report = load.carry_out(Order(dying, stream(50, 2000), requests=2))
    assert (report.events, report.failed) == (6, 2)


def test_nobody_at_the_door_is_a_failure_and_not_a_wait(load: Load) -> None:
    report = load.carry_out(Order(Door(1, "/"), chat(), seconds=1, patience=0.2))
    assert report.requests == 0
    assert report.failed > 0


def test_the_gateway_carries_a_little_of_each_load(gateway: Gateway, load: Load) -> None:
    ours = Contender("ours", door(gateway, "bench"), gateway.process.pid)
    asked = sample(ours, Order(NOWHERE, chat(), connections=8, requests=200), load)
    assert (asked.report.statuses, asked.report.failed) == ({"200": 200}, 0)
    told = sample(ours, replace(paced(20, events=20, over=0), patience=30), load)
    assert (told.report.events, told.report.lost, told.report.damaged) == (400, 0, 0)
    assert asked.seconds(EDGE) + told.seconds(EDGE) > 0
    assert memory(gateway.process.pid)[EDGE] > 0
