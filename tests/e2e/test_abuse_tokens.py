"""Forged sign-ins at both doors: the admin API and the gateway answer 401, and nothing else."""

import http.client
import json
import socket
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest

from local.supervisor.state import State
from tests.e2e.client import Admin
from tests.support.forging import Forger
from tests.support.issuer import ABSENT, rsa_pair

type Forge = Callable[[Forger], str]

HOUR = 3600
THIEF = rsa_pair("thief")


def soon(seconds: float) -> int:
    return int(time.time() + seconds)


def ended(forger: Forger, by: float) -> str:
    return forger.claiming(iat=soon(-by - HOUR), auth_time=soon(-by - HOUR), exp=soon(-by))


FORGED: dict[str, Forge] = {
    "no algorithm": lambda one: one.unsigned("none", ""),
    "no algorithm, in other letters": lambda one: one.unsigned("nOnE", "eA"),
    "no algorithm and the real signature": lambda one: one.unsigned(
        "none", one.token.split(".")[2]
    ),
    "an empty algorithm": lambda one: one.unsigned("", ""),
    "no word of an algorithm": lambda one: one.unsigned(ABSENT, ""),
    "the public key as a secret": Forger.with_secret,
    "RS512 of the same key": lambda one: one.with_algorithm("RS512"),
    "PS256 of the same key": lambda one: one.with_algorithm("PS256"),
    "a thief's key": lambda one: one.signed_by(THIEF.private),
    "a thief's key by its own name": lambda one: one.signed_by(THIEF.private, kid="thief"),
    "a thief's key that is brought along": lambda one: one.signed_by(
        THIEF.private, jwk=THIEF.jwk()
    ),
    "expired": lambda one: ended(one, by=60),
    "expired long ago": lambda one: ended(one, by=400 * 24 * HOUR),
    "not yet": lambda one: one.claiming(iat=soon(HOUR), exp=soon(2 * HOUR)),
    "not before later": lambda one: one.claiming(nbf=soon(HOUR)),
    "an end beyond all numbers": lambda one: one.claiming(exp=10**30),
    "a life of a year": lambda one: one.claiming(exp=soon(365 * 24 * HOUR)),
    "an end that is a text": lambda one: one.claiming(exp="tomorrow"),
    "no end": lambda one: one.claiming(exp=ABSENT),
    "nobody": lambda one: one.claiming(sub=ABSENT),
    "another audience": lambda one: one.claiming(aud="somebody-else"),
    "other audiences": lambda one: one.claiming(aud=["one", "two"]),
    "an audience that is a number": lambda one: one.claiming(aud=7),
    "another client beside ours": lambda one: one.claiming(azp="somebody-else"),
    "another issuer": lambda one: one.claiming(iss="https://idp.example"),
    "our issuer and a slash": lambda one: one.claiming(iss=one.claims["iss"] + "/"),
    "our issuer in a list": lambda one: one.claiming(iss=[one.claims["iss"]]),
    "a refresh token": lambda one: one.claiming(token_use="refresh"),
    "a key id that is a path": lambda one: one.minted(kid="../../../../dev/null"),
    "a key id that is SQL": lambda one: one.minted(kid="x' UNION SELECT 'secret' --"),
    "a key id that is nothing": lambda one: one.minted(kid=""),
    "a key id that is a number": lambda one: one.minted(kid=7),
    "a key id of 5 kB": lambda one: one.minted(kid="k" * 5000),
    "a key id of two lines": lambda one: one.minted(kid="k\nx"),
    "unknown rules": lambda one: one.minted(crit=["exp"]),
    "a payload that is not encoded": lambda one: one.minted(b64=False),
    "more rights than were signed": lambda one: one.richer(**{"cognito:groups": ["everything"]}),
    "a payload that is a list": lambda one: one.minted([]),
    "five parts": lambda one: one.token + ".eA.eA",
}


@pytest.fixture(scope="session")
def forger(product_state: State, product: dict[str, Any]) -> Forger:
    """An administrator's token, and the key of the provider that runs here."""
    return Forger.of(product["admin"]["id_token"], product_state.folder)


def statuses(product: dict[str, Any], token: str) -> tuple[int, int]:
    """What the admin API and the gateway say to it."""
    return api(product, token), gateway(product, token)


def api(product: dict[str, Any], token: str) -> int:
    return Admin(product, token).call("GET", "/models")[0]


def gateway(product: dict[str, Any], token: str) -> int:
    where = urlsplit(product["serve_url"])
    door = http.client.HTTPConnection(where.hostname or "", where.port, timeout=30)
    try:
        door.request("GET", f"{where.path}/models", headers={"Authorization": f"Bearer {token}"})
        return door.getresponse().status
    finally:
        door.close()


def test_what_the_provider_signs_anew_is_let_in(product: dict[str, Any], forger: Forger) -> None:
    """So what is refused below is refused for what it says."""
    assert statuses(product, forger.minted()) == (200, 200)


@pytest.mark.parametrize("what", FORGED)
def test_a_forged_sign_in_is_nobody(product: dict[str, Any], forger: Forger, what: str) -> None:
    assert statuses(product, FORGED[what](forger)) == (401, 401)


@pytest.mark.parametrize("name", ["jku", "x5u", "kid"])
def test_nobody_fetches_what_a_token_points_at(
    product: dict[str, Any], forger: Forger, name: str
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as trap:
        trap.setblocking(False)
        where = f"http://127.0.0.1:{trap.getsockname()[1]}/keys.json"
        forged = forger.signed_by(THIEF.private, **{name: where})

        assert statuses(product, forged) == (401, 401)

        with pytest.raises(BlockingIOError):
            trap.accept()


@pytest.mark.parametrize(
    "groups", ["xlisa-adminsx", {"lisa-admins": True}, [["lisa-admins"]], None], ids=str
)
def test_groups_that_are_no_list_of_names_make_nobody_an_administrator(
    product: dict[str, Any], forger: Forger, groups: object
) -> None:
    theirs = forger.claims["cognito:groups"]
    named = json.loads(json.dumps(groups).replace("lisa-admins", theirs[0]))
    forged = forger.claiming(**{"cognito:groups": named})

    assert statuses(product, forged) == (403, 200)


@pytest.mark.parametrize("header", ["Api-Key", "x-api-key"])
def test_a_key_beside_a_sign_in_of_another_is_no_mix_of_both(
    product: dict[str, Any], header: str
) -> None:
    where = urlsplit(product["serve_url"])
    door = http.client.HTTPConnection(where.hostname or "", where.port, timeout=30)
    both = {"Authorization": f"Bearer {product['user']['id_token']}", header: product["token"]}
    try:
        door.request("GET", f"{where.path}/models", headers=both)
        assert door.getresponse().status == 401
    finally:
        door.close()
