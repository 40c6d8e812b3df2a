"""Clients that read slowly or not at all, send far too much, or only stay: who else notices."""

import json
import socket
import statistics
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing

import pytest

from tests.integration.gateway.raw_upstream import RawUpstream
from tests.integration.gateway.stage import TOKEN, Gateway, soon

CHAT = "/v2/serve/chat/completions"
MEGABYTE = 1024 * 1024
# Of the gateway `strict`: what its worker takes in of large bodies.
ROOM = 64 * MEGABYTE
IDLE = 5000


def head(length: int, token: str = TOKEN, more: str = "") -> bytes:
    lines = f"Authorization: Bearer {token}\r\nContent-Type: application/json\r\n{more}"
    return f"POST {CHAT} HTTP/1.1\r\nHost: h\r\n{lines}Content-Length: {length}\r\n\r\n".encode()


def wire(gateway: Gateway, receive: int = 0) -> socket.socket:
    """A connection; `receive` bounds what the kernel takes in unread."""
    client = socket.socket()
    if receive:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive)
    client.settimeout(20)
    client.connect(("127.0.0.1", gateway.port))
    return client


def chat(model: str, content: str = "x", **fields: object) -> bytes:
    messages = [{"role": "user", "content": content}]
    return json.dumps({"model": model, "messages": messages, **fields}).encode()


def milliseconds(gateway: Gateway, count: int = 20) -> float:
    """How long others wait meanwhile, in the middle."""

    def once() -> float:
        began = time.perf_counter()
        assert gateway.chat("good")[0] == 200
        return 1000 * (time.perf_counter() - began)

    return statistics.median(once() for _ in range(count))


def test_one_that_does_not_read_holds_its_upstream_back_and_nobody_else(
    strict: Gateway, raw: RawUpstream
) -> None:
    before, usual = strict.memory(), milliseconds(strict)
    with closing(wire(strict, receive=16_384)) as client:
        body = chat("raw-floods", stream=True)
        client.sendall(head(len(body)) + body)
        assert soon(lambda: raw.said["floods"] > 0)
        assert soon(lambda: stands_still(raw), within=10)
        assert milliseconds(strict) < 5 * usual + 20
        assert strict.memory() - before < 10 * MEGABYTE
        held = raw.said["floods"]
        taken = 0
        while taken < 30 * MEGABYTE:
            taken += len(client.recv(MEGABYTE))
        assert raw.said["floods"] > held
        assert strict.memory() - before < 10 * MEGABYTE
    assert soon(lambda: "floods" in raw.left)


def stands_still(raw: RawUpstream) -> bool:
    before = raw.said["floods"]
    time.sleep(0.3)
    return raw.said["floods"] == before


def test_one_that_closes_its_half_has_left(strict: Gateway, raw: RawUpstream) -> None:
    raw.left.pop("silent", None)
    asked = raw.asked["silent"]
    with closing(wire(strict)) as client:
        body = chat("raw-silent")
        client.sendall(head(len(body)) + body)
        assert soon(lambda: raw.asked["silent"] > asked)
        client.shutdown(socket.SHUT_WR)
        assert client.recv(100) == b""
    assert soon(lambda: "silent" in raw.left)


@pytest.mark.parametrize(("token", "status"), [(TOKEN, b"413"), ("wrong", b"401")])
def test_a_hundred_megabytes_are_refused_and_never_held(
    strict: Gateway, token: str, status: bytes
) -> None:
    before = strict.memory()
    with closing(wire(strict)) as client, ThreadPoolExecutor() as threads:
        client.sendall(head(100_000_000, token))
        sending = threads.submit(send_all, client, 100_000_000)
        most = max(strict.memory() for _ in watching(lambda: sending.done()))
        assert client.recv(65536).startswith(b"HTTP/1.1 " + status)
    assert most - before < 8 * MEGABYTE


def send_all(client: socket.socket, size: int) -> None:
    part = b"x" * MEGABYTE
    try:
        while size > 0:
            client.sendall(part[:size])
            size -= len(part)
    except (ConnectionError, TimeoutError):
        # Refused in the middle of it.
        return


def watching(done: Callable[[], bool]) -> Iterator[None]:
    while not done():
        yield
        time.sleep(0.01)
    yield


@pytest.mark.parametrize(("token", "status"), [(TOKEN, b"413"), ("wrong", b"401")])
def test_one_that_asks_first_need_not_send_a_hundred_megabytes(
    strict: Gateway, token: str, status: bytes
) -> None:
    with closing(wire(strict)) as client:
        client.sendall(head(100_000_000, token, "Expect: 100-continue\r\n"))
        assert client.recv(65536).startswith(b"HTTP/1.1 " + status)


def test_many_large_bodies_at_once_are_answered_or_told_to_come_again(strict: Gateway) -> None:
    before = strict.memory()
    body = chat("good", "x" * 20 * MEGABYTE)

    def send(_: int) -> tuple[int, str]:
        status, told, headers = strict.ask(CHAT, body)
        if status == 503:
            assert told["error"]["code"] == "gateway_busy"
        return status, headers.get("retry-after", "")

    with ThreadPoolExecutor(12) as threads:
        sending = [threads.submit(send, number) for number in range(12)]
        most = max(strict.memory() for _ in watching(lambda: all(one.done() for one in sending)))
    assert {one.result() for one in sending} == {(200, ""), (503, "1")}
    assert most - before < 5 * ROOM
    # Nothing of it is held any more.
    assert strict.ask(CHAT, body)[0] == 200


def test_five_thousand_idle_connections_cost_little_and_slow_nobody(strict: Gateway) -> None:
    usual, before = milliseconds(strict), strict.memory()
    with ExitStack() as connections:
        clients = [connections.enter_context(closing(wire(strict))) for _ in range(IDLE)]
        for client in clients:
            client.sendall(b"GET /health HTTP/1.1\r\nHost: h\r\n\r\n")
            assert client.recv(1000).startswith(b"HTTP/1.1 200")
        assert milliseconds(strict) < 3 * usual + 20
        held = strict.memory() - before
        assert held / IDLE < 16 * 1024
        clients[0].sendall(b"GET /health HTTP/1.1\r\nHost: h\r\n\r\n")
        assert clients[0].recv(1000).startswith(b"HTTP/1.1 200")
    assert milliseconds(strict) < 3 * usual + 20
