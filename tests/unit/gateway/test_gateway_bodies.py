"""JSON bodies: what they ask for, and the same body with another name of the model."""

import json

import pytest

from gateway import bodies
from gateway.errors import Refusal
from gateway.operations import OPERATIONS

JSON = b"application/json"


@pytest.mark.parametrize("operation", sorted(OPERATIONS))
def test_every_operation_reads_json(operation: str) -> None:
    body = b'{ "model":"m1","stream": true}'
    asked = bodies.read(operation, JSON, body)
    assert (asked.model, asked.stream) == ("m1", True)
    assert asked.body_for("m1") is body
    assert json.loads(asked.body_for("inner")) == {"model": "inner", "stream": True}


@pytest.mark.parametrize(
    "body",
    [
        b'{"model": "secret", "model": "m1"}',
        b'{"model": "m1", "Model": "secret", "MODEL": "secret"}',
        b'{"mod\\u0065l": "secret", "model": "m1"}',
    ],
)
def test_no_server_can_read_another_model_than_was_allowed(body: bytes) -> None:
    asked = bodies.read("chat/completions", JSON, body)
    assert (asked.model, asked.body_for("m1")) == ("m1", b'{"model":"m1"}')


def test_a_prompt_that_speaks_of_models_stays_as_it_is() -> None:
    body = b'{"model": "m1", "messages": [{"role": "user", "content": "the \\"model\\" of a car"}]}'
    assert bodies.read("chat/completions", JSON, body).body_for("m1") is body


def test_the_paths_model_wins_and_is_written_into_the_body() -> None:
    asked = bodies.read("chat/completions", JSON, b'{"model": "other"}', "m1")
    assert asked.model == "m1"
    assert json.loads(asked.body_for("m1")) == {"model": "m1"}
    asked = bodies.read("chat/completions", JSON, b'{"messages": []}', "m1")
    assert (asked.model, asked.stream) == ("m1", False)
    assert json.loads(asked.body_for("m1")) == {"model": "m1", "messages": []}


@pytest.mark.parametrize("body", [b"{}", b'{"model": ""}', b'{"model": ["m1"]}', b'{"model": 7}'])
def test_a_body_without_a_model_is_refused(body: bytes) -> None:
    with pytest.raises(Refusal) as raised:
        bodies.read("chat/completions", JSON, body)
    assert (raised.value.status, raised.value.param) == (400, "model")


@pytest.mark.parametrize(
    "field", ['"previous_response_id": "resp_1"', '"conversation": "conv_1"', '"background": true']
)
def test_what_refers_to_a_stored_response_is_refused(field: str) -> None:
    body = b'{"model": "m1", ' + field.encode() + b"}"
    with pytest.raises(Refusal, match="stores none") as raised:
        bodies.read("responses", JSON, body)
    assert raised.value.param == field.split('"')[1]
    assert bodies.read("chat/completions", JSON, body).model == "m1"


def test_a_response_that_says_that_it_refers_to_nothing_is_answered() -> None:
    body = b'{"model": "m1", "previous_response_id": null, "background": false}'
    assert bodies.read("responses", JSON, body).model == "m1"
