"""What a hosted model's server, instances and alarms are."""

import re
from dataclasses import replace
from typing import Any

import pytest

from model_stack import Metric
from tests.support.cloudformation import statements
from tests.support.model_stacks import DEPLOYMENT, MISTRAL, ON_CPU
from tests.support.resolved_stacks import properties, resolved

BUCKET = "arn:aws-test:s3:::lisa-test-models"
KEY = "arn:aws-test:kms:xx-test-1:123456789012:key/a"
OWN_KEYS = replace(MISTRAL, deployment=replace(DEPLOYMENT, weights_key_arn=KEY, volume_key_arn=KEY))
ALARM = "AWS::CloudWatch::Alarm"
LONGEST_DESCRIPTION = 1024


def container(spec: Any = MISTRAL) -> dict[str, Any]:
    [one] = properties(spec, "Service.TaskDefinition")["ContainerDefinitions"]
    found: dict[str, Any] = one
    return found


def weights_policies(spec: Any) -> list[dict[str, Any]]:
    return statements({"Resources": {"WeightsRole": resolved(spec)["Service.WeightsRole"]}})


def alarms(spec: Any = MISTRAL) -> dict[str, dict[str, Any]]:
    found = resolved(spec).items()
    return {name: one["Properties"] for name, one in found if one["Type"] == ALARM}


def test_a_server_may_read_its_own_weights_and_nothing_else() -> None:
    get, listing = weights_policies(MISTRAL)
    prefix = "mistralai/Mistral-7B-Instruct-v0.2"
    assert (get["Action"], get["Resource"]) == ("s3:GetObject", f"{BUCKET}/{prefix}/*")
    assert (listing["Action"], listing["Resource"]) == ("s3:ListBucket", BUCKET)
    assert listing["Condition"] == {"StringLike": {"s3:prefix": [f"{prefix}/", f"{prefix}/*"]}}
    assert "ManagedPolicyArns" not in properties(MISTRAL, "Service.WeightsRole")


def test_a_server_may_use_the_buckets_key_for_its_own_weights_only() -> None:
    decrypt = weights_policies(OWN_KEYS)[2]
    assert (decrypt["Action"], decrypt["Resource"]) == ("kms:Decrypt", KEY)
    assert decrypt["Condition"]["StringEquals"] == {"kms:ViaService": "s3.xx-test-1.aws.test"}
    [objects] = decrypt["Condition"]["StringLike"].values()
    assert objects == [BUCKET, f"{BUCKET}/{MISTRAL.model_name}/*"]


def test_a_server_finds_its_weights_on_the_disk_that_its_instance_has_prepared() -> None:
    [volume] = properties(MISTRAL, "Service.TaskDefinition")["Volumes"]
    script = properties(MISTRAL, "Capacity.LaunchTemplate")["LaunchTemplateData"]["UserData"]
    [mount] = container()["MountPoints"]
    told = {one["Name"]: one["Value"] for one in container()["Environment"]}
    assert f"--mode 1777 {volume['Host']['SourcePath']}\n" in script
    assert mount["SourceVolume"] == volume["Name"]
    assert mount["ContainerPath"] == told["WEIGHTS_DIR"]


@pytest.mark.promise("hosting.gpus")
@pytest.mark.parametrize("gpus", [1, 4, 8])
def test_a_server_has_all_gpus_of_its_instance_and_the_limits_that_they_need(gpus: int) -> None:
    server = container(replace(MISTRAL, gpu_count=gpus))
    assert server["ResourceRequirements"] == [{"Type": "GPU", "Value": str(gpus)}]
    limits = {one["Name"]: (one["SoftLimit"], one["HardLimit"]) for one in server["Ulimits"]}
    assert limits["memlock"] == (-1, -1)
    assert limits["stack"] == (67_108_864, 67_108_864)
    assert "ResourceRequirements" not in container(ON_CPU)


@pytest.mark.promise("hosting.shared-memory")
@pytest.mark.parametrize("memory", [0, 2048])
def test_a_server_has_the_shared_memory_that_it_asks_for(memory: int) -> None:
    server = container(replace(MISTRAL, shared_memory_mib=memory))
    expected = {"SharedMemorySize": str(memory)} if memory else None
    assert server.get("LinuxParameters") == expected


def test_nobody_gets_into_a_server_and_it_gets_no_further_rights() -> None:
    assert properties(MISTRAL, "Service.Service")["EnableExecuteCommand"] is False
    assert container()["DockerSecurityOptions"] == ["no-new-privileges"]
    assert "Privileged" not in container()


def test_a_server_that_loads_is_left_alone_and_one_that_cannot_start_is_given_up() -> None:
    service = properties(replace(MISTRAL, health_grace=3600), "Service.Service")
    breaker = service["DeploymentConfiguration"]["DeploymentCircuitBreaker"]
    assert service["HealthCheckGracePeriodSeconds"] == "3600"
    assert breaker == {"Enable": True, "Rollback": False}


