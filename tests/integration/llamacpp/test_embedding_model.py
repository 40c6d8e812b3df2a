"""The demo embedding model, really served."""

import base64
import struct

import pytest
from openai import BadRequestError, OpenAI

CAT, KITTEN, TAX = "A cat sleeps on the sofa.", "The kitten naps on a couch.", "Taxes rose in May."


def embed(client: OpenAI, *texts: str) -> list[list[float]]:
    answer = client.embeddings.create(model="my-model", input=list(texts))
    return [item.embedding for item in answer.data]


def dot(one: list[float], other: list[float]) -> float:
    return sum(a * b for a, b in zip(one, other, strict=True))


def test_vectors_have_length_one(embedding_client: OpenAI) -> None:
    (vector,) = embed(embedding_client, CAT)
    assert len(vector) == 384
    assert dot(vector, vector) == pytest.approx(1, abs=1e-5)


def test_what_means_the_same_is_closer(embedding_client: OpenAI) -> None:
    cat, kitten, tax = embed(embedding_client, CAT, KITTEN, TAX)
    assert dot(cat, kitten) > 0.6 > 0.2 > dot(cat, tax)


def test_base64_and_numbers_are_the_same_vector(embedding_client: OpenAI) -> None:
    numbers = embedding_client.embeddings.create(
        model="my-model", input=CAT, encoding_format="float"
    )
    coded = embedding_client.embeddings.with_raw_response.create(
        model="my-model", input=CAT, encoding_format="base64"
    )
    text = coded.http_response.json()["data"][0]["embedding"]
    vector = struct.unpack("<384f", base64.b64decode(text))
    assert vector == pytest.approx(numbers.data[0].embedding, abs=1e-6)


def test_the_order_of_the_inputs_is_kept(embedding_client: OpenAI) -> None:
    forth = embed(embedding_client, CAT, TAX)
    back = embed(embedding_client, TAX, CAT)
    assert forth[0] == pytest.approx(back[1], abs=1e-5)


def test_a_text_of_many_pages_is_refused_with_the_limit(embedding_client: OpenAI) -> None:
    with pytest.raises(BadRequestError, match="512 tokens"):
        embed(embedding_client, "word " * 600)
