"""The functions of usage as AWS calls them: records in by the queue, answers out by the API."""

import json
from typing import Any

import pytest

from tests.support.calling import authorized, invoke, request
from tests.support.usage_world import told


def receive(*batches: dict[str, Any] | str) -> Any:
    records = [
        {"messageId": f"m{number}", "body": one if isinstance(one, str) else json.dumps(one)}
        for number, one in enumerate(batches)
    ]
    return invoke("usage.record_usage", {"Records": records})


def ask(caller: str = "ada", who: Any = None, **query: str) -> tuple[int, Any]:
    given = {"from" if name == "first" else name: value for name, value in query.items()}
    event = request("", authorized(caller) | (who or {})) | {"queryStringParameters": given or None}
    answer = invoke("usage.get_usage", event)
    return answer["statusCode"], json.loads(answer["body"])


@pytest.fixture
def used(aws: Any) -> None:
    """Ada called two models, Bob one, with a token."""
    records = [
        told(user="ada", groups=["readers"]),
        told(user="ada", served="m2", prompt=100),
        told(user="bob", token="t1", groups=["readers"], status=503),
    ]
    assert receive({"batch": "b-0", "records": records}) == {"batchItemFailures": []}


RANGE = {"first": "2026-11-20", "to": "2026-11-30"}


@pytest.mark.usefixtures("used")
def test_an_administrator_sees_everybodys_usage() -> None:
    status, answer = ask(by="user", **RANGE)
    assert status == 200
    assert [(row["user"], row["requests"]) for row in answer["rows"]] == [("ada", 2), ("bob", 1)]
    assert answer["total"]["promptTokens"] == 30 + 100 + 30
    assert (answer["total"]["failures"], answer["total"]["totalTokens"]) == (1, 181)


@pytest.mark.usefixtures("used")
def test_a_user_sees_their_own_and_no_others() -> None:
    assert ask("bob", **RANGE)[1]["total"]["requests"] == 1
    assert [row["token"] for row in ask("bob", by="token", **RANGE)[1]["rows"]] == ["t1"]
    status, answer = ask("bob", user="ada", **RANGE)
    assert (status, answer["error"]) == (403, "ForbiddenError")
    assert answer["message"].endswith("ask an administrator.")


@pytest.mark.usefixtures("used")
def test_a_token_sees_what_was_used_with_it() -> None:
    by_token = {"sub": "token:t1", "username": "api-token", "authType": "token"}
    status, answer = ask("bob", by_token, by="model", **RANGE)
    assert (status, answer["filters"], answer["total"]["requests"]) == (200, {"token": "t1"}, 1)
    other = by_token | {"sub": "token:t2"}
    assert ask("bob", other, **RANGE)[1]["total"]["requests"] == 0


@pytest.mark.usefixtures("used")
@pytest.mark.parametrize(
    "query",
    [{"by": "colour"}, {"first": "soon"}, {"user": "ada", "by": "group"}, {"first": "2020-01-01"}],
)
def test_a_question_that_has_no_answer_is_refused_with_the_reason(query: dict[str, str]) -> None:
    status, answer = ask(**query)
    assert (status, answer["error"]) == (422, "ValidationError")
    assert answer["details"]


@pytest.mark.usefixtures("used")
def test_a_message_that_comes_again_or_is_broken_changes_nothing() -> None:
    again = {"batch": "b-0", "records": [told(user="eve")]}
    broken = {"batch": "b-1", "records": [told(), told(status="fine")]}
    fresh = {"batch": "b-2", "records": [told(user="eve")]}
    replied = receive(again, "no JSON", broken, fresh)
    failed = [one["itemIdentifier"] for one in replied["batchItemFailures"]]
    assert failed == ["m1", "m2"]
    rows = ask(by="user", **RANGE)[1]["rows"]
    assert {row["user"]: row["requests"] for row in rows} == {"ada": 2, "bob": 1, "eve": 1}
