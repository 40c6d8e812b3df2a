"""What the page is told is data, whatever the values are."""

import json

import pytest

from frontend.site.environment import Addresses, Groups, SignIn, env_js

GROUPS = Groups("cognito:groups", "admins", "")
ADDRESSES = Addresses("https://serve", "https://api/v1")


def told(sign_in: SignIn) -> dict[str, object]:
    script = env_js(sign_in, GROUPS, ADDRESSES, ["serve", "ui"])
    content: dict[str, object] = json.loads(script.removeprefix("window.env = ")[:-2])
    return content


@pytest.mark.promise("chat.env-js")
def test_the_page_is_told_by_upstreams_names() -> None:
    assert told(SignIn("https://idp", "lisa", "https://meta", "https://idp/logout")) == {
        "AUTHORITY": "https://idp",
        "METADATA_URL": "https://meta",
        "CLIENT_ID": "lisa",
        "LOGOUT_URL": "https://idp/logout",
        "JWT_GROUPS_PROP": "cognito:groups",
        "ADMIN_GROUP": "admins",
        "RAG_ADMIN_GROUP": "",
        "CUSTOM_SCOPES": [],
        "RESTAPI_URI": "https://serve",
        "RESTAPI_VERSION": "v2",
        "API_BASE_URL": "https://api/v1",
        "PARTS": ["serve", "ui"],
    }


def test_addresses_that_there_are_not_are_left_out() -> None:
    assert {"METADATA_URL", "LOGOUT_URL"}.isdisjoint(told(SignIn("https://idp", "lisa")))


def test_no_value_ends_the_script() -> None:
    script = env_js(SignIn("</script>\u2028", "lisa"), GROUPS, ADDRESSES, ["serve", "ui"])
    assert "<" not in script
    assert "\u2028" not in script
