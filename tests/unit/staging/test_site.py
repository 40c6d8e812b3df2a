"""What the web application of a deployment is told, and what its pages may call."""

import json
from collections.abc import Mapping
from typing import Any

import boto3
import pytest

from frontend.site.headers import Headers
from staging.site import Site, deployed_site
from tests.support.sources import ROOT

API = "https://abc.execute-api.eu-west-1.amazonaws.com/v1"
POOL = "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_x"
DOMAIN = "https://lisa-1.auth.eu-west-1.amazoncognito.com"
GIVEN = {
    "AllowedOrigin": "",
    "OidcIssuer": "",
    "GroupsClaim": "cognito:groups",
    "AdminGroup": "lisa-admins",
    "RagAdminGroup": "",
}
TOLD = {
    "ApiUrl": API,
    "InstalledParts": "models,serve,rag,chat,ui",
    "ServeUrl": "https://lisa-serve.elb.amazonaws.com/v2/serve",
    "OidcIssuer": POOL,
    "OidcMetadataUrl": "",
    "OidcClientId": "client",
    "OidcScopes": "",
    "SiteBucketName": "lisa-site-1-eu-west-1",
    "DocumentsBucketName": "lisa-documents-1-eu-west-1",
    "PicturesBucketName": "lisa-pictures-1-eu-west-1",
}
PROVIDER = {
    "token_endpoint": f"{DOMAIN}/oauth2/token",
    "jwks_uri": f"{POOL}/.well-known/jwks.json",
    "end_session_endpoint": f"{DOMAIN}/logout",
}


def site(given: Mapping[str, str] = GIVEN, told: Mapping[str, str] = TOLD) -> Site:
    asked: list[str] = []

    def discovery(url: str) -> Mapping[str, Any]:
        asked.append(url)
        return PROVIDER

    found = deployed_site(given, told, discovery)
    assert asked == [f"{told['OidcIssuer']}/.well-known/openid-configuration"]
    return found


def told_to(page: Site) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(page.env_js.removeprefix("window.env = ")[:-2])
    return content


@pytest.mark.promise("sign-in.more-scopes")
def test_a_sign_in_asks_for_the_scopes_of_the_deployment_too() -> None:
    assert told_to(site())["CUSTOM_SCOPES"] == []
    page = site(told=TOLD | {"OidcScopes": "offline_access  roles"})
    assert told_to(page)["CUSTOM_SCOPES"] == ["offline_access", "roles"]


def test_a_deployment_without_a_domain_is_served_below_its_stage() -> None:
    assert (site().address, site().origin, site().base) == (f"{API}/", API[:-3], "/v1/")
    assert told_to(site())["API_BASE_URL"] == API
    assert told_to(site())["RESTAPI_URI"] == "https://lisa-serve.elb.amazonaws.com"


def test_a_domain_in_front_of_the_stage_is_where_the_page_stands() -> None:
    page = site(GIVEN | {"AllowedOrigin": "https://lisa.example"})
    assert (page.address, page.base) == ("https://lisa.example/", "/")
    assert told_to(page)["API_BASE_URL"] == "https://lisa.example"


def test_only_our_own_user_pool_is_left_in_cognitos_way() -> None:
    assert told_to(site())["LOGOUT_URL"] == f"{DOMAIN}/logout"
    theirs = "https://idp.example/realms/lisa"
    page = site(GIVEN | {"OidcIssuer": theirs}, TOLD | {"OidcIssuer": theirs})
    assert "LOGOUT_URL" not in told_to(page)


def test_pages_without_a_gateway_and_documents_call_none() -> None:
    absent = ("ServeUrl", "DocumentsBucketName", "PicturesBucketName")
    told = {name: value for name, value in TOLD.items() if name not in absent}
    page = site(told=told | {"InstalledParts": "models,ui"})
    s3 = boto3.Session("key", "secret").client("s3", region_name="us-east-1")
    assert told_to(page)["PARTS"] == ["models", "ui"]
    assert told_to(page)["RESTAPI_URI"] == ""
    assert page.origins(s3) == {"called": f"{POOL.rpartition('/')[0]} {DOMAIN}", "storage": ""}


@pytest.mark.parametrize("region", ["us-east-1", "eu-west-1"])
def test_pages_call_the_gateway_the_provider_and_our_buckets_and_nothing_else(region: str) -> None:
    s3 = boto3.Session("key", "secret").client("s3", region_name=region)
    policy = Headers.read(ROOT / "frontend/headers.json", site().origins(s3)).always[
        "Content-Security-Policy"
    ]
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    called = rules["connect-src"].split()
    assert called[:4] == [
        "'self'",
        "https://lisa-serve.elb.amazonaws.com",
        "https://cognito-idp.eu-west-1.amazonaws.com",
        DOMAIN,
    ]
    buckets = [one.partition(".s3.")[0] for one in called[4:]]
    assert [*dict.fromkeys(buckets)] == [
        "https://lisa-documents-1-eu-west-1",
        "https://lisa-pictures-1-eu-west-1",
    ]
    assert "lisa-pictures" not in rules["img-src"]
    assert "https://lisa-documents-1-eu-west-1.s3." in rules["img-src"]
    assert "*" not in policy
