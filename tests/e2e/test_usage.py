"""Usage: what people asked of the models shows within seconds, to them and to administrators."""

import secrets
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.e2e.client import Admin, ask, aws, eventually, serve

QUESTION = "What does os.path.join do?"


def today() -> str:
    return datetime.now(UTC).date().isoformat()


def usage(product: dict[str, Any], credential: str | None = None, **query: str) -> dict[str, Any]:
    asked = "&".join(f"{name}={value}" for name, value in ({"from": today()} | query).items())
    status, answer = Admin(product, credential).call("GET", f"/usage?{asked}")
    assert status == 200, answer
    return dict(answer)


def total(product: dict[str, Any], credential: str | None = None, **query: str) -> dict[str, Any]:
    return dict(usage(product, credential, **query)["total"])


@pytest.fixture
def token(product: dict[str, Any]) -> Iterator[str]:
    """A token put into the table by hand."""
    value = f"usage-{secrets.token_hex(8)}"
    table, key = product["token_table"], {"token": {"S": value}}
    aws(product, "dynamodb").put_item(TableName=table, Item=key)
    yield value
    aws(product, "dynamodb").delete_item(TableName=table, Key=key)


def counted(
    product: dict[str, Any], credential: str, before: dict[str, Any], requests: int
) -> dict[str, Any]:
    """The user's total, once so many more requests are in it."""

    def look() -> dict[str, Any] | None:
        now = total(product, credential)
        return now if now["requests"] >= before["requests"] + requests else None

    return eventually(look, within=30)


def test_what_a_person_asked_is_counted_streamed_or_not(product: dict[str, Any]) -> None:
    person = product["user"]["id_token"]
    before = total(product, person)
    client = serve(product, person)

    whole = ask(client, "tiny-chat", QUESTION, max_tokens=20)
    chunks = list(ask(client, "tiny-chat", QUESTION, max_tokens=20, stream=True))
    vectors = client.embeddings.create(model="minilm-l6-v2", input=["a", "b"])
    after = counted(product, person, before, requests=3)

    assert not any(chunk.usage for chunk in chunks)
    assert after["requests"] == before["requests"] + 3
    read = 2 * whole.usage.prompt_tokens + vectors.usage.prompt_tokens
    assert after["promptTokens"] - before["promptTokens"] == read
    written = after["completionTokens"] - before["completionTokens"]
    assert written == 2 * whole.usage.completion_tokens
    assert after["unmetered"] == before["unmetered"]
    assert after["latency"]["p50"] > 0
    assert after["firstToken"]["p50"] is not None


def test_an_administrator_sees_the_same_by_user_and_model(product: dict[str, Any]) -> None:
    person, name = product["user"]["id_token"], product["user"]["username"]
    before = total(product, person)
    ask(serve(product, person), "tiny-chat", QUESTION, max_tokens=2)
    after = counted(product, person, before, requests=1)

    by_user = usage(product, by="user")["rows"]
    models = usage(product, by="model", user=name)["rows"]
    assert next(row for row in by_user if row["user"] == name)["requests"] == after["requests"]
    assert sum(row["requests"] for row in models) == after["requests"]
    assert "tiny-chat" in [row["model"] for row in models]
    users = usage(product, by="user", model="tiny-chat")["rows"]
    assert name in [row["user"] for row in users]


def test_a_failure_is_counted_as_one(product: dict[str, Any]) -> None:
    person = product["user"]["id_token"]
    before = total(product, person)
    body = {"model": "tiny-chat", "messages": "not a list"}
    with pytest.raises(Exception, match="40"):
        serve(product, person).post("/chat/completions", body=body, cast_to=object)

    after = counted(product, person, before, requests=1)

    assert after["failures"] == before["failures"] + 1


def test_nobody_sees_the_usage_of_another(product: dict[str, Any], token: str) -> None:
    person = Admin(product, product["user"]["id_token"])
    status, answer = person.call("GET", f"/usage?user={product['admin']['username']}")
    assert (status, answer["error"]) == (403, "ForbiddenError")
    assert total(product, token)["requests"] == 0


def test_a_question_that_cannot_be_answered_says_what_can(product: dict[str, Any]) -> None:
    status, answer = Admin(product).call("GET", "/usage?by=group&user=ada")
    assert (status, answer["error"]) == (422, "ValidationError")
    assert "group" in answer["details"][0]["message"]
