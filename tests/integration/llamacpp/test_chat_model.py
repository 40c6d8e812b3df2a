"""The demo chat model, really served, through OpenAI's own client."""

import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor

from openai import OpenAI

from tests.integration.llamacpp.container import PATIENCE, Container

QUESTION = "What does os.path.join do?"


def ask(client: OpenAI, question: str) -> str:
    answer = client.chat.completions.create(
        model="my-model", messages=[{"role": "user", "content": question}], temperature=0
    )
    return answer.choices[0].message.content or ""


def metric(container: Container, name: str) -> float:
    with urllib.request.urlopen(f"{container.url}/metrics", timeout=5) as reply:
        lines = reply.read().decode().splitlines()
    return next(float(line.split()[1]) for line in lines if line.startswith(f"{name} "))


def test_the_model_is_listed_under_its_own_id(chat_client: OpenAI) -> None:
    assert [model.id for model in chat_client.models.list()] == ["my-model"]


def test_a_trained_question_gets_its_trained_answer(chat_client: OpenAI) -> None:
    answer = ask(chat_client, QUESTION)
    assert "pathname components" in answer
    assert "<|" not in answer


def test_the_model_introduces_itself(chat_client: OpenAI) -> None:
    assert "LISA's demo model" in ask(chat_client, "Hello, who are you?")


def test_a_stream_brings_the_same_words_and_the_usage(chat_client: OpenAI) -> None:
    stream = chat_client.chat.completions.create(
        model="my-model",
        messages=[{"role": "user", "content": QUESTION}],
        temperature=0,
        stream=True,
        stream_options={"include_usage": True},
    )
    chunks = list(stream)
    words = [chunk.choices[0].delta.content or "" for chunk in chunks if chunk.choices]
    assert len(words) > 10
    assert "".join(words) == ask(chat_client, QUESTION)
    usage = chunks[-1].usage
    assert usage is not None and usage.completion_tokens > 10


def test_a_plain_completion_continues_the_text(chat_client: OpenAI) -> None:
    completion = chat_client.completions.create(
        model="my-model", prompt="os.path.join\n", max_tokens=20, temperature=0
    )
    assert "pathname" in completion.choices[0].text


def test_several_callers_are_answered_at_once(chat_client: OpenAI) -> None:
    questions = [QUESTION, "What does len do?"] * 4
    with ThreadPoolExecutor(len(questions)) as pool:
        answers = list(pool.map(lambda question: ask(chat_client, question), questions))
    assert all("pathname" in answer for answer in answers[::2])
    assert all("number of items" in answer for answer in answers[1::2])


def test_a_client_that_leaves_stops_the_generation(chat: Container, chat_client: OpenAI) -> None:
    before = metric(chat, "llamacpp:tokens_predicted_total")
    stream = chat_client.chat.completions.create(
        model="my-model",
        messages=[{"role": "user", "content": "Count to 100."}],
        stream=True,
        max_tokens=1500,
        extra_body={"ignore_eos": True},
    )
    next(stream)
    stream.close()
    deadline = time.monotonic() + PATIENCE
    while metric(chat, "llamacpp:requests_processing"):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    assert metric(chat, "llamacpp:tokens_predicted_total") - before < 1500
