"""The way in that a browser takes: no code, no state and no address of somebody else's choice."""

import urllib.error
import urllib.parse
import urllib.request
from typing import Any

import pytest

from tests.e2e.browser import Person
from tests.e2e.client import aws


def client(product: dict[str, Any]) -> dict[str, Any]:
    """What the pool knows of the web application."""
    cognito = aws(product, "cognito-idp")
    for pool in cognito.list_user_pools(MaxResults=10)["UserPools"]:
        for one in cognito.list_user_pool_clients(UserPoolId=pool["Id"])["UserPoolClients"]:
            asked = {"UserPoolId": pool["Id"], "ClientId": one["ClientId"]}
            found: dict[str, Any] = cognito.describe_user_pool_client(**asked)["UserPoolClient"]
            if found.get("CallbackURLs"):
                return found
    raise LookupError("no client has an address to come back to")


def test_a_code_comes_back_to_the_application_alone(product: dict[str, Any]) -> None:
    known = client(product)
    home = product["ui_url"].rstrip("/")
    assert set(known["CallbackURLs"]) == {f"{home}/", f"{home}/v1", f"{home}/v1/"}
    assert known["AllowedOAuthFlows"] == ["code"]
    assert "ClientSecret" not in known


@pytest.mark.parametrize(
    "stolen", ["?code=stolen&state=forged", "?error=x&state=forged", "?code=x"]
)
def test_a_code_that_nobody_here_asked_for_signs_nobody_in(
    as_nobody: Person, product: dict[str, Any], stolen: str
) -> None:
    page = as_nobody.page
    page.goto(product["ui_url"] + stolen)
    page.wait_for_load_state("networkidle")

    kept = page.evaluate("JSON.stringify({...sessionStorage, ...localStorage})")
    assert "id_token" not in kept
    assert "access_token" not in kept


@pytest.mark.parametrize("way", ["https://evil.example/", "{ui}.evil.example/", "{ui}/other"])
def test_nobody_is_sent_elsewhere_after_the_sign_in(product: dict[str, Any], way: str) -> None:
    """The provider refuses an address that the application did not register."""
    query = {
        "client_id": client(product)["ClientId"],
        "response_type": "code",
        "scope": "openid",
        "redirect_uri": way.format(ui=product["ui_url"].rstrip("/")),
        "code_challenge": "x" * 43,
        "code_challenge_method": "S256",
    }
    url = f"{product['aws_endpoint_url']}/oauth2/authorize?{urllib.parse.urlencode(query)}"
    with pytest.raises(urllib.error.HTTPError) as refused, urllib.request.urlopen(url, timeout=30):
        pass
    with refused.value as reply:
        assert reply.code == 400
