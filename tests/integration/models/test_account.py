"""One suite for what an account has, on AWS and in memory."""

import pytest
from botocore.stub import Stubber

from kernel.observability import client
from models.adapters.account import AwsAccount
from planning.instances import QUOTA_CODES
from planning.ports import Account
from tests.support.planning_fakes import InMemoryAccount

ZONES = ["eu-west-1a", "eu-west-1b", "eu-west-1c"]


@pytest.fixture(params=["in memory", "AWS"])
def account(request: pytest.FixtureRequest) -> Account:
    if request.param == "in memory":
        return InMemoryAccount(types={"m5.xlarge": ZONES})
    request.getfixturevalue("aws")
    return AwsAccount()


def test_zones_are_told_in_order(account: Account) -> None:
    assert account.zones("m5.xlarge") == ZONES
    assert account.offered("m5.xlarge") is True


def test_a_type_that_no_zone_has_is_not_offered(account: Account) -> None:
    assert account.zones("p9.huge") == []
    assert account.offered("p9.huge") is False


def test_a_quota_that_nobody_has_is_unknown(account: Account) -> None:
    # moto knows no quotas of EC2, as a partition without the service.
    assert account.quota_vcpus("g") is None


def test_a_quota_is_a_number_of_vcpus(aws: None) -> None:
    asked = {"ServiceCode": "ec2", "QuotaCode": QUOTA_CODES["g"]}
    with Stubber(client("service-quotas")) as quotas:
        quotas.add_response("get_service_quota", {"Quota": {"Value": 64.0}}, asked)
        assert AwsAccount().quota_vcpus("g") == 64.0
    assert InMemoryAccount(vcpus={"g": 64.0}).quota_vcpus("g") == 64.0


def test_offerings_that_may_not_be_asked_are_unknown_and_asked_once(aws: None) -> None:
    account = AwsAccount()
    with Stubber(client("ec2")) as ec2:
        ec2.add_client_error("describe_instance_type_offerings", "UnauthorizedOperation")
        assert account.zones("m5.xlarge") is None
        assert account.offered("m5.xlarge") is None


def test_an_account_out_of_reach_is_unknown(
    models_environment: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    client.cache_clear()
    try:
        assert AwsAccount().zones("m5.xlarge") is None
    finally:
        client.cache_clear()
