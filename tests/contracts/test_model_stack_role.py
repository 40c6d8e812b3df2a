"""What CloudFormation may do for a model: as much as AWS says its resources need, and no more."""

from fnmatch import fnmatch

import pytest

from model_stack import templates
from tests.support.cloudformation import actions, parsed, statements
from tests.support.packaged_stacks import MODEL, beyond

# What the published handlers can do and this stack never asks for.
NOT_ASKED_FOR = {
    "application-autoscaling:DeleteScheduledAction": "it schedules nothing",
    "application-autoscaling:PutScheduledAction": "it schedules nothing",
    "lambda:*ProvisionedConcurrency*": "it scales an ECS service",
    "cloudwatch:GetMetricData": "it predicts no load",
    "autoscaling:*LoadBalancer*": "ECS registers servers, the group registers nothing",
    "autoscaling:*TrafficSources": "ECS registers servers, the group registers nothing",
    "vpc-lattice:*": "ECS registers servers, the group registers nothing",
    "elasticloadbalancing:DeregisterTargets": "ECS's own role registers servers",
    "elasticloadbalancing:RegisterTargets": "ECS's own role registers servers",
    "autoscaling:*InstanceRefresh": "running instances are not exchanged by an update",
    "autoscaling:*NotificationConfiguration": "the group notifies nobody",
    "autoscaling:*Processes": "running instances are not exchanged by an update",
    "managed-fleets:*": "its instances are its own",
    "*:*Untag*": "tags are set once and stay",
    "*:RemoveTags": "tags are set once and stay",
    "ec2:DeleteTags": "tags are set once and stay",
    "cognito-idp:*": "its listener signs nobody in",
    "elasticloadbalancing:ModifyCapacityReservation": "its balancer reserves no capacity",
    "elasticloadbalancing:ModifyIpPools": "its addresses are the network's",
    "elasticloadbalancing:SetIpAddressType": "its addresses are the network's",
    "ec2:DescribeIpamPools": "its addresses are the network's",
    "ecs:PutAccountSetting*": "settings of the account are the account's",
    "kms:DescribeKey": "its cluster has no storage of its own",
    "iam:*Group*": "its policy is for roles",
    "iam:*User*": "its policy is for roles",
    "iam:DeleteRolePermissionsBoundary": "a boundary stays, or everybody could leave it",
    "iam:UpdateRole*": "what its roles are is set once and stays",
    "logs:DisassociateKmsKey": "what is encrypted with a key stays so",
    "logs:PutLogGroupDeletionProtection": "its log goes with it",
    "logs:DeleteRetentionPolicy": "its log always has one",
    "logs:*LogDelivery": "its log is delivered nowhere",
    "firehose:*": "its log is delivered nowhere",
    "s3:REST*": "its log is delivered nowhere",
    "logs:*utBearerTokenAuthentication": "its log has no policies",
    "logs:PutDataProtectionPolicy": "its log has no policies",
    "logs:*utIndexPolicy": "its log has no policies",
    "logs:DeleteIndexPolicy": "its log has no policies",
    "logs:*utResourcePolicy": "its log has no policies",
    "logs:DeleteResourcePolicy": "its log has no policies",
    # Patterns, which the role answers by name.
    "autoscaling:Describe*": "by name",
    "ec2:Describe*": "by name",
    "ec2:Get*": "its launch template names everything",
    "ssm:Get*": "CloudFormation reads the AMI's id, the group does not",
    "elasticloadbalancing:Describe*": "by name",
}
# Needed by CloudFormation itself, or by services with the rights of whoever calls them.
OUTSIDE_OF_SCHEMAS = {
    "autoscaling:Describe*": "the pattern of the group's schema, by name",
    "autoscaling:DeleteLifecycleHook": "capacity providers drain instances by a hook",
    "cloudformation:*": "nested stacks",
    "ec2:Describe*": "the pattern of the group's schema, by name",
    "iam:TagInstanceProfile": "the tags of the stack",
    "iam:TagPolicy": "the tags of the stack",
    "s3:GetObject": "the templates",
    "ssm:GetParameters": "the AMI",
}
NEEDED, ALLOWED = MODEL.needed(), MODEL.allowed()


def test_the_role_may_do_what_aws_says_the_resources_need() -> None:
    assert beyond(NEEDED - ALLOWED, NOT_ASKED_FOR) == []


@pytest.mark.promise("deployment.scoped-roles")
def test_the_role_may_do_nothing_that_the_resources_do_not_need() -> None:
    assert beyond(ALLOWED - NEEDED, OUTSIDE_OF_SCHEMAS) == []


@pytest.mark.parametrize("pattern", NOT_ASKED_FOR)
def test_every_exception_is_one(pattern: str) -> None:
    assert any(fnmatch(action, pattern) for action in NEEDED - ALLOWED)


@pytest.mark.parametrize("pattern", OUTSIDE_OF_SCHEMAS)
def test_every_addition_is_one(pattern: str) -> None:
    assert any(fnmatch(action, pattern) for action in ALLOWED)


def test_launch_templates_of_others_are_out_of_reach() -> None:
    about = [one for one in statements(MODEL.role) if "LaunchTemplate" in str(one["Action"])]
    changes = [one for one in about if not any(":Describe" in action for action in actions(one))]
    keys = [one["Condition"]["StringEquals"] for one in changes]
    ours = {"Ref": "DeploymentName"}
    assert keys == [{"aws:RequestTag/Deployment": ours}, {"aws:ResourceTag/Deployment": ours}]
    template = parsed(templates()["capacity.yaml"])["Resources"]["LaunchTemplate"]["Properties"]
    assert template["TagSpecifications"][0]["Tags"] == [{"Key": "Deployment", "Value": ours}]
