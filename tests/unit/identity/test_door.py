"""The door admits a good sign-in, refuses the rest, and never tells a secret to the log."""

import logging
from typing import Any, Never

import pytest

from identity.domain import Roles
from identity.door import Door
from identity.errors import ProviderUnavailable, Unauthorized
from identity.oidc import Verifier
from tests.support.issuer import NOW, Issuer

ARN = "arn:aws:execute-api:eu-west-1:123456789012:a1b2c3/prod/GET/models"


def no_table() -> Never:
    raise AssertionError("a sign-in must not touch the token table")


@pytest.fixture
def door(verifier: Verifier, issuer: Issuer) -> Door:
    return Door(lambda: verifier, no_table, Roles("lisa-admins"), issuer.clock)


def request(authorization: str, **more: str) -> dict[str, Any]:
    return {"methodArn": ARN, "headers": {"Authorization": authorization} | more}


def test_a_sign_in_is_admitted_with_its_role(door: Door, issuer: Issuer) -> None:
    answer: Any = door.admit(request(f"Bearer {issuer.token()}"))
    assert answer["principalId"] == "sub-ada"
    assert answer["context"]["admin"] == "true"


@pytest.mark.parametrize("headers", [None, {}, {"authorization": "Basic eA=="}])
def test_a_request_without_a_credential_is_unauthorized(door: Door, headers: object) -> None:
    with pytest.raises(Unauthorized, match="^Unauthorized$"):
        door.admit({"methodArn": ARN, "headers": headers})


def test_a_second_value_hidden_by_the_plain_mapping_is_seen(door: Door, issuer: Issuer) -> None:
    event = request(f"Bearer {issuer.token()}")
    values = ["Bearer other", event["headers"]["Authorization"]]
    with pytest.raises(Unauthorized):
        door.admit(event | {"multiValueHeaders": {"Authorization": values}})
    repeated = {"multiValueHeaders": {"Authorization": values[1:]}}
    assert door.admit(event | repeated)["principalId"] == "sub-ada"


def test_a_foreign_key_beside_a_good_sign_in_is_unauthorized(door: Door, issuer: Issuer) -> None:
    with pytest.raises(Unauthorized):
        door.admit(request(f"Bearer {issuer.token()}", **{"Api-Key": "somebody-else"}))


def test_a_provider_that_is_away_is_no_refusal(
    door: Door, issuer: Issuer, caplog: pytest.LogCaptureFixture
) -> None:
    issuer.down = True
    with pytest.raises(ProviderUnavailable):
        door.admit(request(f"Bearer {issuer.token()}"))
    assert "cannot judge" in caplog.text


def test_the_log_tells_decisions_and_reasons_but_no_token(
    door: Door, issuer: Issuer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    good, late = issuer.token(), issuer.token(exp=int(NOW) - 60, iat=int(NOW) - 90)
    door.admit(request(f"Bearer {good}"))
    with pytest.raises(Unauthorized):
        door.admit(request(f"Bearer {late}"))
    assert [record.message for record in caplog.records] == ["allow jwt", "deny expired"]


class Table:
    """A token table with one row put by hand."""

    def get(self, key: str) -> dict[str, object] | None:
        return {"token": "t", "models": ["m1"]} if key == "t" else None


def test_a_token_for_certain_models_is_shut_out_and_that_is_logged(
    verifier: Verifier, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    answer: Any = Door(lambda: verifier, Table, Roles("lisa-admins")).admit(request("Bearer t"))
    assert answer["policyDocument"]["Statement"][0]["Effect"] == "Deny"
    assert [record.message for record in caplog.records] == ["deny confined"]


def test_a_refusal_carries_no_trace_of_its_cause(door: Door, issuer: Issuer) -> None:
    with pytest.raises(Unauthorized) as refusal:
        door.admit(request(f"Bearer {issuer.token(iss='https://evil.test')}"))
    assert refusal.value.__suppress_context__
    assert refusal.value.args == ("Unauthorized",)
