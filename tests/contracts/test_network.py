"""What containers run on, and the gateway on it: who reaches whom and who may do what."""

import re
from pathlib import Path
from typing import Any

import pytest

from gateway.metrics.emf import COUNTS, NAMESPACE, OF_THE_WHOLE
from gateway.paths import BASES
from tests.support.cloudformation import (
    Template,
    actions,
    findings_of,
    parsed,
    statements,
    too_wide,
)

CONTAINERS = Path(__file__).parents[2] / "containers"
TEMPLATES = (
    "template.yaml",
    "balancer.yaml",
    "serve.yaml",
    "network.yaml",
    "endpoints.yaml",
    "inside.yaml",
    "security_groups.yaml",
    "gateway/template.yaml",
    "gateway/alarms.yaml",
    "model/role.yaml",
)
# The settings that the gateway and the authorizer read from their environment.
GATEWAY_VARIABLES = {
    "DEPLOYMENT_NAME", "AWS_REGION", "PORT", "MODELS_TABLE", "TOKENS_TABLE", "REGISTRY_TABLE",
    "USAGE_QUEUE_URL", "RETRIEVE_FUNCTION", "KEEP_FUNCTION", "ALLOWED_ORIGIN",
    "OIDC_ISSUER", "OIDC_METADATA_URL", "OIDC_CLIENT_ID", "GROUPS_CLAIM", "ADMIN_GROUP",
    "METRICS_PORT", "TRACES", "TRACE_SAMPLE", "OTEL_EXPORTER_OTLP_ENDPOINT",
    "REACHABLE_NETWORKS", "MOST_AT_ONCE",
}  # fmt: skip
GATEWAY_MAY = {
    "dynamodb:GetItem", "dynamodb:Scan", "sqs:SendMessage",
    "bedrock:InvokeModel", "bedrock:InvokeModelWithResponseStream",
    "sagemaker:InvokeEndpoint", "sagemaker:InvokeEndpointWithResponseStream",
    "secretsmanager:GetSecretValue",
}  # fmt: skip


def template(name: str) -> Template:
    return parsed((CONTAINERS / name).read_text("utf-8"))


def resources(name: str, kind: str) -> dict[str, dict[str, Any]]:
    found = template(name)["Resources"]
    return {key: one["Properties"] for key, one in found.items() if one["Type"] == kind}


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_template_passes_cfn_lint(name: str) -> None:
    assert findings_of(CONTAINERS / name) == []


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_template_is_short_and_knows_no_region(name: str) -> None:
    text = (CONTAINERS / name).read_text("utf-8")
    assert len(text.splitlines()) <= 300
    assert not re.search(r"\b[a-z]{2}-[a-z]+-\d\b", text)


@pytest.mark.parametrize("name", ["gateway/template.yaml", "model/role.yaml"])
def test_every_permission_names_its_actions_and_resources(name: str) -> None:
    assert too_wide(template(name)) == []


@pytest.mark.promise("deployment.own-network")
@pytest.mark.parametrize(
    ("parent", "nested", "name"),
    [
        ("template.yaml", "Network", "network.yaml"),
        ("network.yaml", "Endpoints", "endpoints.yaml"),
        ("template.yaml", "OwnGroups", "security_groups.yaml"),
        ("template.yaml", "Balancer", "balancer.yaml"),
        ("balancer.yaml", "Inside", "inside.yaml"),
    ],
)
def test_nested_templates_are_given_their_parameters_and_have_what_is_read(
    parent: str, nested: str, name: str
) -> None:
    given_to = template(parent)["Resources"][nested]["Properties"]
    read = re.findall(rf"{nested}\.Outputs\.(\w+)", (CONTAINERS / parent).read_text())
    assert given_to["Location"] == name
    assert given_to["Parameters"].keys() == template(name)["Parameters"].keys()
    assert set(read) == template(name)["Outputs"].keys()


@pytest.mark.promise("security.private-subnets")
def test_the_network_has_two_zones_and_no_nat_gateway() -> None:
    subnets = resources("network.yaml", "AWS::EC2::Subnet").values()
    zones = [subnet["AvailabilityZone"]["Fn::Select"][0] for subnet in subnets]
    blocks = [subnet["CidrBlock"]["Fn::Select"][0] for subnet in subnets]
    assert sorted(zones) == [0, 0, 1, 1]
    assert sorted(blocks) == [0, 1, 2, 3]
    assert not resources("network.yaml", "AWS::EC2::NatGateway")


def test_a_path_that_nobody_serves_gets_an_openai_error() -> None:
    listeners = resources("balancer.yaml", "AWS::ElasticLoadBalancingV2::Listener")
    redirect, plain = listeners["HttpListener"]["DefaultActions"][0]["Fn::If"][1:]
    assert redirect["Type"] == "redirect"
    for answer in (plain, listeners["HttpsListener"]["DefaultActions"][0]):
        response = answer["FixedResponseConfig"]
        error = parsed(response["MessageBody"])["error"]
        assert (response["StatusCode"], response["ContentType"]) == ("404", "application/json")
        assert error.keys() == {"message", "type", "param", "code"}


