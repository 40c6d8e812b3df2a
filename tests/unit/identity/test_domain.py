"""What the door tells API Gateway and the handlers."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from identity.domain import Identity, Roles, admission
from identity.oidc import Principal
from identity.tokens import Grant

ARN = "arn:aws:execute-api:eu-west-1:123456789012:a1b2c3/prod"
ADA = Principal("sub-ada", "ada", ("readers", "admins"), "access", 1_800_000_300)
ROLES, NOBODYS = Roles("admins", "librarians"), Roles("")


def test_an_admission_covers_every_route_of_this_api_and_stage_only() -> None:
    identity = Identity.signed_in(ADA, ROLES)
    policy: Any = admission(identity, f"{ARN}/DELETE/models/a/b")["policyDocument"]
    assert policy["Statement"] == [
        {"Action": "execute-api:Invoke", "Effect": "Allow", "Resource": f"{ARN}/*"}
    ]


@pytest.mark.parametrize("arn", ["", "arn", "arn/", "arn/prod", "arn//GET/x", "/prod/GET"])
def test_an_arn_without_a_stage_admits_to_nothing(arn: str) -> None:
    with pytest.raises(ValueError, match="method ARN"):
        admission(Identity.signed_in(ADA, ROLES), arn)


def test_a_sign_in_tells_handlers_who_it_is() -> None:
    assert Identity.signed_in(ADA, ROLES).context() == {
        "sub": "sub-ada",
        "username": "ada",
        "groups": '["readers", "admins"]',
        "admin": "true",
        "curator": "false",
        "exp": "1800000300",
        "authType": "jwt",
    }


def test_a_token_without_expiry_tells_zero() -> None:
    context = Identity.by_token(Grant("api-token", (), None, "t-1"), ROLES).context()
    assert (context["exp"], context["admin"], context["authType"]) == ("0", "false", "token")


def test_each_token_is_a_caller_of_its_own() -> None:
    grants = (Grant("api-token", (), 5.9, name) for name in ("t-1", "t-2"))
    one, two = (Identity.by_token(grant, NOBODYS) for grant in grants)
    assert (one.subject, two.subject) == ("token:t-1", "token:t-2")
    assert one.expires_at == 5


def test_a_token_of_an_administrator_administers() -> None:
    identity = Identity.by_token(Grant("ada", ("admins",), None, "t-1"), ROLES)
    assert identity.context()["admin"] == "true"
    assert effect(identity) == "Allow"


def test_a_token_for_certain_models_is_for_nothing_else_whoever_has_it() -> None:
    identity = Identity.by_token(Grant("ada", ("admins",), None, "t-1", ("m",)), ROLES)
    assert identity.context()["admin"] == "false"
    assert effect(identity) == "Deny"


@pytest.mark.parametrize("models", [(), ("m",)])
def test_a_member_of_the_curators_group_keeps_documents_and_no_more(
    models: tuple[str, ...],
) -> None:
    cora = Principal("sub-cora", "cora", ("librarians",), "id", 1)
    by_token = Grant("cora", ("librarians",), None, "t-1", models)
    for identity in (Identity.signed_in(cora, ROLES), Identity.by_token(by_token, ROLES)):
        told = identity.context()
        assert (told["admin"], told["curator"]) == ("false", str(not identity.confined).lower())


def effect(identity: Identity) -> str:
    policy: Any = admission(identity, f"{ARN}/GET/models")["policyDocument"]
    return str(policy["Statement"][0]["Effect"])


@given(st.lists(st.text(max_size=20)))
def test_an_empty_group_gives_nobody_its_role(groups: list[str]) -> None:
    assert not NOBODYS.is_admin(("", *groups))
    assert not NOBODYS.is_curator(("", *groups))


@given(st.lists(st.text(min_size=1, max_size=300), max_size=100))
def test_groups_are_told_as_far_as_they_fit(groups: list[str]) -> None:
    many = Principal("s", "u", tuple(groups), "id", 1)
    told = Identity.signed_in(many, NOBODYS).context()["groups"]
    assert len(told) <= 4096
    assert json.loads(told) == groups[: len(json.loads(told))]
    if len(json.dumps(groups)) <= 4000:
        assert json.loads(told) == groups


def test_an_admin_in_a_thousand_groups_stays_admin() -> None:
    groups = (*(f"group-{number:04}" for number in range(1000)), "admins")
    context = Identity.signed_in(Principal("s", "u", groups, "id", 1), ROLES).context()
    assert context["admin"] == "true"
