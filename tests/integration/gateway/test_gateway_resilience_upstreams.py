"""Upstreams that hang, reset, trickle, say nonsense or too much: what a caller sees of each."""

import gzip
import http.client
import json
import time

import pytest

from tests.emulator.running import eventually
from tests.integration.gateway.raw_upstream import BODY, EVENT, RawUpstream
from tests.integration.gateway.stage import Gateway, soon

# Of the gateway `strict`; a look at who is late is taken each second.
PATIENCE = 3.0
ASKED = {"messages": [{"role": "user", "content": "x"}]}


def told(gateway: Gateway, name: str) -> tuple[int, str]:
    """Status and code of a refusal."""
    status, body = gateway.chat(f"raw-{name}")
    return status, body["error"]["code"]


def streamed(gateway: Gateway, name: str) -> bytes:
    connection = gateway.begin({"model": f"raw-{name}", "stream": True, **ASKED})
    text = connection.getresponse().read()
    connection.close()
    return text


@pytest.mark.parametrize("name", ["silent", "silent-after-its-head"])
def test_one_that_hangs_is_504_after_its_time_and_hung_up_on(
    strict: Gateway, raw: RawUpstream, name: str
) -> None:
    raw.left.pop(name, None)
    began, asked = time.monotonic(), raw.asked[name]
    assert told(strict, name) == (504, "upstream_timeout")
    assert PATIENCE < time.monotonic() - began < PATIENCE + 3
    assert soon(lambda: name in raw.left)
    assert raw.asked[name] == asked + 1


def test_one_that_hangs_in_a_stream_ends_it_with_an_error(
    strict: Gateway, raw: RawUpstream
) -> None:
    *events, last = streamed(strict, "falls-silent").strip().split(b"\n\n")
    assert events == [EVENT.strip()]
    assert json.loads(last.removeprefix(b"data: "))["error"]["code"] == "upstream_timeout"
    assert soon(lambda: "falls-silent" in raw.left)


@pytest.mark.parametrize("name", ["resets", "garbage", "bad-chunks", "two-lengths"])
def test_one_that_resets_or_says_nonsense_is_502(
    strict: Gateway, raw: RawUpstream, name: str
) -> None:
    asked = raw.asked[name]
    assert told(strict, name) == (502, "upstream_failed")
    assert raw.asked[name] <= asked + 2


@pytest.mark.parametrize("name", ["resets-later", "bad-chunks-later"])
def test_the_same_in_a_stream_ends_it_with_an_error(
    strict: Gateway, raw: RawUpstream, name: str
) -> None:
    *events, last = streamed(strict, name).strip().split(b"\n\n")
    assert events == [EVENT.strip()]
    assert json.loads(last.removeprefix(b"data: "))["error"]["code"] == "upstream_failed"


def test_a_head_without_end_is_left_early(strict: Gateway, raw: RawUpstream) -> None:
    before, said = strict.memory(), raw.said["head-without-end"]
    assert told(strict, "head-without-end") == (502, "upstream_failed")
    # 100 MB were on offer to each of two attempts; the rest is what kernels hold.
    assert raw.said["head-without-end"] - said < 30_000_000
    assert strict.memory() - before < 10_000_000


def test_an_answer_shorter_than_announced_is_cut_short(strict: Gateway, raw: RawUpstream) -> None:
    connection = strict.begin({"model": "raw-short", **ASKED})
    with pytest.raises(http.client.IncompleteRead):
        connection.getresponse().read()
    connection.close()


def test_what_is_longer_than_announced_reaches_nobody(strict: Gateway, raw: RawUpstream) -> None:
    for _ in range(5):
        assert strict.chat("raw-long")[0] == 200


@pytest.mark.parametrize("name", ["interim", "hasty", "trickles"])
def test_odd_but_right_answers_are_answers(strict: Gateway, raw: RawUpstream, name: str) -> None:
    status, body = strict.chat(f"raw-{name}")
    assert (status, body) == (200, json.loads(BODY))


def test_one_that_trickles_is_passed_on_as_it_comes(strict: Gateway, raw: RawUpstream) -> None:
    connection = strict.begin({"model": "raw-trickles", **ASKED})
    answer = connection.getresponse()
    began = time.monotonic()
    assert answer.read(1) == BODY[:1]
    assert answer.read() == BODY[1:]
    assert time.monotonic() - began > 0.002 * len(BODY)
    connection.close()


def test_what_comes_compressed_is_passed_on_as_it_is(strict: Gateway, raw: RawUpstream) -> None:
    connection = strict.begin({"model": "raw-gzip", **ASKED})
    answer = connection.getresponse()
    assert answer.headers["content-encoding"] == "gzip"
    assert gzip.decompress(answer.read()) == BODY
    connection.close()


def test_connections_closed_at_the_worst_time_cost_nobody_an_error(
    strict: Gateway, raw: RawUpstream
) -> None:
    asked = raw.asked["once"]
    assert [strict.chat("raw-once")[0] for _ in range(20)] == [200] * 20
    assert raw.asked["once"] > asked + 30


def test_an_upstream_that_answers_early_need_not_read_the_rest(
    strict: Gateway, raw: RawUpstream
) -> None:
    large = [{"role": "user", "content": "x" * 20_000_000}]
    assert strict.chat("raw-hasty", messages=large)[0] == 200
    assert eventually(lambda: strict.chat("raw-hasty")[0] == 200)
