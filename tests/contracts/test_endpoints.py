"""Endpoints are made where they are asked for, and called as each partition calls its services."""

from pathlib import Path

import pytest

from tests.contracts.test_partitions import PARTITIONS
from tests.support.cloudformation import parsed
from tests.support.endpoints import service_names

TEMPLATE = parsed((Path(__file__).parents[2] / "containers" / "endpoints.yaml").read_text("utf-8"))
EVERYWHERE = pytest.mark.parametrize("partition", PARTITIONS)
ALL = {
    "Egress": "endpoints",
    "ProviderEndpoints": "true",
    "Traces": "xray",
    "PrivateRepositories": "true",
    "ApiEndpoint": "true",
}
NONE = {
    "Egress": "internet",
    "ProviderEndpoints": "true",
    "Traces": "xray",
    "PrivateRepositories": "false",
    "ApiEndpoint": "false",
}
COMMON = "com.amazonaws"
# The services that a partition calls otherwise than by COMMON: aws-cdk-lib 2, vpc-endpoint.ts.
OTHERWISE = {
    "aws": ("", set()),
    "aws-us-gov": ("", set()),
    "aws-iso": ("gov.ic.c2s", {"ecr.api", "ecr.dkr", "execute-api", "sagemaker.runtime", "sqs"}),
    "aws-iso-b": (
        "gov.sgov.sc2s",
        {"ecr.api", "ecr.dkr", "execute-api", "sagemaker.runtime", "sqs"},
    ),
}
# Where there is Bedrock, of these.
WITH_BEDROCK = {"aws", "aws-us-gov"}


@EVERYWHERE
def test_services_are_called_as_the_partition_calls_them(partition: str) -> None:
    region, _ = PARTITIONS[partition]
    begin, otherwise = OTHERWISE[partition]
    found = service_names(partition, region, **ALL)
    assert len(found) == (16 if partition in WITH_BEDROCK else 15)
    for name in found:
        begins, _, service = name.partition(f".{region}.")
        assert begins == (begin if service in otherwise else COMMON)


@EVERYWHERE
def test_bedrock_drops_out_where_there_is_none(partition: str) -> None:
    region, _ = PARTITIONS[partition]
    found = {name.rpartition(f"{region}.")[2] for name in service_names(partition, region, **ALL)}
    assert ("bedrock-runtime" in found) is (partition in WITH_BEDROCK)


@EVERYWHERE
def test_nobody_pays_for_an_endpoint_that_was_not_asked_for(partition: str) -> None:
    region, _ = PARTITIONS[partition]
    found = service_names(partition, region, **NONE)
    assert found == {f"{COMMON}.{region}.s3", f"{COMMON}.{region}.dynamodb"}


def test_each_has_a_condition_and_answers_by_the_services_own_name() -> None:
    endpoints = [
        one for one in TEMPLATE["Resources"].values() if one["Type"] == "AWS::EC2::VPCEndpoint"
    ]
    assert all("Condition" in one for one in endpoints)
    assert all(one["Properties"]["PrivateDnsEnabled"] is True for one in endpoints)


def test_every_partition_has_every_word() -> None:
    words = [row.keys() for row in TEMPLATE["Mappings"]["Begins"].values()]
    assert PARTITIONS.keys() <= TEMPLATE["Mappings"]["Begins"].keys()
    assert all(row == words[0] for row in words)
