"""The authorizer as API Gateway calls it: real provider over HTTP, real table rows."""

import json
import time
from typing import Any

import pytest
from pydantic import ValidationError

from functions.identity.authorize.app import handler
from identity.errors import ProviderUnavailable, Unauthorized
from identity.tokens import digest
from tests.support.issuer import Issuer

TOKENS = "test-LISAApiTokenTable"
STAGE = "arn:aws:execute-api:eu-west-1:123456789012:a1b2c3/prod"


def authorize(token: str, header: str = "Authorization") -> Any:
    value = f"Bearer {token}" if header == "Authorization" else token
    event = {
        "type": "REQUEST",
        "methodArn": f"{STAGE}/POST/models",
        "headers": {header: value, "Host": "api.test"},
        "multiValueHeaders": {header: [value], "Host": ["api.test"]},
    }
    return handler(event, None)


def admitted(token: str) -> bool:
    try:
        policy = authorize(token)["policyDocument"]
    except Unauthorized:
        return False
    return bool(policy["Statement"][0]["Effect"] == "Allow")


@pytest.mark.promise("sign-in.admin-group")
@pytest.mark.parametrize("use", ["id", "access"])
def test_a_sign_in_is_admitted_to_the_stage(issuer: Issuer, use: Any) -> None:
    answer = authorize(issuer.token(use))
    assert answer["policyDocument"]["Statement"][0]["Resource"] == f"{STAGE}/*"
    assert answer["context"]["username"] == "ada"
    assert json.loads(answer["context"]["groups"]) == ["readers", "lisa-admins"]


def test_a_member_of_the_librarians_is_a_curator(issuer: Issuer) -> None:
    told = authorize(issuer.token(**{"cognito:groups": ["librarians"]}))["context"]
    assert (told["admin"], told["curator"]) == ("false", "true")


def test_keys_stay_warm_between_invocations(issuer: Issuer) -> None:
    for _ in range(5):
        authorize(issuer.token())
    assert issuer.asked == ["/pool/.well-known/openid-configuration", "/pool/jwks"]


def test_an_expired_sign_in_is_unauthorized(issuer: Issuer) -> None:
    now = int(time.time())
    with pytest.raises(Unauthorized, match="^Unauthorized$"):
        authorize(issuer.token(iat=now - 400, exp=now - 100))


def test_a_provider_that_is_away_is_an_error_not_an_admission(issuer: Issuer) -> None:
    issuer.down = True
    with pytest.raises(ProviderUnavailable, match="503"):
        authorize(issuer.token())


def test_a_provider_that_redirects_is_not_followed(
    issuer: Issuer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OIDC_METADATA_URL", issuer.url + "/elsewhere")
    with pytest.raises(ProviderUnavailable, match="302"):
        authorize(issuer.token())
    assert issuer.asked == ["/pool/elsewhere"]


@pytest.mark.parametrize("missing", ["OIDC_CLIENT_ID", "ADMIN_GROUP", "TOKENS_TABLE"])
def test_an_incomplete_environment_admits_nobody(
    issuer: Issuer, monkeypatch: pytest.MonkeyPatch, missing: str
) -> None:
    monkeypatch.delenv(missing)
    with pytest.raises(ValidationError, match=missing.lower()):
        authorize(issuer.token())


@pytest.mark.promise("tokens.add", "tokens.remove", "tokens.update")
def test_a_hand_made_token_lives_through_the_documented_commands(
    dynamodb: Any, issuer: Issuer
) -> None:
    key = {"token": {"S": "YOUR_STRING_HERE"}}
    assert not admitted("YOUR_STRING_HERE")
    dynamodb.put_item(TableName=TOKENS, Item=key)
    assert admitted("YOUR_STRING_HERE")
    for seconds, good in ((600, True), (-1, False), (600, True)):
        dynamodb.update_item(
            TableName=TOKENS,
            Key=key,
            UpdateExpression="SET tokenExpiration=:t",
            ExpressionAttributeValues={":t": {"N": str(int(time.time()) + seconds)}},
        )
        assert admitted("YOUR_STRING_HERE") is good
    dynamodb.delete_item(TableName=TOKENS, Key=key)
    assert not admitted("YOUR_STRING_HERE")


def test_a_temporary_token_tells_handlers_when_it_ends(dynamodb: Any, issuer: Issuer) -> None:
    until = str(int(time.time()) + 3600)
    item = {"token": {"S": "short-lived"}, "tokenExpiration": {"N": until}}
    dynamodb.put_item(TableName=TOKENS, Item=item)
    context = authorize("short-lived")["context"]
    assert (context["exp"], context["username"], context["admin"]) == (until, "api-token", "false")
    assert authorize("short-lived", "x-api-key")["context"] == context


def test_a_hashed_row_admits_its_token_and_not_its_hash(dynamodb: Any, issuer: Issuer) -> None:
    item = {
        "token": {"S": digest("lisa_secret")},
        "hashed": {"BOOL": True},
        "username": {"S": "ada"},
        "groups": {"L": [{"S": "readers"}]},
    }
    dynamodb.put_item(TableName=TOKENS, Item=item)
    assert authorize("lisa_secret")["context"]["username"] == "ada"
    assert not admitted(digest("lisa_secret"))


def test_a_token_for_certain_models_is_shut_out_even_an_administrators(
    dynamodb: Any, issuer: Issuer
) -> None:
    dynamodb.put_item(
        TableName=TOKENS,
        Item={
            "token": {"S": "confined"},
            "groups": {"L": [{"S": "lisa-admins"}]},
            "models": {"L": [{"S": "m1"}]},
        },
    )
    answer = authorize("confined")
    assert answer["policyDocument"]["Statement"][0]["Effect"] == "Deny"
    assert answer["context"]["admin"] == "false"


def test_an_api_token_needs_no_provider(dynamodb: Any, issuer: Issuer) -> None:
    issuer.down = True
    dynamodb.put_item(TableName=TOKENS, Item={"token": {"S": "t.o.k"}})
    assert admitted("t.o.k")
    assert issuer.asked == []