@pytest.mark.promise("security.encrypted")
def test_volumes_are_encrypted_with_our_key_or_with_awss() -> None:
    keys = []
    for spec in (MISTRAL, OWN_KEYS):
        template = properties(spec, "Capacity.LaunchTemplate")["LaunchTemplateData"]
        [disk] = template["BlockDeviceMappings"]
        assert disk["Ebs"]["Encrypted"] is True
        # gp3 gives at most a MiB/s for every four operations.
        assert disk["Ebs"]["Throughput"] * 4 <= disk["Ebs"]["Iops"]
        keys.append(disk["Ebs"].get("KmsKeyId"))
    assert keys == [None, KEY]


def test_an_instances_own_rights_are_out_of_its_servers_reach() -> None:
    template = properties(MISTRAL, "Capacity.LaunchTemplate")["LaunchTemplateData"]
    assert template["MetadataOptions"] == {"HttpTokens": "required", "HttpPutResponseHopLimit": 1}
    assert template["Monitoring"] == {"Enabled": True}


@pytest.mark.promise("hosting.cooldown", "hosting.metric", "hosting.scales-with-load")
@pytest.mark.parametrize("metric", ["RequestCountPerTarget", "TargetResponseTime"])
def test_the_number_of_servers_follows_the_metric_that_is_asked_for(metric: str) -> None:
    spec = replace(MISTRAL, metric=Metric(metric, 7, estimated_instance_warmup=99))
    policies = [one for name, one in resolved(spec).items() if ".Follow" in name]
    assert len(policies) == 1
    tracking = policies[0]["Properties"]["TargetTrackingScalingPolicyConfiguration"]
    assert tracking["TargetValue"] == "7"
    assert (tracking["ScaleOutCooldown"], tracking["ScaleInCooldown"]) == ("99", "420")
    assert metric in str(tracking)


def test_alarms_begin_where_they_should() -> None:
    found = {
        one["AlarmName"].partition("c2ezox4-")[2]: (one["ComparisonOperator"][:4], one["Threshold"])
        for one in alarms().values()
    }
    assert found == {
        "unhealthy": ("Grea", 0),
        "no-server": ("Grea", 0),
        "unanswered": ("Grea", 5),
        "errors": ("Grea", 10),
        "connections": ("Grea", 5),
        "slow": ("Grea", 120),
        "no-capacity": ("Grea", 0),
    }


def test_every_alarm_says_what_happened_and_what_to_do() -> None:
    for name, alarm in alarms().items():
        description = alarm["AlarmDescription"]
        assert len(re.findall(r"[.:;] ", description)) >= 1, name
        assert description.endswith("."), name
        assert len(description) <= LONGEST_DESCRIPTION, name


def test_a_server_that_loads_its_weights_does_not_ring() -> None:
    unhealthy = alarms(replace(MISTRAL, health_grace=3600))["Scaling.UnhealthyServers"]
    assert int(unhealthy["EvaluationPeriods"]) * unhealthy["Period"] > 3600


def test_an_expression_names_each_of_its_metrics() -> None:
    for name in ("NoServer", "NoCapacity"):
        shown, *metrics = alarms()[f"Scaling.{name}"]["Metrics"]
        words = set(re.findall(r"[a-z]+", shown["Expression"]))
        assert words == {one["Id"] for one in metrics}, name
        assert not any(one["ReturnData"] for one in metrics)


@pytest.mark.parametrize(
    ("healthy", "sent", "refused", "rings"),
    [
        (None, None, 5, 1),
        (0, 3, None, 1),
        (0, 0, 1, 1),
        (1, 3, 1, 0),
        (0, 0, None, 0),
        (None, None, None, 0),
    ],
)
def test_want_of_servers_rings_only_where_somebody_asks_for_them(
    healthy: int | None, sent: int | None, refused: int | None, rings: int
) -> None:
    shown = alarms()["Scaling.NoServer"]["Metrics"][0]["Expression"]
    functions = {
        "IF": lambda condition, yes, no: yes if condition else no,
        "FILL": lambda value, instead: instead if value is None else value,
    }
    metrics = {"healthy": healthy, "sent": sent, "refused": refused}
    assert eval(shown.replace(" AND ", " and "), functions | metrics) == rings


def test_alarms_compare_what_the_group_publishes() -> None:
    [collected] = properties(MISTRAL, "Capacity.AutoScalingGroup")["MetricsCollection"]
    metrics = [one for one in alarms()["Scaling.NoCapacity"]["Metrics"] if "MetricStat" in one]
    compared = [one["MetricStat"]["Metric"]["MetricName"] for one in metrics]
    assert compared == collected["Metrics"]
    assert collected["Granularity"] == "1Minute"


def test_a_topic_is_told_when_an_alarm_begins_and_ends() -> None:
    topic = "arn:aws-test:sns:xx-test-1:123456789012:alarms"
    told = alarms(replace(MISTRAL, deployment=replace(DEPLOYMENT, alarm_topic_arn=topic)))
    assert all(one["AlarmActions"] == one["OKActions"] == [topic] for one in told.values())
    assert not any("AlarmActions" in one for one in alarms().values())
