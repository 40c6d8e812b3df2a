"""A third party's key: what can be one, and that it goes nowhere but where it is asked for."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from definition.payload import CreateModel
from definition.request import ModelRequest
from definition.update import UpdateModel
from kernel.faults import InvalidInputError
from kernel.faults import ValidationError as Refused
from models.changing import changed
from tests.support.model_payloads import EXTERNAL, HOSTED, NOON, external, hosted, parsed

type Json = dict[str, Any]

KEY = "not-a-real-key-4711"
ACCOUNT: Json = {
    "type": "service_account",
    "project_id": "p",
    "private_key": "-----BEGIN PRIVATE KEY-----\nnot-a-real-key\n-----END PRIVATE KEY-----\n",
    "token_uri": "https://oauth2.googleapis.com/token",
}
VERTEX = EXTERNAL | {"modelName": "vertex_ai/gemini-pro"}


def read(payload: Json) -> ModelRequest:
    return ModelRequest.model_validate_json(json.dumps(payload))


def why_not(payload: Json) -> str:
    with pytest.raises(ValidationError) as refused:
        read(payload)
    return str(Refused.of(refused.value).details)


def test_a_key_is_no_part_of_the_definition() -> None:
    asked = read(EXTERNAL | {"apiKey": KEY})
    assert asked.key is not None
    assert asked.key.get_secret_value() == KEY
    assert asked.definition == parsed(EXTERNAL)
    assert type(asked.definition) is CreateModel
    assert asked.definition.model_fields_set == parsed(EXTERNAL).model_fields_set


def test_a_request_that_is_written_down_does_not_show_its_key() -> None:
    asked, update = read(EXTERNAL | {"apiKey": KEY}), UpdateModel.model_validate({"apiKey": KEY})
    for written in (asked, update):
        texts = (repr(written), str(written), written.model_dump_json(), str(written.model_dump()))
        assert not any(KEY in text for text in texts)


@pytest.mark.parametrize("payload", [HOSTED, EXTERNAL])
@pytest.mark.parametrize("nothing", ["", None])
def test_an_empty_key_is_none(payload: Json, nothing: str | None) -> None:
    assert read(payload | {"apiKey": nothing}).key is None


def test_a_hosted_model_takes_no_key() -> None:
    assert "apiKey is for external models" in why_not(HOSTED | {"apiKey": KEY})
    with pytest.raises(InvalidInputError, match=r"hosted here and needs no key"):
        changed(hosted("m").serving("http://m/v1", NOON), put(KEY), NOON)


@pytest.mark.parametrize(
    ("key", "reason"),
    [
        ("k" * 8193, "8,192 characters at most"),
        *[
            (key, "printable ASCII")
            for key in (f"{KEY}\n", f" {KEY}", f"{KEY}\r\nX: y", "schlüssel")
        ],
        ("os.environ/AWS_SECRET_ACCESS_KEY", "must be the key itself"),
        (json.dumps(ACCOUNT), "for vertex_ai/ models only"),
    ],
)
def test_what_cannot_be_sent_as_a_key_is_refused_without_being_told(key: str, reason: str) -> None:
    told = why_not(EXTERNAL | {"apiKey": key})
    assert reason in told
    assert key.strip() not in told


@pytest.mark.parametrize("text", [json.dumps(ACCOUNT), json.dumps(ACCOUNT, indent=2) + "\n", KEY])
def test_vertex_takes_a_service_account_too(text: str) -> None:
    assert read(VERTEX | {"apiKey": text}).key


@pytest.mark.parametrize(
    "changes",
    [
        {"type": "external_account", "credential_source": {"file": "/etc/passwd"}},
        {"type": "authorized_user"},
        {"token_uri": "http://169.254.170.2/v2/credentials"},
    ],
)
def test_a_document_that_would_be_read_from_elsewhere_is_refused(changes: Json) -> None:
    assert "service_account" in why_not(VERTEX | {"apiKey": json.dumps(ACCOUNT | changes)})


@pytest.mark.parametrize("text", ["{", "{}", '{"type": ["service_account"]}', "{" * 5000])
def test_what_is_no_document_is_refused(text: str) -> None:
    assert "must be JSON of type service_account" in why_not(VERTEX | {"apiKey": text})


def test_a_document_has_an_end() -> None:
    long = json.dumps(ACCOUNT | {"private_key": "k" * 16384})
    assert "16,384 bytes at most" in why_not(VERTEX | {"apiKey": long})


@given(st.text(st.characters(min_codepoint=33, max_codepoint=122), min_size=1, max_size=200))
def test_every_word_of_ascii_is_a_key(text: str) -> None:
    assert read(EXTERNAL | {"apiKey": text}).key


def put(key: str | None) -> UpdateModel:
    return UpdateModel.model_validate_json(json.dumps({"apiKey": key}))


def test_null_takes_the_key_away_and_silence_does_not() -> None:
    assert put(None).removes_key
    assert not put(KEY).removes_key
    assert not UpdateModel.model_validate({"retries": 1}).removes_key


@pytest.mark.parametrize("key", ["", f"{KEY}\n", json.dumps(ACCOUNT)])
def test_a_new_key_is_checked_against_the_model_it_is_for(key: str) -> None:
    with pytest.raises(Refused) as refused:
        changed(external("m").serving(None, NOON), put(key), NOON)
    assert refused.value.details[0]["field"] == "apiKey"
    assert not key or key not in str(refused.value.details)
