"""Who the caller is: found addresses, passwords, codes, renewal, and what shows of it."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any, cast

import pytest
from wire_server import Answer, Wire

import lisapy
from lisapy import Lisa
from lisapy.exchange import Exchange
from lisapy.signing_in import Auth
from lisapy.steps import Reply, Send

if TYPE_CHECKING:
    from conftest import Caller

ENV = {
    "AUTHORITY": "https://cognito-idp.region.example/pool",
    "CLIENT_ID": "client",
    "RESTAPI_VERSION": "v2",
}
TOKENS = {"IdToken": "first", "RefreshToken": "again", "ExpiresIn": 3600, "TokenType": "Bearer"}
NO_MODELS = Answer(200, {"models": []})


@pytest.fixture(autouse=True)
def console(wire: Wire) -> None:
    """A console that tells where everything is, which is here."""
    env = {
        **ENV,
        "METADATA_URL": f"{wire.url}/pool/openid",
        "RESTAPI_URI": wire.url,
        "API_BASE_URL": f"{wire.url}/v1",
    }
    wire.on("GET", "/env.js", Answer(200, f"window.env = {json.dumps(env)};\n".encode()))
    wire.on("GET", "/v1/models", NO_MODELS)


def metadata(wire: Wire, **more: str) -> None:
    wire.on("GET", "/pool/openid", Answer(200, {"token_endpoint": f"{wire.url}/token", **more}))


def test_an_installation_is_found_by_its_console(wire: Wire, caller: Caller) -> None:
    found = caller.do(lambda client: client.auth.find(f"{wire.url}/console"))

    assert (found.api_url, found.serve_url) == (f"{wire.url}/v1", f"{wire.url}/v2/serve")
    assert "authorization" not in wire.last().headers


@pytest.mark.parametrize("path", ["", "/", "/v2/serve", "/v2/serve/"])
def test_a_gateway_alone_is_found_by_its_address(wire: Wire, caller: Caller, path: str) -> None:
    wire.on("GET", "/env.js", Answer(200, b"<html>"))
    found = caller.do(lambda client: client.auth.find(wire.url + path), api_url="http://api")
    assert (found.api_url, found.serve_url) == ("http://api", f"{wire.url}/v2/serve")


def test_an_address_without_its_scheme_is_none(caller: Caller) -> None:
    with pytest.raises(lisapy.NotConfigured, match="begins with https"):
        caller.do(lambda client: client.auth.find("lisa.example.org"))


def test_a_console_cannot_lead_a_token_out_of_tls() -> None:
    told = {**ENV, "RESTAPI_URI": "http://a", "API_BASE_URL": "https://a/v1"}
    steps = vars(Auth)["find"].steps(Auth(cast("Any", None), Exchange()), "https://a")
    assert next(steps) == Send("GET", "https://a/env.js")
    with pytest.raises(lisapy.UnexpectedAnswer, match="without TLS"):
        steps.send(Reply(200, {}, f"window.env = {json.dumps(told)};".encode()))


def test_a_password_signs_in_at_cognito(wire: Wire) -> None:
    wire.on("POST", "/", Answer(200, {"AuthenticationResult": TOKENS}))
    with Lisa.connect(wire.url) as lisa:
        lisa.auth.password("ada", "pass-word")
        asked = wire.last()
        lisa.models.list()

    assert asked.headers["x-amz-target"].endswith(".InitiateAuth")
    assert asked.json["ClientId"] == "client"
    assert asked.json["AuthParameters"] == {"USERNAME": "ada", "PASSWORD": "pass-word"}
    assert wire.last().headers["authorization"] == "Bearer first"


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (Answer(400, {"__type": "NotAuthorized", "message": "Incorrect."}), "Incorrect"),
        (Answer(200, {"ChallengeName": "SMS_MFA", "Session": "s"}), "SMS_MFA"),
    ],
)
def test_a_password_that_is_not_enough(
    wire: Wire, caller: Caller, answer: Answer, words: str
) -> None:
    wire.on("POST", "/", answer)

    async def awaited(client: Any) -> None:
        await client.auth.find(wire.url)
        await client.auth.password("ada", "pass-word")

    def waited(client: Any) -> None:
        client.auth.find(wire.url)
        client.auth.password("ada", "pass-word")

    with pytest.raises(lisapy.SignInFailed, match=words) as raised:
        caller.do(waited if caller.make is Lisa else awaited)
    assert "pass-word" not in str(raised.value)


def test_a_code_on_another_device(wire: Wire) -> None:
    metadata(wire, device_authorization_endpoint=f"{wire.url}/device")
    begun = {"device_code": "d", "user_code": "ABCD", "verification_uri": "https://there"}
    wire.on("POST", "/device", Answer(200, {**begun, "interval": 0, "expires_in": 60}))
    pending = Answer(400, {"error": "authorization_pending"})
    tokens = {"access_token": "access", "id_token": "identity", "expires_in": 60}
    wire.on("POST", "/token", pending, pending, Answer(200, tokens))
    shown: list[lisapy.DeviceCode] = []
    with Lisa.connect(wire.url) as lisa:
        lisa.auth.device(shown.append)
        assert wire.last().form["device_code"] == "d"
        lisa.exchange.credential.expires_at = 0  # type: ignore[attr-defined]
        lisa.models.list()

    assert [(code.url, code.code) for code in shown] == [("https://there", "ABCD")]
    assert wire.last().headers["authorization"] == "Bearer identity"


@pytest.mark.parametrize(
    ("error", "words"), [("access_denied", "denied"), ("expired_token", "exp")]
)
def test_a_code_that_nobody_allows(wire: Wire, error: str, words: str) -> None:
    metadata(wire, device_authorization_endpoint=f"{wire.url}/device")
    wire.on("POST", "/device", Answer(200, {"device_code": "d", "user_code": "A", "interval": 0}))
    wire.on("POST", "/token", Answer(400, {"error": error}))
    with Lisa.connect(wire.url) as lisa, pytest.raises(lisapy.SignInFailed, match=words):
        lisa.auth.device(lambda code: None)


def test_a_provider_without_codes_says_so(wire: Wire) -> None:
    metadata(wire)
    with Lisa.connect(wire.url) as lisa, pytest.raises(lisapy.SignInFailed, match="no device flow"):
        lisa.auth.device(lambda code: None)


def signed_in(wire: Wire, kept: list[lisapy.SignIn], cognito: bool, ends: float) -> Lisa:
    url = f"{wire.url}/" if cognito else f"{wire.url}/token"
    lisa = Lisa(f"{wire.url}/v1")
    lisa.exchange.credential = lisapy.SignIn(
        "old", "refresh-it", ends, url, "client", cognito, on_change=kept.append
    )
    return lisa


def test_a_sign_in_is_renewed_before_it_ends(wire: Wire) -> None:
    wire.on("POST", "/token", Answer(200, {"id_token": "new", "expires_in": 3600}))
    kept: list[lisapy.SignIn] = []
    with signed_in(wire, kept, cognito=False, ends=time.time() + 5) as lisa:
        lisa.models.list()
        lisa.models.list()

    assert [one.headers.get("authorization") for one in wire.asked] == [None] + ["Bearer new"] * 2
    assert wire.asked[0].form["refresh_token"] == "refresh-it"
    assert [(one.bearer_token, one.refresh_token) for one in kept] == [("new", "refresh-it")]


def test_a_sign_in_that_is_refused_is_renewed_once(wire: Wire) -> None:
    refused = Answer(401, {"error": "Unauthorized", "message": "It has ended."})
    wire.on("GET", "/v1/models", refused, NO_MODELS)
    wire.on("POST", "/", Answer(200, {"AuthenticationResult": {**TOKENS, "IdToken": "new"}}))
    with signed_in(wire, [], cognito=True, ends=time.time() + 3600) as lisa:
        lisa.models.list()

    assert [one.method for one in wire.asked] == ["GET", "POST", "GET"]
    assert wire.asked[1].json["AuthParameters"] == {"REFRESH_TOKEN": "refresh-it"}


def test_a_sign_in_that_cannot_be_renewed(wire: Wire) -> None:
    wire.on("POST", "/token", Answer(400, {"error": "invalid_grant"}))
    ended = pytest.raises(lisapy.SignInFailed, match=r"invalid_grant.*sign in again")
    with signed_in(wire, [], cognito=False, ends=1) as lisa, ended:
        lisa.models.list()


def test_no_secret_shows() -> None:
    sign_in = lisapy.SignIn("secret-bearer", "secret-refresh", 1.0)
    lisa = Lisa("http://a", "http://b", "secret-token")
    shown = f"{sign_in!r} {lisa!r} {lisa.exchange!r} {lisapy.Token('secret-token')!r}"
    lisa.close()
    assert "secret" not in shown
