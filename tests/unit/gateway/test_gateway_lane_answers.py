"""LiteLLM's answers in the words of OpenAI and Anthropic."""

import json
from typing import Any

import pytest

from gateway.lane.answers import event, whole


class Model:
    """As LiteLLM's are: dumped without what is None."""

    def __init__(self, **fields: Any) -> None:
        self._fields = fields

    def model_dump(self, **_: Any) -> dict[str, Any]:
        return dict(self._fields)


def said(operation: str, chunk: Any) -> Any:
    return json.loads(event(operation, chunk, "m1").split(b"data: ")[1])


@pytest.mark.parametrize("operation", ["chat/completions", "completions"])
def test_usage_comes_alone_as_openai_sends_it(operation: str) -> None:
    usage = {"total_tokens": 2}
    alone = Model(choices=[{"index": 0, "delta": {}}], usage=usage)
    assert said(operation, alone)["choices"] == []
    ending = Model(choices=[{"index": 0, "delta": {}, "finish_reason": "stop"}], usage=usage)
    assert len(said(operation, ending)["choices"]) == 1
    word = Model(choices=[{"index": 0, "delta": {"content": "x"}, "text": "x"}], usage=usage)
    assert len(said(operation, word)["choices"]) == 1


def test_a_response_is_told_by_typed_events() -> None:
    chunk = Model(type="response.completed", response={"model": "inner", "output": []})
    written = event("responses", chunk, "m1")
    assert written.startswith(b"event: response.completed\ndata: ")
    response = said("responses", chunk)["response"]
    assert (response["model"], response["error"]) == ("m1", None)


def test_anthropics_events_are_passed_as_they_come() -> None:
    for chunk in (b"event: x\n\n", "event: x\n\n"):
        assert event("messages", chunk, "m1") == b"event: x\n\n"


def test_litellms_own_notes_and_invented_counts_are_left_out() -> None:
    message = {"model": "inner", "type": "message", "_hidden_params": {"api_base": "x"}}
    assert whole("messages", message, "m1") == {"model": "m1", "type": "message"}
    picture = Model(created=1, data=[], usage={"total_tokens": 0})
    assert whole("images/generations", picture, "m1") == {"created": 1, "data": []}
    counted = Model(created=1, data=[], usage={"total_tokens": 7})
    assert whole("images/generations", counted, "m1")["usage"] == {"total_tokens": 7}


def test_judgements_have_openais_names() -> None:
    result = {"flagged": True, "categories": {"violence_graphic": True, "self_harm_intent": False}}
    told = whole("moderations", Model(results=[result]), "m1")["results"][0]
    assert told["categories"] == {"violence/graphic": True, "self-harm/intent": False}
    assert told["flagged"] is True
