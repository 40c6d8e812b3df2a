"""A stream is asked for its usage, and a caller who did not ask never sees it."""

import json
import re
from typing import Any

import orjson
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from gateway.event_stream import LONGEST_EVENT
from gateway.usage.including import (
    WithoutUsage,
    asking,
    asking_in,
    must_ask,
    says_only_usage,
)
from tests.unit.gateway.test_usage_reading import OPENAI, WORD, cut

CHAT = "chat/completions"
USAGE = {"id": "c", "choices": [], "usage": OPENAI}
type Payload = dict[str, Any]


@pytest.mark.parametrize(
    ("operation", "payload", "asks"),
    [
        (CHAT, {"stream": True}, True),
        ("completions", {"stream": True}, True),
        (CHAT, {"stream": True, "stream_options": None}, True),
        (CHAT, {"stream": True, "stream_options": {"include_usage": False}}, True),
        (CHAT, {"stream": True, "stream_options": {"include_usage": True}}, False),
        (CHAT, {"stream": True, "stream_options": "all"}, False),
        (CHAT, {"stream": False}, False),
        (CHAT, {}, False),
        ("responses", {"stream": True}, False),
        ("messages", {"stream": True}, False),
    ],
)
def test_only_a_stream_that_would_not_say_it_is_asked(
    operation: str, payload: Payload, asks: bool
) -> None:
    assert must_ask(operation, payload) is asks


def test_the_other_options_of_a_stream_stay() -> None:
    options = {"continuous_usage_stats": True, "include_usage": False}
    asked = asking({"model": "m", "stream": True, "stream_options": options})
    assert asked == {
        "model": "m",
        "stream": True,
        "stream_options": {"continuous_usage_stats": True, "include_usage": True},
    }
    assert asking({"stream_options": None}) == {"stream_options": {"include_usage": True}}


@pytest.mark.parametrize("end", ["", "\n", "\r\n\t ", " " * 100])
@pytest.mark.parametrize("indent", [None, 2])
def test_the_wish_is_added_to_the_callers_own_bytes(end: str, indent: int | None) -> None:
    payload = {"model": "m", "messages": [{"content": 'a } and " and é'}], "stream": True}
    body = (json.dumps(payload, indent=indent, ensure_ascii=False) + end).encode()
    added = asking_in(body, payload)
    assert added
    assert orjson.loads(added) == asking(payload)
    assert added.startswith(body.rstrip().removesuffix(b"}"))


def test_options_that_are_there_are_not_said_twice() -> None:
    payload = {"stream": True, "stream_options": {}}
    assert asking_in(orjson.dumps(payload), payload) is None


def event(
    payload: object, line_end: bytes = b"\n", separators: tuple[str, str] = (",", ":")
) -> bytes:
    return b"data: " + json.dumps(payload, separators=separators).encode() + 2 * line_end


def passed(chunks: list[bytes]) -> bytes:
    stream = WithoutUsage()
    return b"".join([*map(stream.feed, chunks), stream.rest()])


def kept(stream: bytes) -> bytes:
    """What should pass, found the slow way: event by event, by what each says."""
    sent = b""
    for part in re.split(rb"(?<=\n\n)|(?<=\n\r\n)", stream):
        # An empty line too many belongs to no event.
        event = part.lstrip(b"\r\n")
        sent += part.removesuffix(event) if says_only_usage(event) else part
    return sent


@pytest.mark.parametrize("line_end", [b"\n", b"\r\n"])
@pytest.mark.parametrize("separators", [(",", ":"), (", ", ": ")])
def test_the_usage_is_taken_out_and_every_other_byte_stays(
    line_end: bytes, separators: tuple[str, str]
) -> None:
    before = event(WORD, line_end) + b": keep-alive" + 2 * line_end
    stream = before + event(USAGE, line_end, separators) + b"data: [DONE]" + 2 * line_end
    assert passed([stream]) == before + b"data: [DONE]" + 2 * line_end


