"""A request becomes typed input, a model becomes an answer, and nonsense becomes a refusal."""

import json
from base64 import b64encode
from collections.abc import Callable
from typing import Any

import pytest
from pydantic import BaseModel, ConfigDict

from kernel.faults import Fault
from kernel.http import MAX_BODY, Caller, api
from tests.support.calling import Context, authorized, request

type Logged = Callable[[], list[dict[str, Any]]]


class Note(BaseModel):
    """What a caller sends."""

    model_config = ConfigDict(extra="forbid", strict=True)

    text: str
    stars: int = 0


class Kept(BaseModel):
    """What a caller gets."""

    note_id: str
    text: str
    by: str


class NoteLost(Fault):
    kind = "missing"
    fix = "Write it again."


@api(role="user", body=Note, status=201)
def keep(command: Note, note_id: str, caller: Caller) -> Kept:
    if command.text == "lose me":
        raise NoteLost(f"Note {note_id} has been lost.")
    if command.text == "break":
        raise RuntimeError("the password is hunter2")
    return Kept(note_id=note_id, text=command.text, by=caller.username)


@api(role="admin")
def look(caller: Caller) -> dict[str, Any]:
    return {"groups": list(caller.groups), "subject": caller.subject}


def sent(body: Any, **changes: Any) -> dict[str, Any]:
    """The answer to a body sent as it is, by bob."""
    event = request(body, authorized("bob"), note_id="n1") | changes
    answer: dict[str, Any] = keep(event, Context())
    return answer


def refusal(body: Any, **changes: Any) -> tuple[int, dict[str, Any]]:
    answer = sent(body, **changes)
    return answer["statusCode"], json.loads(answer["body"])


def test_a_request_is_answered_with_what_the_function_returns() -> None:
    answer = sent('{"text": "hello"}')
    assert answer["statusCode"] == 201
    assert json.loads(answer["body"]) == {"note_id": "n1", "text": "hello", "by": "bob"}
    assert answer["headers"] == {
        "Content-Type": "application/json",
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
    }


@pytest.mark.parametrize(
    "body",
    [
        None,
        "",
        "no json",
        '{"text": "a"',
        "[]",
        '"text"',
        "null",
        "1",
        '{"text": "\ud800"}',
        "[" * 100_000,
        '{"text":' * 50_000,
        '{"stars": ' + "9" * 5_000 + "}",
        "x" * MAX_BODY,
        '{"text": "' + "x" * MAX_BODY + '"}',
    ],
    ids=lambda body: str(body)[:12],
)
def test_what_is_no_json_object_is_invalid_input(body: str | None) -> None:
    status, answer = refusal(body)
    assert (status, answer["error"]) == (400, "InvalidInputError")
    assert answer["message"].startswith("The input provided is invalid.")
    assert answer.keys() == {"error", "message"}


def test_bytes_that_are_no_text_are_invalid_input() -> None:
    body = b64encode(b'\xff\xfe{"text": "a"}').decode()
    assert refusal(body, isBase64Encoded=True)[0] == 400
    assert refusal("=", isBase64Encoded=True)[0] == 400


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ("{}", "text"),
        ('{"text": 1}', "text"),
        ('{"text": null}', "text"),
        ('{"text": ["a"]}', "text"),
        ('{"text": "a", "stars": "1"}', "stars"),
        ('{"text": "a", "stars": 1.5}', "stars"),
        ('{"text": "a", "stars": NaN}', "stars"),
        ('{"text": "a", "moons": 1}', "moons"),
    ],
)
def test_fields_that_break_the_rules_are_named(body: str, field: str) -> None:
    status, answer = refusal(body)
    assert (status, answer["error"]) == (422, "ValidationError")
    assert [detail["field"] for detail in answer["details"]] == [field]
    assert all(detail["message"] for detail in answer["details"])


def test_a_refusal_does_not_repeat_what_was_sent() -> None:
    answer = sent('{"text": "a", "stars": "s3cr3t", "s3cr3t2": 1}')
    assert answer["statusCode"] == 422
    assert '"s3cr3t"' not in answer["body"]


def test_a_thousand_wrong_fields_make_a_short_answer() -> None:
    body = json.dumps({"text": "a"} | {f"field{number}": 1 for number in range(1000)})
    status, answer = refusal(body)
    assert status == 422
    assert len(answer["details"]) == 20


