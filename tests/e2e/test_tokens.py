"""API tokens: made by people who signed in, used at the gateway, ended at once when they say so."""

import time
from collections.abc import Iterator
from typing import Any

import openai
import pytest

from tests.e2e.client import Admin, eventually, listed, serve

# What the product promises is a second; the machines that run this are busy.
SOON = 2.0


@pytest.fixture
def user(product: dict[str, Any]) -> Admin:
    """The API as an ordinary user."""
    return Admin(product, product["user"]["id_token"])


@pytest.fixture
def admin(product: dict[str, Any]) -> Iterator[Admin]:
    """The API as an administrator; what a test leaves behind is removed."""
    api = Admin(product)
    yield api
    for token in api.call("GET", "/api-tokens")[1]["tokens"]:
        if token["name"].startswith("e2e "):
            api.call("DELETE", f"/api-tokens/{token['tokenUUID']}")


def make(api: Admin, name: str = "e2e notebook", path: str = "", **wish: Any) -> dict[str, Any]:
    status, answer = api.call("POST", f"/api-tokens{path}", {"name": name, **wish})
    assert status == 200, answer
    made: dict[str, Any] = answer
    return made


def passes(product: dict[str, Any], token: str) -> bool:
    try:
        return bool(serve(product, token).models.list())
    except openai.AuthenticationError:
        return False


def seconds_until_refused(product: dict[str, Any], token: str) -> float:
    began = time.monotonic()
    eventually(lambda: None if passes(product, token) else True, within=10)
    return time.monotonic() - began


def names(api: Admin, query: str = "") -> list[str]:
    return [token["name"] for token in api.call("GET", f"/api-tokens{query}")[1]["tokens"]]


def test_a_token_that_is_made_works_at_once_and_is_listed_without_itself(
    product: dict[str, Any], user: Admin, admin: Admin
) -> None:
    made = make(user)

    assert passes(product, made["token"])
    status, answer = user.call("GET", f"/api-tokens/{made['tokenUUID']}")
    assert (status, answer) == (200, {key: made[key] for key in made if key != "token"})
    assert "e2e notebook" in names(user)
    assert "e2e notebook" in names(admin, "?username=user")


def test_a_revoked_token_is_refused_at_once(
    product: dict[str, Any], user: Admin, admin: Admin
) -> None:
    made = make(user)
    assert passes(product, made["token"])

    assert user.call("DELETE", f"/api-tokens/{made['tokenUUID']}")[0] == 200

    assert seconds_until_refused(product, made["token"]) < SOON
    assert user.call("GET", f"/api-tokens/{made['tokenUUID']}")[0] == 404


def test_a_token_ends_when_its_owner_says_so(
    product: dict[str, Any], user: Admin, admin: Admin
) -> None:
    made = make(user)
    assert passes(product, made["token"])

    path, past = f"/api-tokens/{made['tokenUUID']}", {"tokenExpiration": int(time.time()) - 1}
    assert user.call("PUT", path, past)[1]["isExpired"]

    assert seconds_until_refused(product, made["token"]) < SOON
    later = {"tokenExpiration": int(time.time()) + 3600}
    assert user.call("PUT", path, later)[0] == 403
    assert admin.call("PUT", path, later)[0] == 200
    eventually(lambda: passes(product, made["token"]) or None, within=SOON)


def test_a_user_cannot_see_what_others_have(user: Admin, admin: Admin) -> None:
    made = make(admin, "e2e of the administrator")

    for method in ("GET", "DELETE"):
        status, answer = user.call(method, f"/api-tokens/{made['tokenUUID']}")
        assert (status, answer["error"]) == (404, "TokenNotFoundError")
    assert "e2e of the administrator" not in names(user)
    assert user.call("GET", "/api-tokens?username=admin")[0] == 403


@pytest.mark.parametrize(
    "wish",
    [{"groups": ["lisa-admins"]}, {"tokenExpiration": None}, {"tokenExpiration": 4_000_000_000}],
)
def test_a_user_cannot_have_more_than_is_theirs(
    user: Admin, admin: Admin, wish: dict[str, Any]
) -> None:
    status, answer = user.call("POST", "/api-tokens", {"name": "e2e greedy", **wish})

    assert (status, answer["error"]) == (403, "ForbiddenError")
    assert answer["message"].endswith(".")
    assert user.call("POST", "/api-tokens/admin", {"name": "e2e greedy"})[0] == 403
    assert "e2e greedy" not in names(admin)


def test_a_token_cannot_make_a_token_nor_give_itself_more_time(
    product: dict[str, Any], admin: Admin
) -> None:
    made = make(admin, groups=["lisa-admins"])
    held = Admin(product, made["token"])

    assert held.call("GET", "/models")[0] == 200
    assert held.call("POST", "/api-tokens", {"name": "e2e heir"})[0] == 403
    path = f"/api-tokens/{made['tokenUUID']}"
    assert held.call("PUT", path, {"tokenExpiration": None})[0] == 403


def test_a_token_for_certain_models_is_for_nothing_else(
    product: dict[str, Any], admin: Admin
) -> None:
    made = make(admin, models=["tiny-chat"], groups=["lisa-admins"])

    status, answer = Admin(product, made["token"]).call("GET", "/models")
    assert (status, answer["error"]) == (403, "ForbiddenError")
    assert listed(product, made["token"]) == ["tiny-chat"]
    with pytest.raises(openai.NotFoundError):
        serve(product, made["token"]).embeddings.create(model="minilm-l6-v2", input="a")


@pytest.mark.promise("tokens.table-name")
def test_an_administrator_makes_a_token_for_a_program_and_finds_those_made_by_hand(
    product: dict[str, Any], admin: Admin
) -> None:
    made = make(admin, path="/e2e-robot", tokenExpiration=None, isSystemToken=True)

    assert (made["username"], made["createdBy"]) == ("e2e-robot", "admin")
    assert passes(product, made["token"])
    legacy = [token for token in admin.call("GET", "/api-tokens")[1]["tokens"] if token["isLegacy"]]
    assert legacy
    assert product["token"] not in str(legacy)