TEXT = {"choices": [{"delta": {"content": '"choices":[] "usage":{"prompt_tokens":1}\n\n'}}]}
PIECES = [
    event(WORD),
    event(WORD, b"\r\n", (", ", ": ")),
    event(USAGE),
    event(USAGE, b"\r\n", (" , ", " : ")),
    b"event: chunk\nid: 7\n" + event(USAGE),
    event({"choices": [], "prompt_filter_results": []}),
    event({"choices": [], "usage": None}),
    event({"choices": [], "usage": OPENAI, "error": {"message": "no"}}),
    event({"choices": [{"delta": {}, "finish_reason": "stop"}], "usage": OPENAI}),
    event({"choices": [{"delta": {"content": "word"}, "index": 0}], "usage": OPENAI}),
    event({"choices": [{"text": "", "index": 1, "logprobs": None}], "usage": OPENAI}),
    event({"choices": [{"delta": {"content": ""}, "index": 0}], "usage": OPENAI}),
    event({"error": {"message": "no"}}),
    event(TEXT),
    b": ping\n\n",
    b"data: [DONE]\n\n",
    b"\n",
    b"\r\n",
    b'data: {"choices":[]\n\n',
    b'data: {"choices":[],"usage":{"pro',
    b"\xff\x00",
]


EVENTS = PIECES[: PIECES.index(b"\n")]


@settings(deadline=None)
@given(
    pieces=st.lists(st.sampled_from(PIECES), max_size=12),
    places=st.lists(st.integers(0, 5000), max_size=40),
)
@example(pieces=PIECES, places=list(range(5000)))
def test_it_does_not_matter_how_a_stream_is_cut(pieces: list[bytes], places: list[int]) -> None:
    stream = b"".join(pieces)
    assert passed(cut(stream, places)) == kept(stream)


@settings(deadline=None)
@given(
    pieces=st.lists(st.sampled_from(EVENTS), max_size=12),
    places=st.lists(st.integers(0, 5000), max_size=40),
)
def test_no_event_waits_for_the_next(pieces: list[bytes], places: list[int]) -> None:
    whole = WithoutUsage()
    sent = b""
    came = b""
    for chunk in cut(b"".join(pieces), places):
        came += chunk
        sent += whole.feed(chunk)
        complete = max(came.rfind(b"\n\n") + 2, came.rfind(b"\n\r\n") + 3)
        assert sent == kept(came[:complete] if complete > 2 else b"")


def test_what_says_that_a_stream_broke_off_begins_between_two_events() -> None:
    stream = WithoutUsage()
    sent = stream.feed(event(WORD) + b'data: {"choices":[{"del')
    assert sent == event(WORD)


def test_a_line_without_end_is_passed_on_in_parts() -> None:
    stream = WithoutUsage()
    sent = b"".join(stream.feed(b"x" * 1000) for _ in range(1000))
    assert len(sent) >= 1_000_000 - LONGEST_EVENT - 1000
    assert len(sent + stream.rest()) == 1_000_000


@pytest.mark.parametrize(
    ("choices", "only"),
    [
        ([], True),
        ([{"index": 0, "delta": {}}], True),
        ([{"index": 1, "delta": {"content": "", "role": None}, "finish_reason": None}], True),
        ([{"index": 0, "text": "", "logprobs": None}], True),
        ([{"index": 0, "delta": {"role": "assistant"}}], False),
        ([{"index": 0, "delta": {"content": "word"}}], False),
        ([{"index": 0, "delta": {}, "finish_reason": "stop"}], False),
        ([{"index": 0, "delta": {}}, {"index": 1, "delta": {"content": "word"}}], False),
        ([{"index": 0, "text": "word"}], False),
        ("none", False),
        ([1], False),
    ],
)
def test_an_event_with_a_usage_is_kept_if_it_says_anything_else(choices: Any, only: bool) -> None:
    assert says_only_usage(event({"choices": choices, "usage": OPENAI})) is only
    assert not says_only_usage(event({"choices": choices, "usage": None}))
