"""Tokens are read from every dialect, wherever the answer says them and however it is cut."""

import json
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gateway.usage.reading import HEAD, TAIL, Meter
from gateway.usage.record import Tokens


def read(*chunks: bytes) -> Tokens:
    meter = Meter()
    for chunk in chunks:
        meter.feed(chunk)
    return meter.tokens()


def body(**fields: Any) -> bytes:
    return json.dumps(fields).encode()


def events(*payloads: dict[str, Any], end: str = "data: [DONE]\n\n") -> bytes:
    return "".join([f"data: {json.dumps(one)}\n\n" for one in payloads] + [end]).encode()


def cut(text: bytes, places: Sequence[int]) -> list[bytes]:
    ends = sorted({0, len(text), *(place % (len(text) + 1) for place in places)})
    return [text[start:end] for start, end in pairwise(ends)]


OPENAI = {
    "prompt_tokens": 30,
    "completion_tokens": 7,
    "total_tokens": 37,
    "prompt_tokens_details": {"cached_tokens": 12, "audio_tokens": 0},
}
RESPONSES = {
    "input_tokens": 30,
    "input_tokens_details": {"cached_tokens": 12},
    "output_tokens": 7,
    "output_tokens_details": {"reasoning_tokens": 2},
    "total_tokens": 37,
}
WORD = {"choices": [{"index": 0, "delta": {"content": "word " * 10}}], "usage": None}
LONG = [WORD] * 200
FROM_START = {"input_tokens": 8, "cache_read_input_tokens": 12, "cache_creation_input_tokens": 10}
MESSAGE: list[dict[str, Any]] = [
    {"type": "message_start", "message": {"id": "m", "usage": {**FROM_START, "output_tokens": 1}}},
    *[{"type": "content_block_delta", "delta": {"text": "word " * 20}}] * 200,
    {"type": "message_delta", "delta": {"stop_reason": "end_turn"}, "usage": {"output_tokens": 7}},
    {"type": "message_stop"},
]
COMPLETED = {"output": ["x" * 50_000], "usage": RESPONSES, "metadata": {"a": "b" * 500}}
VECTORS = [{"embedding": [0.123456] * 3000}]
READ_ONLY = {"prompt_tokens": 30, "total_tokens": 30}
ALL = Tokens(30, 7, 12)

ANSWERS = {
    "chat": (body(id="c", choices=[{"message": {"content": "x" * 9000}}], usage=OPENAI), ALL),
    "chat, streamed": (events(*LONG, {"choices": [], "usage": OPENAI}), ALL),
    "chat, streamed, counted on": (events({**WORD, "usage": READ_ONLY}, {"usage": OPENAI}), ALL),
    "responses": (body(id="r", **COMPLETED), ALL),
    "responses, streamed": (
        events(
            {"type": "response.created", "response": {"usage": None}},
            *[{"type": "response.output_text.delta", "delta": "word"}] * 100,
            {"type": "response.completed", "response": COMPLETED},
            end="",
        ),
        ALL,
    ),
    "messages": (body(id="m", usage={**FROM_START, "output_tokens": 7}), ALL),
    "messages, streamed": (events(*MESSAGE, end=""), ALL),
    "messages, streamed, short": (events(MESSAGE[0], *MESSAGE[-2:], end=""), ALL),
    "embeddings": (body(data=VECTORS, usage=READ_ONLY), Tokens(30)),
    "embeddings, usage first": (body(usage=READ_ONLY, data=VECTORS), Tokens(30)),
    "rerank": (body(usage={"total_tokens": 30}, results=["x" * 20_000]), Tokens(30)),
    "rerank, Cohere": (body(results=[], meta={"tokens": {"input_tokens": 30}}), Tokens(30)),
    "rerank, billed": (body(meta={"billed_units": {"total_tokens": 30}}), Tokens(30)),
    "rerank, searches": (body(meta={"billed_units": {"search_units": 1}}), Tokens()),
    "images": (body(data=[{"b64_json": "A" * 90_000}], usage=RESPONSES), ALL),
    "transcription": (body(text="hi", usage={"type": "duration", "seconds": 3}), Tokens()),
    "speech": (bytes(range(256)) * 100, Tokens()),
    "nothing": (b"", Tokens()),
}


@pytest.mark.parametrize(("answer", "tokens"), ANSWERS.values(), ids=ANSWERS)
def test_the_tokens_of_every_kind_of_answer_are_read(answer: bytes, tokens: Tokens) -> None:
    assert read(answer) == tokens
    assert read(*(answer[at : at + 1000] for at in range(0, len(answer), 1000))) == tokens


@settings(deadline=None)
@given(
    name=st.sampled_from(sorted(ANSWERS)),
    places=st.lists(st.integers(0, 200_000), max_size=30),
)
def test_it_does_not_matter_how_an_answer_is_cut(name: str, places: list[int]) -> None:
    answer, tokens = ANSWERS[name]
    assert read(*cut(answer, places)) == tokens


def test_a_stream_that_breaks_off_tells_what_it_had_told() -> None:
    assert read(events(*MESSAGE[:50], end="")) == Tokens(30, 1, 12)
    assert read(events(*LONG)) == Tokens()


@pytest.mark.parametrize(
    "text",
    [
        '"usage": {"prompt_tokens": 999, "completion_tokens": 999}',
        '{"usage":{"prompt_tokens":999}}',
        "usage",
    ],
)
def test_no_text_of_an_answer_is_taken_for_its_usage(text: str) -> None:
    choice = {"message": {"content": text}, "logprobs": {"content": [{"token": text}]}}
    assert read(body(usage=OPENAI, choices=[choice])) == ALL
    assert read(body(choices=[choice])) == Tokens()


def test_a_tool_with_a_parameter_of_that_name_is_not_the_usage() -> None:
    tool = {"parameters": {"properties": {"usage": {"type": "object", "input_tokens": {}}}}}
    assert read(body(tools=[tool] * 20, usage=RESPONSES, metadata={"usage": "none"})) == ALL


@pytest.mark.parametrize("count", [-1, 10**12, "30", 3.5, True, None, [30]])
def test_a_count_that_cannot_be_one_is_left_out(count: object) -> None:
    usage = {"prompt_tokens": count, "completion_tokens": 7}
    assert read(body(usage=usage)) == Tokens(None, 7)


@pytest.mark.parametrize(
    "garbage",
    [
        b'{"usage":' + b'{"a":' * 5000,
        b'"usage":{"prompt_tokens":1' + b" " * 9000 + b"}",
        b'"usage":{' * 5000,
        b'"usage"' * 5000,
        b'"usage": {"prompt_tokens": 30',
        b'"usage": [{"prompt_tokens": 30}]',
        b'"usage": {\xff}',
    ],
)
def test_garbage_says_nothing(garbage: bytes) -> None:
    assert read(garbage) == Tokens()


@settings(deadline=None)
@given(chunks=st.lists(st.binary(max_size=3000), max_size=20))
def test_only_the_ends_of_an_answer_are_kept(chunks: list[bytes]) -> None:
    meter = Meter()
    for chunk in [*chunks, bytes(2 * TAIL), *chunks]:
        meter.feed(chunk)
    longest = max(map(len, chunks), default=0)
    assert len(meter._head) <= HEAD
    assert sum(map(len, meter._tail)) <= 2 * TAIL + longest
