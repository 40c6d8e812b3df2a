"""Who may do what to AWS: named actions on named resources, in every template."""

from pathlib import Path
from typing import Any

import pytest

from tests.support.facts import Rule, rules
from tests.support.templates import (
    Json,
    actions,
    paths,
    relative,
    resource_behind,
    resources,
    statements,
    template,
    walk,
)

TEMPLATES = [
    pytest.param(path, id=relative(path)) for path in paths() if statements(template(path))
]
RULES = [pytest.param(rule, id=rule.name) for rule in rules()]
QUEUE_POLICY = "AWS::SQS::QueuePolicy"
# AWS takes these for every resource or for none. None of them changes what is not its own.
WITHOUT_RESOURCE = {
    "application-autoscaling:DescribeScalableTargets": "lists",
    "application-autoscaling:DescribeScalingPolicies": "lists",
    "application-autoscaling:DescribeScheduledActions": "lists",
    "autoscaling:DescribeAutoScalingGroups": "lists",
    "autoscaling:DescribeInstanceRefreshes": "lists",
    "autoscaling:DescribeLifecycleHooks": "lists",
    "autoscaling:DescribeNotificationConfigurations": "lists",
    "autoscaling:DescribeScalingActivities": "lists",
    "autoscaling:DescribeTags": "lists",
    "autoscaling:DescribeTrafficSources": "lists",
    "ec2:DescribeAccountAttributes": "reads",
    "ec2:DescribeAvailabilityZones": "lists",
    "ec2:DescribeImages": "lists",
    "ec2:DescribeInternetGateways": "lists",
    "ec2:DescribeInstanceTypeOfferings": "lists",
    "ec2:DescribeLaunchTemplates": "lists",
    "ec2:DescribeLaunchTemplateVersions": "lists",
    "ec2:DescribeSecurityGroups": "lists",
    "ec2:DescribeSubnets": "lists",
    "ec2:DescribeVpcAttribute": "reads",
    "ec2:DescribeVpcs": "lists",
    "ecr:GetAuthorizationToken": "signs in to the account's registry; the image needs more",
    "ecs:CreateCapacityProvider": "its ARN is not known to IAM when it is made",
    "ecs:DeregisterTaskDefinition": "ends a definition; what runs keeps running",
    "ecs:DescribeTaskDefinition": "reads",
    "ecs:DiscoverPollEndpoint": "tells an instance where its cluster answers",
    "ecs:RegisterTaskDefinition": "a definition runs nothing by itself",
    "elasticloadbalancing:DescribeCapacityReservation": "lists",
    "elasticloadbalancing:DescribeListenerAttributes": "lists",
    "elasticloadbalancing:DescribeListeners": "lists",
    "elasticloadbalancing:DescribeLoadBalancerAttributes": "lists",
    "elasticloadbalancing:DescribeLoadBalancers": "lists",
    "elasticloadbalancing:DescribeTags": "lists",
    "elasticloadbalancing:DescribeTargetGroupAttributes": "lists",
    "elasticloadbalancing:DescribeTargetGroups": "lists",
    "elasticloadbalancing:DescribeTargetHealth": "lists",
    "logs:DescribeLogGroups": "lists",
    "logs:DescribeResourcePolicies": "lists",
    "rds:DescribeDBEngineVersions": "lists",
    "rds:DescribeDBInstanceAutomatedBackups": "lists",
    "rds:DescribeEngineDefaultParameters": "lists",
    "rds:DescribeEvents": "lists",
    "secretsmanager:GetRandomPassword": "makes a text, and keeps none",
    "xray:PutTraceSegments": "adds; reads and changes nothing",
}
# These know no resource either, but a condition that names one.
WITH_CONDITION = {"ecs:ListTasks": "ecs:cluster"}


def is_everything(resource: Any) -> bool:
    return resource == "*" or (isinstance(resource, list) and "*" in resource)


def conditions(statement: Json) -> set[str]:
    return {key for operator in statement.get("Condition", {}).values() for key in operator}


@pytest.mark.promise("deployment.runtime-rights")
@pytest.mark.parametrize("path", TEMPLATES)
def test_every_permission_names_its_actions(path: Path) -> None:
    found = [
        action for one in statements(template(path)) for action in actions(one) if "*" in action
    ]
    assert found == []
    assert not any("NotAction" in one or "NotResource" in one for one in statements(template(path)))


@pytest.mark.promise("deployment.runtime-rights")
@pytest.mark.parametrize("path", TEMPLATES)
def test_every_permission_names_its_resources_where_the_service_knows_any(path: Path) -> None:
    for statement in statements(template(path)):
        if is_everything(statement.get("Resource")):
            for action in actions(statement):
                by_condition = WITH_CONDITION.get(action) in conditions(statement)
                assert action in WITHOUT_RESOURCE or by_condition, action


@pytest.mark.parametrize("path", TEMPLATES)
def test_a_role_is_handed_only_to_the_service_that_needs_it(path: Path) -> None:
    for statement in statements(template(path)):
        if "iam:PassRole" in actions(statement):
            assert actions(statement) == ["iam:PassRole"]
            assert "iam:PassedToService" in conditions(statement)


@pytest.mark.parametrize("path", TEMPLATES)
def test_only_services_take_roles_on(path: Path) -> None:
    for statement in statements(template(path)):
        if "sts:AssumeRole" in actions(statement):
            assert statement["Principal"].keys() == {"Service"}


@pytest.mark.parametrize("path", paths(), ids=relative)
def test_nobody_gets_a_policy_of_awss_own_choosing(path: Path) -> None:
    managed = [part for keys, part in walk(template(path)) if keys[-1:] == ("ManagedPolicyArns",)]
    assert not [one for list_ in managed for one in list_ if "policy/" in str(one)]
    assert "AdministratorAccess" not in str(template(path))


@pytest.mark.parametrize("rule", RULES)
def test_a_fact_that_cannot_be_delivered_is_kept(rule: Rule) -> None:
    kept = resource_behind(rule.template, rule.properties["DeadLetterConfig"]["Arn"])
    assert kept is not None
    path, queue = kept
    assert queue["Type"] == "AWS::SQS::Queue"
    assert queue["Properties"]["SqsManagedSseEnabled"]
    assert senders(path, queue) == ["events.amazonaws.com"]


def senders(path: Path, queue: Json) -> list[str]:
    """The services that a queue's policies let send, each only for rules of this deployment."""
    found = []
    for policy in resources(path, QUEUE_POLICY).values():
        theirs = [resource_behind(path, one) for one in policy["Queues"]]
        for statement in statements(policy) if (path, queue) in theirs else []:
            assert actions(statement) == ["sqs:SendMessage"]
            sources = statement["Condition"]["ArnLike"]["aws:SourceArn"]
            endings = [one["Fn::Sub"].partition("${AWS::AccountId}:")[2] for one in sources]
            assert endings == ["rule/${DeploymentName}-bus/*", "rule/${DeploymentName}-aws-*"]
            found.append(statement["Principal"]["Service"])
    return found


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_listens_to_the_bus_of_this_deployment(rule: Rule) -> None:
    if all(source.startswith("aws.") for source in rule.pattern["source"]):
        # AWS tells of itself on the account's default bus; the queue of what cannot be delivered
        # takes from rules there that are called so.
        assert "EventBusName" not in rule.properties
        assert rule.properties["RuleName"]["Fn::Sub"].startswith("${DeploymentName}-aws-")
        return
    _, bus = resource_behind(rule.template, rule.properties["EventBusName"]) or (None, {})
    assert bus["Type"] == "AWS::Events::EventBus"
