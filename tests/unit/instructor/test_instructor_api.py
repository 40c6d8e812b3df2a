"""OpenAI's embeddings API, over an encoder that needs no weights."""

import asyncio
import base64
import json
import struct
import threading
from collections.abc import Sequence
from typing import Any

import pytest

from instructor.app import LARGEST_BODY, App
from instructor.asked import MOST_TEXTS
from instructor.work import FRESH_SECONDS, MOST_WAITING, Work


class Letters:
    """Vectors of two numbers: how long the text is, and how long its instruction."""

    longest = 12

    def __init__(self) -> None:
        self.works = threading.Event()
        self.works.set()
        self.calls = 0

    def count(self, texts: Sequence[str]) -> list[int]:
        return [len(text) for text in texts]

    def encode(self, texts: Sequence[str], instruction: str) -> list[list[float]]:
        self.works.wait(10)
        self.calls += 1
        return [[float(len(text)), float(len(instruction))] for text in texts]


class Clock:
    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


class Service:
    """The application, called as an ASGI server calls it."""

    def __init__(self) -> None:
        self.encoder, self.clock = Letters(), Clock()
        self.app = App("m1", Work(self.encoder, self.clock))

    async def call(self, method: str, path: str, body: bytes = b"") -> tuple[int, Any]:
        chunks = [body[:5], body[5:]]
        sent: list[Any] = []

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": chunks.pop(0), "more_body": bool(chunks)}

        async def send(message: Any) -> None:
            sent.append(message)

        await self.app({"type": "http", "method": method, "path": path}, receive, send)
        return sent[0]["status"], json.loads(sent[1]["body"])

    async def embed(self, **fields: Any) -> tuple[int, Any]:
        body = json.dumps({"model": "m1", **fields}).encode()
        return await self.call("POST", "/v1/embeddings", body)


@pytest.fixture
def service() -> Service:
    return Service()


async def test_texts_are_answered_in_their_order(service: Service) -> None:
    status, answer = await service.embed(input=["abc", "a"])
    assert status == 200
    assert [item["embedding"] for item in answer["data"]] == [[3, 0], [1, 0]]
    assert [item["index"] for item in answer["data"]] == [0, 1]
    assert answer["usage"] == {"prompt_tokens": 4, "total_tokens": 4}
    assert (answer["object"], answer["model"]) == ("list", "m1")


async def test_an_instruction_reaches_the_encoder_and_is_counted(service: Service) -> None:
    _, answer = await service.embed(input="abc", instruction="Find: ")
    assert answer["data"][0]["embedding"] == [3, 6]
    assert answer["usage"]["prompt_tokens"] == 9


async def test_base64_and_numbers_are_the_same_vector(service: Service) -> None:
    _, answer = await service.embed(input="abc", encoding_format="base64")
    packed = base64.b64decode(answer["data"][0]["embedding"])
    assert struct.unpack("<2f", packed) == (3, 0)


@pytest.mark.parametrize(
    ("fields", "status", "parameter"),
    [
        ({"input": "a", "model": "other"}, 404, "model"),
        ({}, 400, "input"),
        ({"input": []}, 400, "input"),
        ({"input": ""}, 400, "input"),
        ({"input": ["a", ""]}, 400, "input"),
        ({"input": [1, 2]}, 400, "input"),
        ({"input": ["a"] * (MOST_TEXTS + 1)}, 400, "input"),
        ({"input": "a" * 13}, 400, "input"),
        ({"input": "abc", "instruction": "a" * 10}, 400, "input"),
        ({"input": "a", "instruction": ["a"]}, 400, "instruction"),
        ({"input": "a", "instruction": "a" * 2001}, 400, "instruction"),
        ({"input": "a", "encoding_format": "int8"}, 400, "encoding_format"),
        ({"input": "a", "dimensions": 2}, 400, "dimensions"),
    ],
)
async def test_what_is_not_understood_is_refused_by_name(
    service: Service, fields: dict[str, Any], status: int, parameter: str
) -> None:
    found, answer = await service.embed(**fields)
    assert (found, answer["error"]["param"]) == (status, parameter)
    assert answer["error"]["type"] == "invalid_request_error"
    assert answer["error"]["message"].endswith(".")


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b"\xff", b"[" * 100_000])
async def test_a_body_that_is_no_object_is_refused(service: Service, body: bytes) -> None:
    status, answer = await service.call("POST", "/v1/embeddings", body)
    assert status == 400
    assert answer["error"]["message"].startswith("The body is not")


async def test_a_body_is_read_up_to_its_limit(service: Service) -> None:
    status, answer = await service.call("POST", "/v1/embeddings", bytes(LARGEST_BODY + 1))
    assert status == 413
    assert "4 MiB" in answer["error"]["message"]


async def test_a_text_that_is_too_long_is_named_with_the_limit(service: Service) -> None:
    _, answer = await service.embed(input=["a", "b" * 13])
    message = answer["error"]["message"]
    assert message.startswith("Text 1 has 13 tokens") and "at most 12 tokens" in message


async def test_the_model_is_listed_under_its_own_id(service: Service) -> None:
    status, answer = await service.call("GET", "/v1/models")
    assert (status, [model["id"] for model in answer["data"]]) == (200, ["m1"])


async def test_another_path_lists_the_paths_that_exist(service: Service) -> None:
    status, answer = await service.call("POST", "/v1/chat/completions", b"{}")
    assert status == 404
    assert "/v1/embeddings" in answer["error"]["message"]


async def test_health_is_a_vector_that_was_computed(service: Service) -> None:
    assert (await service.call("GET", "/health"))[0] == 200
    assert service.encoder.calls == 1
    await service.call("GET", "/health")
    assert service.encoder.calls == 1
    service.clock.seconds += FRESH_SECONDS
    await service.call("GET", "/health")
    assert service.encoder.calls == 2


async def test_a_model_that_computes_no_more_is_not_healthy(service: Service) -> None:
    service.encoder.works.clear()
    work = Work(service.encoder, service.clock)
    assert not await work.answers(patience=0.1)
    service.encoder.works.set()
    assert await work.answers(patience=5)


async def test_a_line_that_is_too_long_is_not_joined(service: Service) -> None:
    service.encoder.works.clear()
    waiting = [asyncio.create_task(service.embed(input="a")) for _ in range(MOST_WAITING)]
    await asyncio.sleep(0)
    status, answer = await service.embed(input="a")
    assert (status, answer["error"]["type"]) == (429, "rate_limit_error")
    service.encoder.works.set()
    assert {status for status, _ in await asyncio.gather(*waiting)} == {200}


async def test_a_caller_who_left_is_not_answered(service: Service) -> None:
    sent: list[Any] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "POST", "path": "/v1/embeddings"}
    await service.app(scope, receive, send)
    assert sent == []
    assert service.encoder.calls == 0
