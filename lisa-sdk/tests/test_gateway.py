"""Chat and embeddings: whole, streamed, broken off and left early."""

from __future__ import annotations

import json
import time
from itertools import accumulate, chain, repeat
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from wire_server import Answer, Wire

import lisapy
from lisapy.sse import Events

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conftest import Caller

CHAT = "/v2/serve/chat/completions"
HELLO: list[dict[str, Any]] = [{"role": "user", "content": "Hello"}]


def chunk(text: str) -> bytes:
    told = {"choices": [{"index": 0, "delta": {"content": text}}]}
    return f"data: {json.dumps(told)}\n\n".encode()


def stream(caller: Caller) -> str:
    chunks = caller.do(lambda client: client.gateway.stream("m", HELLO, temperature=0))
    return "".join(map(lisapy.text_of, chunks))


def test_a_stream_is_read_chunk_by_chunk(wire: Wire, caller: Caller) -> None:
    wire.on("POST", CHAT, Answer(pieces=[chunk("Good "), chunk("day"), b"data: [DONE]\n\n"]))

    assert stream(caller) == "Good day"
    told = {"temperature": 0, "model": "m", "messages": HELLO, "stream": True}
    assert wire.last().json == told


@pytest.mark.parametrize(
    ("end", "kind", "words"),
    [
        (b"", lisapy.UnexpectedAnswer, "broke off"),
        (b"data: {\n\n", lisapy.UnexpectedAnswer, "not JSON"),
        (b'data: {"error": {"message": "Died.", "code": "x"}}\n\n', lisapy.ServerFailed, "Died"),
    ],
)
def test_a_stream_that_does_not_end_well(
    wire: Wire, caller: Caller, end: bytes, kind: type[Exception], words: str
) -> None:
    wire.on("POST", CHAT, Answer(pieces=[chunk("Good "), end]))
    with pytest.raises(kind, match=words):
        stream(caller)


def test_a_stream_that_is_refused(wire: Wire, caller: Caller) -> None:
    wire.on("POST", CHAT, Answer(401, {"error": {"message": "Who?", "code": "invalid_api_key"}}))
    with pytest.raises(lisapy.NotSignedIn, match=r"invalid_api_key: Who\?"):
        stream(caller)


def test_to_leave_a_stream_ends_it(wire: Wire, lisa: lisapy.Lisa) -> None:
    def slowly() -> Iterator[bytes]:
        for piece in chain([chunk("first")], repeat(chunk("more"), 2000)):
            yield piece
            time.sleep(0.005)

    wire.on("POST", CHAT, Answer(pieces=slowly()))
    chunks = lisa.gateway.stream("m", HELLO)
    assert lisapy.text_of(next(chunks)) == "first"

    chunks.close()

    assert wire.left.wait(5)


def test_vectors_come_in_the_order_of_the_texts(wire: Wire, caller: Caller) -> None:
    rows = [{"index": 1, "embedding": [2.0]}, {"index": 0, "embedding": [1.0]}]
    wire.on("POST", "/v2/serve/embeddings", Answer(200, {"data": rows}))
    assert caller.do(lambda client: client.gateway.embed("m", ["a", "b"])) == [[1.0], [2.0]]


@settings(deadline=None)
@given(st.lists(st.integers(1, 9), max_size=60), st.sampled_from(["\n", "\r\n"]))
def test_events_are_found_however_the_bytes_are_cut(sizes: list[int], line: str) -> None:
    lines = [
        "data: äöü",
        "",
        ": comment",
        "event: x",
        "data: one",
        "data:two",
        "",
        "data: last",
        "",
    ]
    whole = "".join(one + line for one in lines).encode()
    cuts = [0, *(cut for cut in accumulate(sizes) if cut < len(whole)), len(whole)]
    events = Events()

    found = [one for a, b in zip(cuts, cuts[1:]) for one in events.feed(whole[a:b])]

    assert found == ["äöü", "one\ntwo", "last"]
