"""What a stream said, in whatever pieces it came."""

import json
from typing import Any

import hypothesis.strategies as st
from hypothesis import given

from gateway.keeping.transcript import LONGEST, Transcript
from gateway.usage.record import Tokens

CITATION = {"type": "url_citation", "url_citation": {"title": "Leave"}}


def chunk(finish: str | None = None, index: int = 0, **delta: Any) -> bytes:
    choice = {"index": index, "delta": delta, "finish_reason": finish}
    return f"data: {json.dumps({'choices': [choice]})}\n\n".encode()


STREAM = b"".join(
    [
        chunk(role="assistant"),
        chunk(reasoning_content="Let me "),
        chunk(reasoning_content="see."),
        chunk(content="Six "),
        chunk(content="other", index=1),
        chunk(content="wöchen."),
        chunk(annotations=[CITATION]),
        chunk(finish="stop"),
        b"data: [DONE]\n\n",
    ]
)


def told(*parts: bytes, tokens: Tokens | None = None) -> dict[str, Any]:
    transcript = Transcript()
    for part in parts:
        transcript.hear(part)
    return transcript.told(tokens or Tokens())


@given(st.lists(st.integers(0, len(STREAM)), max_size=6))
def test_a_stream_is_heard_in_any_pieces(cuts: list[int]) -> None:
    edges = [0, *sorted(cuts), len(STREAM)]
    parts = [STREAM[start:end] for start, end in zip(edges, edges[1:], strict=False)]
    assert told(*parts) == {
        "status": "complete",
        "content": "Six wöchen.",
        "reasoning": "Let me see.",
        "citations": [CITATION],
    }


def test_tokens_are_told_where_the_model_told_them() -> None:
    usage = told(STREAM, tokens=Tokens(prompt=3, completion=4))["usage"]
    assert usage == {"promptTokens": 3, "completionTokens": 4, "totalTokens": 7}


def test_what_refused_a_chat_is_its_error() -> None:
    refused = {"error": {"message": "Too long.", "type": "x", "param": None, "code": None}}
    found = told(json.dumps(refused).encode())
    assert found["error"] == {"code": "", "message": "Too long."}
    assert (found["status"], found["content"]) == ("failed", "")


def test_a_stream_without_an_end_has_failed() -> None:
    found = told(chunk(content="Six"), b"data: {broken\n\n")
    assert (found["status"], found["content"]) == ("failed", "Six")
    assert found["error"]["message"]


def test_an_error_in_the_stream_is_kept() -> None:
    error = b'event: error\ndata: {"error": {"code": "upstream_broke", "message": "It broke."}}\n\n'
    assert told(chunk(content="Six"), error)["error"] == {
        "code": "upstream_broke",
        "message": "It broke.",
    }


def test_what_is_kept_has_a_bound() -> None:
    assert len(told(*[chunk(content="x" * 10_000)] * 30, STREAM)["content"]) == LONGEST
    assert len(told(*[b"x" * 1024**2] * 20)["content"]) == 0