@pytest.mark.promise("deployment.certificate")
def test_a_certificate_of_ones_own_turns_https_on_and_leaves_http_a_redirect() -> None:
    listeners = resources("balancer.yaml", "AWS::ElasticLoadBalancingV2::Listener")
    assert listeners["HttpsListener"]["Certificates"] == [
        {"CertificateArn": {"Ref": "CertificateArn"}}
    ]
    condition, secured, _ = listeners["HttpListener"]["DefaultActions"][0]["Fn::If"]
    assert template("balancer.yaml")["Resources"]["HttpsListener"]["Condition"] == condition
    assert secured["RedirectConfig"]["Protocol"] == "HTTPS"


@pytest.mark.promise("security.encrypted")
def test_weights_are_encrypted_versioned_private_and_kept() -> None:
    bucket = template("template.yaml")["Resources"]["Bucket"]
    assert (bucket["DeletionPolicy"], bucket["UpdateReplacePolicy"]) == ("Retain", "Retain")
    assert bucket["Properties"]["VersioningConfiguration"] == {"Status": "Enabled"}
    assert all(bucket["Properties"]["PublicAccessBlockConfiguration"].values())
    assert "BucketEncryption" in bucket["Properties"]
    policy = template("template.yaml")["Resources"]["BucketPolicy"]["Properties"]["PolicyDocument"]
    assert policy["Statement"][0]["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}
    assert policy["Statement"][0]["Effect"] == "Deny"


def test_the_gateway_is_told_exactly_what_it_reads() -> None:
    task = resources("gateway/template.yaml", "AWS::ECS::TaskDefinition")["TaskDefinition"]
    container = task["ContainerDefinitions"][0]
    assert container["Name"] == "gateway"
    assert {variable["Name"] for variable in container["Environment"]} == GATEWAY_VARIABLES
    assert container["ReadonlyRootFilesystem"] is True
    assert {point["ContainerPath"] for point in container["MountPoints"]} == {
        "/var/lib/gateway",
        "/tmp",
    }


def test_the_gateway_may_read_its_tables_and_call_models_and_nothing_else() -> None:
    role = template("gateway/template.yaml")["Resources"]["TaskRole"]
    allowed = statements({"Resources": {"TaskRole": role}})
    assert {action for statement in allowed for action in actions(statement)} == GATEWAY_MAY
    scans = [one for one in allowed if "dynamodb:Scan" in actions(one)]
    assert [str(one["Resource"]).count("${ModelsTableName}") for one in scans] == [1]
    assert "ManagedPolicyArns" not in role["Properties"]


@pytest.mark.promise("serve.behind-a-balancer")
def test_every_base_of_the_gateways_paths_leads_to_it() -> None:
    (rule,) = resources(
        "gateway/template.yaml", "AWS::ElasticLoadBalancingV2::ListenerRule"
    ).values()
    paths = rule["Conditions"][0]["PathPatternConfig"]["Values"]
    assert paths == [*(f"{base.rstrip('/')}*" for base in BASES), "/health"]


def test_a_stream_has_as_long_to_end_as_the_task_has_to_stop() -> None:
    (group,) = resources(
        "gateway/template.yaml", "AWS::ElasticLoadBalancingV2::TargetGroup"
    ).values()
    task = resources("gateway/template.yaml", "AWS::ECS::TaskDefinition")["TaskDefinition"]
    attributes = {one["Key"]: one["Value"] for one in group["TargetGroupAttributes"]}
    delay = attributes["deregistration_delay.timeout_seconds"]
    assert int(delay) == task["ContainerDefinitions"][0]["StopTimeout"]


def test_the_metrics_are_open_to_nobody_but_a_named_scraper() -> None:
    groups = template("security_groups.yaml")
    leading_there = [
        one
        for one in groups["Resources"].values()
        if one["Type"] == "AWS::EC2::SecurityGroupIngress" and one["Properties"]["ToPort"] == 9464
    ]
    assert [one["Condition"] for one in leading_there] == ["HasMetricsScraper"]
    assert template("template.yaml")["Parameters"]["MetricsScraper"]["Default"] == ""
    (service,) = resources("gateway/template.yaml", "AWS::ECS::Service").values()
    public, inside = service["LoadBalancers"]
    assert [public["ContainerPort"], inside["Fn::If"][1]["ContainerPort"]] == [8080, 8080]


def test_the_gateways_alarms_look_at_metrics_that_it_writes() -> None:
    written = {*COUNTS.values(), *OF_THE_WHOLE.values(), "Requests", "ServerErrors"}
    looked_at = {
        metric["MetricName"]
        for alarm in resources("gateway/alarms.yaml", "AWS::CloudWatch::Alarm").values()
        for metric in (
            alarm,
            *(one.get("MetricStat", {}).get("Metric", {}) for one in alarm.get("Metrics", ())),
        )
        if metric.get("Namespace") == NAMESPACE
    }
    assert looked_at == {"Requests", "ServerErrors", "Restarts", "RegistryUp"} <= written
