"""Requests and answers, by both clients: what is sent, what is sent again, what is raised."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING, Any

import pytest
from wire_server import Answer, Wire

import lisapy
from lisapy import LisaError

if TYPE_CHECKING:
    from conftest import Caller

MODEL = {"modelId": "a/b", "status": "InService", "failureReason": None}


def test_a_request_has_its_path_quoted_its_token_and_its_body(wire: Wire, caller: Caller) -> None:
    wire.on("PUT", "/v1/models/a%2Fb%3Fc", Answer(200, {"model": MODEL}))

    assert caller.do(lambda client: client.models.stop("a/b?c")) == MODEL

    assert wire.last().json == {"enabled": False}
    assert wire.last().headers["authorization"] == "Bearer secret"
    assert wire.last().headers["content-type"] == "application/json"


def test_a_query_is_text_or_json_and_nothing_for_none(wire: Wire, caller: Caller) -> None:
    wire.on("GET", "/v1/repository/r-1/similaritySearch", Answer(200, {"docs": [], "metadata": {}}))
    query = {"query": "a&b", "topK": 2, "rerank": False, "filter": {"year": 1}, "modelName": None}

    caller.do(lambda client: client.repositories.search("r-1", **query))

    told = {"query": "a&b", "topK": "2", "rerank": "false", "filter": '{"year": 1}'}
    assert wire.last().query == told


@pytest.mark.parametrize("model_id", ["", ".", ".."])
def test_an_id_cannot_lead_elsewhere(caller: Caller, model_id: str) -> None:
    with pytest.raises(LisaError, match="neither empty nor made of dots"):
        caller.do(lambda client: client.models.get(model_id))


def test_what_is_read_is_asked_for_again(wire: Wire, caller: Caller) -> None:
    busy = Answer(503, {"error": "Busy", "message": "Later."}, {"retry-after": "0"})
    wire.on("GET", "/v1/models", busy, busy, Answer(200, {"models": [MODEL]}))

    assert caller.do(lambda client: client.models.list()) == [MODEL]
    assert len(wire.asked) == 3


def test_what_changes_something_is_sent_once(wire: Wire, caller: Caller) -> None:
    wire.on("POST", "/v1/models", Answer(503, {"error": "Busy", "message": "Later."}))

    with pytest.raises(lisapy.ServerFailed, match=r"Busy: Later\."):
        caller.do(lambda client: client.models.create(modelId="a", modelName="b"))
    assert len(wire.asked) == 1


def test_what_was_turned_away_at_the_door_is_sent_again(wire: Wire, caller: Caller) -> None:
    full = Answer(429, {"message": "Too Many Requests"}, {"retry-after": "0"})
    wire.on("POST", "/v1/api-tokens", full, Answer(200, {"token": "lisa_x"}))

    assert caller.do(lambda client: client.tokens.create(name="n"))["token"] == "lisa_x"


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (400, lisapy.InvalidRequest),
        (401, lisapy.NotSignedIn),
        (403, lisapy.NotAllowed),
        (404, lisapy.NotFound),
        (409, lisapy.Conflict),
        (422, lisapy.InvalidRequest),
        (429, lisapy.TooManyRequests),
        (500, lisapy.ServerFailed),
    ],
)
def test_a_refusal_is_raised_with_its_words(
    wire: Wire, caller: Caller, status: int, kind: type[lisapy.ApiError]
) -> None:
    told = {"error": "Name", "message": "Why. What to do.", "details": [{"loc": ["a"], "msg": "b"}]}
    wire.on("GET", "/v1/models", Answer(status, told, {"x-request-id": "r-7"}))

    with pytest.raises(kind) as raised:
        caller.do(lambda client: client.models.list(), retries=0)

    error = raised.value
    assert (error.status, error.error, error.message) == (status, "Name", "Why. What to do.")
    assert (error.request_id, str(error)) == ("r-7", "Name: Why. What to do.\n  a: b")


def test_a_refusal_in_the_words_of_openai(wire: Wire, caller: Caller) -> None:
    told = {"error": {"message": "No such model.", "type": "t", "param": None, "code": "gone"}}
    wire.on("POST", "/v2/serve/chat/completions", Answer(404, told))

    with pytest.raises(lisapy.NotFound, match=r"gone: No such model\."):
        caller.do(lambda client: client.gateway.chat("m", []))


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (Answer(200, b"<html>"), "not JSON"),
        (Answer(302, None, {"location": "https://elsewhere"}), "redirection to https://elsewhere"),
        (Answer(502, b"<h1>Bad gateway</h1>"), "Bad gateway"),
        (Answer(200, b" " * ((64 << 20) + 1)), "longer than 64 MB"),
    ],
    ids=["page", "redirection", "proxy", "flood"],
)
def test_an_answer_that_is_not_lisas(
    wire: Wire, caller: Caller, answer: Answer, words: str
) -> None:
    wire.on("GET", "/v1/models", answer)
    with pytest.raises(LisaError, match=words):
        caller.do(lambda client: client.models.list(), retries=0)


def test_nobody_there(caller: Caller) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        caller.url = f"http://127.0.0.1:{free.getsockname()[1]}"
    with pytest.raises(lisapy.Unreachable, match="cannot be reached") as raised:
        caller.do(lambda client: client.models.list(), retries=1)
    assert not raised.value.sent


def test_an_answer_that_does_not_come_in_time(caller: Caller) -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        caller.url = f"http://127.0.0.1:{silent.getsockname()[1]}"
        with pytest.raises(lisapy.Unreachable, match="did not answer in time"):
            caller.do(lambda client: client.models.list(), timeout=0.1, retries=0)


def test_an_address_is_missing(caller: Caller) -> None:
    with pytest.raises(lisapy.NotConfigured, match="LISA_API_URL"):
        caller.do(lambda client: client.models.list(), api_url="")


def test_pages_are_turned_until_the_last(wire: Wire, caller: Caller) -> None:
    pages: list[dict[str, Any]] = [
        {"tokens": [{"name": "a"}, {"name": "b"}], "nextToken": "m"},
        {"tokens": [], "nextToken": "n"},
        {"tokens": [{"name": "c"}], "nextToken": None},
    ]
    wire.on("GET", "/v1/api-tokens", *(Answer(200, page) for page in pages))

    found = caller.do(lambda client: client.tokens.list(username="ada"))

    assert [token["name"] for token in found] == ["a", "b", "c"]
    queries = [one.query for one in wire.asked]
    ada = {"username": "ada"}
    assert queries == [ada, {**ada, "nextToken": "m"}, {**ada, "nextToken": "n"}]


def test_what_failed_says_why_when_it_is_waited_for(wire: Wire, caller: Caller) -> None:
    why = {"code": "NoCapacity", "message": "None is left.", "fix": "Try another type."}
    failed = {**MODEL, "status": "Failed", "failureReason": why}
    under_way = Answer(200, {"model": {**MODEL, "status": "Creating"}})
    wire.on("GET", "/v1/models/m", under_way, Answer(200, {"model": failed}))

    with pytest.raises(lisapy.WaitFailed, match=r"NoCapacity: None is left\. Try another type\."):
        caller.do(lambda client: client.models.wait("m"))


def test_waiting_ends(wire: Wire, caller: Caller) -> None:
    wire.on("GET", "/v1/models/m", Answer(200, {"model": {**MODEL, "status": "Creating"}}))
    with pytest.raises(lisapy.WaitFailed, match=r"Model m has not settled within 0\.1 s"):
        caller.do(lambda client: client.models.wait("m", within=0.1))


def test_a_removal_is_waited_for(wire: Wire, caller: Caller) -> None:
    gone = Answer(404, {"error": "ModelNotFoundError", "message": "Gone."})
    wire.on("GET", "/v1/models/m", Answer(200, {"model": MODEL}), gone)
    assert caller.do(lambda client: client.models.wait_gone("m")) is None