@pytest.mark.parametrize("text", ["héllo", "你好", "🦙", "a\u0000b", "\u202eabc"])
@pytest.mark.parametrize("encoded", [False, True])
def test_every_letter_comes_back_as_it_was_sent(text: str, encoded: bool) -> None:
    raw = json.dumps({"text": text}, ensure_ascii=False)
    body = b64encode(raw.encode()).decode() if encoded else raw
    answer = sent(body, isBase64Encoded=encoded)
    assert json.loads(answer["body"])["text"] == text


def test_a_body_may_be_as_large_as_the_limit() -> None:
    frame = '{"text": ""}'
    largest = '{"text": "' + "x" * (MAX_BODY - len(frame)) + '"}'
    assert sent(largest)["statusCode"] == 201
    assert sent(largest + " ")["statusCode"] == 400
    encoded = b64encode(largest.encode()).decode()
    assert sent(encoded, isBase64Encoded=True)["statusCode"] == 201


def test_a_fault_tells_what_happened_and_what_to_do() -> None:
    status, answer = refusal('{"text": "lose me"}')
    assert status == 404
    assert answer == {
        "error": "NoteLost",
        "message": "Note n1 has been lost. Write it again.",
    }


def test_what_nobody_foresaw_is_logged_and_not_shown(logged: Logged) -> None:
    answer = sent('{"text": "break"}')
    body = json.loads(answer["body"])
    assert (answer["statusCode"], body["error"]) == (500, "InternalError")
    assert "request-1" in body["message"]
    assert "hunter2" not in answer["body"]
    cause, refused = logged()
    assert "hunter2" in cause["exception"]
    assert cause["correlation_id"] == refused["correlation_id"] == "request-1"


def test_pages_of_another_origin_may_read_answers_only_when_it_is_allowed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("ALLOWED_ORIGIN", "https://ui.example")
    for body in ('{"text": "a"}', "no json"):
        headers = sent(body)["headers"]
        assert headers["Access-Control-Allow-Origin"] == "https://ui.example"
        assert headers["Vary"] == "Origin"


@pytest.mark.parametrize("origin", ["", None])
def test_without_an_allowed_origin_there_is_no_header(
    origin: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    if origin is not None:
        monkeypatch.setenv("ALLOWED_ORIGIN", origin)
    assert "Access-Control-Allow-Origin" not in sent('{"text": "a"}')["headers"]


def test_a_caller_is_who_the_authorizer_says() -> None:
    answer = look(request("", authorized("ada")), Context())
    assert json.loads(answer["body"]) == {"groups": ["administrators"], "subject": "sub-ada"}


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({}, 200),
        ({"sub": ""}, 401),
        ({"exp": "1"}, 401),
        ({"exp": "4102444800"}, 200),
        ({"admin": "false"}, 403),
        ({"admin": ""}, 403),
        ({"admin": "yes"}, 403),
        ({"admin": "false", "groups": '["administrators"]'}, 403),
        ({"admin": "false", "curator": "true"}, 403),
    ],
)
def test_a_caller_may_do_what_the_authorizer_says(change: dict[str, str], status: int) -> None:
    answer = look(request("", authorized("ada") | change), Context())
    assert answer["statusCode"] == status


@pytest.mark.parametrize("context", [None, {}, {"authorizer": None}, {"authorizer": {}}])
def test_a_request_that_nobody_vouches_for_is_refused(context: Any) -> None:
    headers = {"sub": "sub-ada", "admin": "true", "Authorization": "Bearer x"}
    event = {"requestContext": context, "headers": headers, "body": None}
    answer = look(event, Context())
    assert (answer["statusCode"], json.loads(answer["body"])["error"]) == (
        401,
        "UnauthenticatedError",
    )


def test_a_function_says_what_it_promises() -> None:
    contract = keep.contract  # type: ignore[attr-defined]
    assert (contract.role, contract.body, contract.status) == ("user", Note, 201)
    assert contract.path_parameters == {"note_id"}


@api(role="user")
def keep_many() -> dict[str, Any]:
    kept = Kept(note_id="n1", text="é", by="bob")
    return {"notes": [kept, kept], "last": kept, "count": 2}


def test_an_answer_may_hold_models() -> None:
    answer = keep_many(request("", authorized("bob")), Context())
    note = {"note_id": "n1", "text": "é", "by": "bob"}
    assert json.loads(answer["body"]) == {"notes": [note, note], "last": note, "count": 2}
