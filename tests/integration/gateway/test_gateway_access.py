"""Who may call what: tokens of the table, sign-ins, groups."""

import http.client
import time
from collections.abc import Mapping
from hashlib import sha256

import pytest

from tests.integration.gateway.stage import Gateway, Tables, soon
from tests.support.issuer import Issuer

MODELS = "/v2/serve/models"


def status(gateway: Gateway, token: str) -> int:
    return gateway.ask(MODELS, token=token)[0]


def visible(gateway: Gateway, token: str) -> set[str]:
    return {model["id"] for model in gateway.ask(MODELS, token=token)[1]["data"]}


@pytest.mark.promise("tokens.headers")
@pytest.mark.parametrize("header", ["Authorization", "Api-Key", "x-api-key", "api-key"])
def test_a_token_is_taken_from_every_usual_header(gateway: Gateway, header: str) -> None:
    value = "Bearer sesame" if header == "Authorization" else "sesame"
    connection = http.client.HTTPConnection("127.0.0.1", gateway.port, timeout=10)
    connection.request("GET", MODELS, headers={header: value})
    assert connection.getresponse().status == 200
    connection.close()


@pytest.mark.promise("tokens.add")
def test_a_token_works_and_stops_within_a_second_of_its_row(
    gateway: Gateway, tables: Tables
) -> None:
    assert status(gateway, "by-hand") == 401
    tables.put_token("by-hand")
    assert soon(lambda: status(gateway, "by-hand") == 200)
    tables.delete_token("by-hand")
    assert soon(lambda: status(gateway, "by-hand") == 401)


@pytest.mark.promise("tokens.expire")
def test_an_expired_token_is_refused_and_one_that_expires_stops_then(
    gateway: Gateway, tables: Tables
) -> None:
    now = int(time.time())
    tables.put_token("past", tokenExpiration=now - 1)
    tables.put_token("soon-past", tokenExpiration=now + 3)
    assert status(gateway, "past") == 401
    assert status(gateway, "soon-past") == 200
    assert soon(lambda: status(gateway, "soon-past") == 401, within=5)
    assert time.time() >= now + 3


@pytest.mark.promise("tokens.update")
def test_a_token_that_was_expired_works_again_when_its_row_says_so(
    gateway: Gateway, tables: Tables
) -> None:
    tables.put_token("renewed", tokenExpiration=int(time.time()) - 1)
    assert status(gateway, "renewed") == 401
    tables.put_token("renewed", tokenExpiration=int(time.time()) + 600)
    assert soon(lambda: status(gateway, "renewed") == 200)


def test_a_stolen_hash_is_no_token(gateway: Gateway, tables: Tables) -> None:
    digest = sha256(b"made-by-the-api").hexdigest()
    tables.put_token(digest, hashed=True, username="ada", groups=["physicists"])
    assert soon(lambda: "secret" in visible(gateway, "made-by-the-api"))
    assert status(gateway, digest) == 401


def test_a_group_hides_a_model_and_refuses_it(gateway: Gateway, tables: Tables) -> None:
    tables.put_token("physicist", groups=["physicists"])
    tables.put_token("chemist", groups={"chemists"})
    assert soon(lambda: "secret" in visible(gateway, "physicist"))
    assert gateway.chat("secret", token="physicist")[0] == 200
    assert "secret" not in visible(gateway, "chemist")
    assert gateway.ask(f"{MODELS}/secret", token="chemist")[0] == 404
    code, body = gateway.chat("secret", token="chemist")
    assert (code, body["error"]["code"]) == (404, "model_not_found")


@pytest.mark.promise("tokens.sign-in-instead")
@pytest.mark.parametrize("use", ["id", "access"])
def test_a_sign_in_token_is_accepted_with_its_groups(
    gateway: Gateway, issuer: Issuer, use: str
) -> None:
    token = issuer.token(use, **{"cognito:groups": ["physicists"]})
    assert "secret" in visible(gateway, token)
    assert "secret" not in visible(gateway, issuer.token(use))


@pytest.mark.parametrize(
    "claims", [{"exp": 1}, {"iss": "https://evil.test"}, {"client_id": "another"}]
)
def test_a_sign_in_token_that_is_not_ours_is_refused(
    gateway: Gateway, issuer: Issuer, claims: Mapping[str, object]
) -> None:
    assert status(gateway, issuer.token("access", **claims)) == 401


def test_a_sign_in_token_without_a_signature_is_refused(gateway: Gateway, issuer: Issuer) -> None:
    head, body, _ = issuer.token().split(".")
    assert status(gateway, f"{head}.{body}.AAAA") == 401
