"""Several callers who use all of their context at the same time."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from openai import BadRequestError, OpenAI

from tests.integration.llamacpp.conftest import Start


@pytest.fixture(scope="module")
def client(start: Start) -> OpenAI:
    container = start("demo/tiny-chat", CONTEXT_LENGTH="256", PARALLEL="3").wait_until_healthy()
    return OpenAI(base_url=f"{container.url}/v1", api_key="unused", max_retries=0)


def talk(client: OpenAI, text: str) -> str:
    """As many words as the context has room for; why it stopped."""
    answer = client.chat.completions.create(
        model="my-model",
        messages=[{"role": "user", "content": text}],
        extra_body={"ignore_eos": True},
    )
    return str(answer.choices[0].finish_reason)


def test_a_full_context_ends_only_its_own_answer(client: OpenAI) -> None:
    with ThreadPoolExecutor(6) as pool:
        reasons = list(pool.map(lambda _: talk(client, "Count to 100."), range(6)))
    assert reasons == ["length"] * 6


def test_a_question_longer_than_the_context_is_refused_with_the_limit(client: OpenAI) -> None:
    with pytest.raises(BadRequestError, match="256 tokens"):
        talk(client, "word " * 300)
