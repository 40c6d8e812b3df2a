"""A sign-in on the pool's own page, renewed by its refresh token."""

import json
import time
import urllib.parse
import urllib.request
from typing import Any

import jwt
import pytest

from tests.emulator.running import Emulator

PAGE = "http://127.0.0.1:1/"
PASSWORD = "Correct-horse-7"


class Stay(urllib.request.HTTPRedirectHandler):
    """Gives the redirection itself."""

    def redirect_request(self, *_: Any) -> None:
        return None


def registered(emulator: Emulator) -> str:
    """Return the client of a pool with one person, who is in one group."""
    cognito: Any = emulator.client("cognito-idp")
    pool = cognito.create_user_pool(PoolName="people")["UserPool"]["Id"]
    cognito.admin_create_user(UserPoolId=pool, Username="ada", MessageAction="SUPPRESS")
    cognito.admin_set_user_password(
        UserPoolId=pool, Username="ada", Password=PASSWORD, Permanent=True
    )
    cognito.create_group(UserPoolId=pool, GroupName="admins")
    cognito.admin_add_user_to_group(UserPoolId=pool, Username="ada", GroupName="admins")
    client: str = cognito.create_user_pool_client(
        UserPoolId=pool,
        ClientName="page",
        CallbackURLs=[PAGE],
        AllowedOAuthFlows=["code"],
        AllowedOAuthScopes=["openid"],
        AllowedOAuthFlowsUserPoolClient=True,
        SupportedIdentityProviders=["COGNITO"],
    )["UserPoolClient"]["ClientId"]
    return client


def code(emulator: Emulator, client: str) -> str:
    """Sign in by the form."""
    form = {"client_id": client, "redirect_uri": PAGE, "response_type": "code", "scope": "openid"}
    person = {"username": "ada", "password": PASSWORD}
    data = urllib.parse.urlencode(form | person).encode()
    with pytest.raises(urllib.error.HTTPError) as moved:
        urllib.request.build_opener(Stay).open(f"{emulator.url}/login", data, timeout=30)
    with moved.value as answer:
        query = urllib.parse.urlsplit(answer.headers["Location"]).query
    return urllib.parse.parse_qs(query)["code"][0]


def tokens(emulator: Emulator, client: str, **grant: str) -> dict[str, Any]:
    data = urllib.parse.urlencode({"client_id": client} | grant).encode()
    with urllib.request.urlopen(f"{emulator.url}/oauth2/token", data, timeout=30) as reply:
        answer: dict[str, Any] = json.load(reply)
    return answer


def claims(token: str) -> dict[str, Any]:
    found: dict[str, Any] = jwt.decode(token, options={"verify_signature": False})
    return found


def renewed(emulator: Emulator) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the claims of an ID token, and of that which follows it two seconds later."""
    client = registered(emulator)
    first = tokens(
        emulator,
        client,
        grant_type="authorization_code",
        code=code(emulator, client),
        redirect_uri=PAGE,
    )
    time.sleep(2)
    refresh = {"grant_type": "refresh_token", "refresh_token": first["refresh_token"]}
    second = tokens(emulator, client, **refresh)
    return claims(first["id_token"]), claims(second["id_token"])


def test_a_renewed_sign_in_is_the_same_sign_in(ours: Emulator) -> None:
    first, second = renewed(ours)
    assert second["iat"] > first["iat"]
    assert first["cognito:groups"] == ["admins"]
    for claim in ("auth_time", "cognito:groups", "sub", "aud", "cognito:username"):
        assert second[claim] == first[claim], claim


def test_ministack_forgets_the_groups_and_the_time(plain: Emulator) -> None:
    first, second = renewed(plain)
    assert "cognito:groups" not in second
    assert second["auth_time"] != first["auth_time"]
