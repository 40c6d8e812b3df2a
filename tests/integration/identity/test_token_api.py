"""The token API over its real table, from the request to what the gateway would let pass."""

import json
import time
from typing import Any

import pytest

from identity.tokens import digest, grant
from identity.wiring import use
from tests.support.calling import Reply, authorized, call, invoke, request
from tests.support.switching import InMemorySwitches

TOKENS, REGISTRY = "test-LISAApiTokenTable", "test-LISARegistryTable"
pytestmark = pytest.mark.usefixtures("dynamodb")


def create(user: str = "bob", **wish: Any) -> Reply:
    return call("identity.create_token", body={"name": "notebook"} | wish, user=user)


def created(user: str = "bob", **wish: Any) -> dict[str, Any]:
    reply = create(user, **wish)
    assert reply.status == 200, reply.body
    body: dict[str, Any] = reply.body
    return body


def listed(user: str, **asked: str) -> Reply:
    event = request("", authorized(user)) | {"queryStringParameters": asked or None}
    answer = invoke("identity.list_tokens", event)
    return Reply(answer["statusCode"], json.loads(answer["body"]), {})


def version(dynamodb: Any) -> int:
    key = {"scope": {"S": "version"}}
    item = dynamodb.get_item(TableName=REGISTRY, Key=key).get("Item", {"tokens": {"N": "0"}})
    return int(item["tokens"]["N"])


def test_a_token_that_was_made_opens_the_door_and_only_its_hash_is_kept(dynamodb: Any) -> None:
    made = created(models=["m1"])
    [item] = dynamodb.scan(TableName=TOKENS)["Items"]
    assert item["token"]["S"] == digest(made["token"])
    assert made["token"] not in str(item)
    row = {"token": item["token"]["S"], "hashed": True, "username": "bob", "models": ["m1"]}
    assert grant(row, made["token"], time.time()).models == ("m1",)


def test_an_answer_has_every_field_that_clients_of_lisa_know() -> None:
    made = created()
    assert made.keys() >= {
        *("token", "tokenUUID", "tokenExpiration", "createdDate"),
        *("username", "name", "groups", "isSystemToken"),
    }
    assert (made["username"], made["groups"], made["isSystemToken"]) == ("bob", ["readers"], False)
    shown = call("identity.get_token", user="bob", subject=made["tokenUUID"]).body
    assert shown == {name: value for name, value in made.items() if name != "token"}


def test_an_administrator_makes_a_token_for_a_program() -> None:
    wish = {"name": "report", "tokenExpiration": None, "groups": ["x"], "isSystemToken": True}
    made = call("identity.create_token_for", body=wish, subject="reporter").body
    assert (made["username"], made["createdBy"], made["groups"]) == ("reporter", "ada", ["x"])
    assert (made["tokenExpiration"], made["isSystemToken"]) == (None, True)
    reply = call("identity.create_token_for", body=wish, user="bob", subject="bob")
    assert (reply.status, reply.body["error"]) == (403, "ForbiddenError")


def test_a_user_sees_and_revokes_the_own_tokens_only(dynamodb: Any) -> None:
    mine, adas = created("bob"), created("ada")
    assert [one["tokenUUID"] for one in listed("bob").body["tokens"]] == [mine["tokenUUID"]]
    assert len(listed("ada").body["tokens"]) == 2
    for function in ("identity.get_token", "identity.delete_token"):
        reply = call(function, user="bob", subject=adas["tokenUUID"])
        assert (reply.status, reply.body["error"]) == (404, "TokenNotFoundError")
    assert call("identity.delete_token", user="bob", subject=mine["tokenUUID"]).body == {
        "message": "The token has been revoked.",
        "tokenUUID": mine["tokenUUID"],
    }
    assert call("identity.delete_token", subject=adas["tokenUUID"]).status == 200
    assert dynamodb.scan(TableName=TOKENS)["Items"] == []


def test_revoking_and_changing_tell_the_gateways_at_once(dynamodb: Any) -> None:
    made = created()
    assert version(dynamodb) == 0
    body = {"name": "n", "tokenExpiration": 1}
    reply = call("identity.update_token", body=body, user="bob", subject=made["tokenUUID"])
    assert (reply.body["name"], reply.body["isExpired"], version(dynamodb)) == ("n", True, 1)
    call("identity.delete_token", user="bob", subject=made["tokenUUID"])
    assert version(dynamodb) == 2


def test_a_listing_is_asked_for_in_the_query_string() -> None:
    for _ in range(3):
        created("bob")
    created("ada")
    first = listed("ada", username="bob", limit="2").body
    rest = listed("ada", username="bob", limit="2", nextToken=first["nextToken"]).body
    assert (len(first["tokens"]), len(rest["tokens"]), rest["nextToken"]) == (2, 1, None)
    assert listed("bob", username="ada").status == 403
    assert listed("bob", limit="many").status == 422


def test_a_row_put_by_hand_is_seen_and_revoked_by_an_administrator(dynamodb: Any) -> None:
    dynamodb.put_item(TableName=TOKENS, Item={"token": {"S": "a-secret"}})
    reply = listed("ada")
    assert "a-secret" not in str(reply)
    [view] = reply.body["tokens"]
    assert view["isLegacy"]
    assert call("identity.delete_token", user="bob", subject=view["tokenUUID"]).status == 404
    assert call("identity.delete_token", subject=view["tokenUUID"]).status == 200
    assert dynamodb.scan(TableName=TOKENS)["Items"] == []


def test_a_row_that_the_api_made_takes_the_documented_commands_too(dynamodb: Any) -> None:
    made = created()
    key = {"token": {"S": digest(made["token"])}}
    dynamodb.update_item(
        TableName=TOKENS,
        Key=key,
        UpdateExpression="SET tokenExpiration=:t",
        ExpressionAttributeValues={":t": {"N": "1"}},
    )
    assert call("identity.get_token", user="bob", subject=made["tokenUUID"]).body["isExpired"]
    dynamodb.delete_item(TableName=TOKENS, Key=key)
    assert listed("bob").body["tokens"] == []


@pytest.mark.parametrize(
    ("function", "body"),
    [
        ("create_token", {"name": "n"}),
        ("create_token_for", {"name": "n"}),
        ("list_tokens", None),
        ("get_token", None),
        ("update_token", {"name": "n"}),
        ("delete_token", None),
    ],
)
def test_whoever_comes_with_a_token_is_told_to_sign_in(function: str, body: Any) -> None:
    holder = authorized("ada") | {"authType": "token"}
    text = json.dumps(body)
    answer = invoke(f"identity.{function}", request(text, holder, subject="x"))
    assert answer["statusCode"] == 403
    assert "Sign in" in answer["body"]


def test_no_log_tells_a_token(capsys: pytest.CaptureFixture[str]) -> None:
    made = created()
    call("identity.get_token", user="bob", subject=made["tokenUUID"])
    call("identity.delete_token", user="bob", subject=made["tokenUUID"])
    told = capsys.readouterr()
    assert made["token"] not in told.out + told.err
    assert digest(made["token"]) not in told.out + told.err


def test_users_make_no_tokens_while_that_is_switched_off_and_administrators_do() -> None:
    before = created("bob")
    with use(switches=InMemorySwitches("enableUserApiTokens")):
        refused = create("bob")
        assert (refused.status, refused.body["error"]) == (403, "FeatureOffError")
        assert "Ask an administrator" in refused.body["message"]
        assert created("ada")
        assert call("identity.create_token_for", body={"name": "n"}, subject="bob").status == 200
        mine = call("identity.get_token", user="bob", subject=before["tokenUUID"])
        assert mine.status == 200
