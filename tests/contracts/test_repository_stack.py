"""The stack of a repository's own database: what AWS accepts, for those who may, and no more."""

import re
from dataclasses import replace
from fnmatch import fnmatch
from itertools import product

import pytest

from repository_stack import Database, OpenSearch, Postgres, Surroundings, render, templates
from tests.support.cloudformation import accepts, parsed
from tests.support.packaged_stacks import REPOSITORY, beyond
from tests.support.sources import ROOT
from tests.support.templates import template

AROUND = Surroundings(
    deployment_name="lisa-test",
    vpc_id="vpc-0123456789abcdef0",
    subnets=("subnet-0123456789abcdef0", "subnet-0123456789abcdef1"),
    client_security_group="sg-0123456789abcdef0",
    templates_url="https://templates.s3.eu-west-1.amazonaws.com",
)
DATABASES = (Postgres(), Postgres(multi_az=True), OpenSearch(), OpenSearch(1, master_nodes=3))
IDS = ("abc", "hr-docs", "0-docs--", "x" * 20)
# What the published handlers can do and this stack never asks for.
NOT_ASKED_FOR = {
    "es:Up*": "what its domain is, is set once and stays",
    "es:RemoveTags": "tags are set once and stay",
    "rds:RemoveTags*": "tags are set once and stay",
    "ec2:DeleteTags": "tags are set once and stay",
    "ec2:DescribeInstances": "its group is of no instance of EC2",
    "ec2:UpdateSecurityGroupRuleDescriptions*": "a rule is set once and stays",
    "rds:DescribeDBCluster*": "it has no cluster",
    "iam:PassRole": "its database has no role",
    "iam:GetRole": "its database has no role",
    "iam:ListRoles": "its database has no role",
    "rds:*RoleToDBInstance": "its database has no role",
    "rds:*RoleFromDBInstance": "its database has no role",
    "kms:CreateGrant": "AWS's keys are for everybody, and an installation's own key says so itself",
    "rds:*ReadReplica": "its database is not copied",
    "rds:Restore*": "its database begins empty",
    "rds:*AutomatedBackupsReplication": "its backups stay in its region",
}
# Needed by CloudFormation itself, or by services with the rights of whoever calls them.
OUTSIDE_OF_SCHEMAS = {
    "cloudformation:*": "nested stacks",
    "s3:GetObject": "the templates",
}
NEEDED, ALLOWED = REPOSITORY.needed(), REPOSITORY.allowed()


def test_the_role_may_do_what_aws_says_the_resources_need() -> None:
    assert beyond(NEEDED - ALLOWED, NOT_ASKED_FOR) == []


@pytest.mark.promise("deployment.scoped-roles")
def test_the_role_may_do_nothing_that_the_resources_do_not_need() -> None:
    assert beyond(ALLOWED - NEEDED, OUTSIDE_OF_SCHEMAS) == []


@pytest.mark.parametrize("pattern", NOT_ASKED_FOR)
def test_every_exception_is_one(pattern: str) -> None:
    assert any(fnmatch(action, pattern) for action in NEEDED - ALLOWED)


@pytest.mark.parametrize(("repository_id", "database"), [*product(IDS, DATABASES)])
def test_a_stack_is_given_parameters_that_it_accepts(
    repository_id: str, database: Database
) -> None:
    around = replace(AROUND, deployment_name="d" * 24)
    parameters = render(repository_id, database, around).parameters
    declared = parsed(templates()["template.yaml"])["Parameters"]
    assert parameters.keys() == declared.keys()
    assert [name for name in declared if not accepts(declared[name], parameters[name])] == []
    # What RDS and OpenSearch demand of a name.
    assert len(parameters["ResourceName"]) <= (63 if isinstance(database, Postgres) else 28)
    assert re.fullmatch(r"[a-z](-?[a-z0-9])*", parameters["ResourceName"])


def test_no_two_ids_share_a_stack_or_a_name() -> None:
    ids = (*IDS, "hr.docs", "0-docs", "0-docs-")
    rendered = [render(one, OpenSearch(), AROUND) for one in ids]
    assert len({one.stack_name for one in rendered}) == len(rendered)
    assert len({one.parameters["ResourceName"] for one in rendered}) == len(rendered)


@pytest.mark.promise("security.private-subnets")
def test_a_database_is_encrypted_and_only_the_functions_reach_it() -> None:
    made = parsed(templates()["postgres.yaml"])["Resources"]
    database = made["Database"]
    assert database["Properties"]["StorageEncrypted"] is True
    assert database["Properties"]["PubliclyAccessible"] is False
    assert made["Settings"]["Properties"]["Parameters"] == {"rds.force_ssl": "1"}
    [rule] = made["SecurityGroup"]["Properties"]["SecurityGroupIngress"]
    assert (rule["FromPort"], rule["ToPort"]) == (5432, 5432)
    assert rule["SourceSecurityGroupId"] == {"Ref": "ClientSecurityGroup"}


@pytest.mark.promise("security.encrypted")
def test_a_domain_is_encrypted_and_only_the_functions_reach_it() -> None:
    made = parsed(templates()["opensearch.yaml"])["Resources"]
    domain = made["Database"]["Properties"]
    assert domain["DomainEndpointOptions"]["EnforceHTTPS"] is True
    assert domain["NodeToNodeEncryptionOptions"] == {"Enabled": True}
    assert domain["EncryptionAtRestOptions"]["Enabled"] is True
    [rule] = made["SecurityGroup"]["Properties"]["SecurityGroupIngress"]
    assert (rule["FromPort"], rule["ToPort"]) == (443, 443)
    assert rule["SourceSecurityGroupId"] == {"Ref": "ClientSecurityGroup"}
    [statement] = domain["AccessPolicies"]["Statement"]
    assert statement["Principal"]["AWS"]["Fn::Sub"].endswith("::${AWS::AccountId}:root")


def test_what_was_in_a_database_outlives_it_in_a_snapshot() -> None:
    database = parsed(templates()["postgres.yaml"])["Resources"]["Database"]
    assert (database["DeletionPolicy"], database["UpdateReplacePolicy"]) == ("Snapshot",) * 2
    assert database["Properties"]["DeletionProtection"] is False


def test_rds_makes_the_password_and_replaces_it() -> None:
    database = parsed(templates()["postgres.yaml"])["Resources"]["Database"]["Properties"]
    assert database["ManageMasterUserPassword"] is True
    assert "MasterUserPassword" not in database


def test_functions_read_the_passwords_of_this_deployments_databases_and_no_others() -> None:
    name = render("hr-docs", Postgres(), AROUND).parameters["ResourceName"]
    policy = template(ROOT / "functions/repositories/permissions.yaml")["Resources"]["UseStores"]
    reading = [
        one
        for one in policy["Properties"]["PolicyDocument"]["Statement"]
        if one["Action"] == "secretsmanager:GetSecretValue"
        and one["Resource"]["Fn::Sub"].endswith(":secret:rds!db-*")
    ]
    [condition] = [one["Condition"]["StringLike"] for one in reading]
    [(tag, of)] = condition.items()
    assert tag == "aws:ResourceTag/aws:rds:primaryDBInstanceArn"
    pattern = of["Fn::Sub"].replace("${DeploymentName}", "lisa-test")
    ours = pattern.rpartition(":")[2]
    assert fnmatch(name, ours)
    assert not fnmatch("another-hr-docs", ours)


def test_an_installations_own_key_is_the_databases_too() -> None:
    key = "arn:aws:kms:eu-west-1:123456789012:key/k"
    around = replace(AROUND, kms_key_arn=key)
    assert render("hr-docs", Postgres(), around).parameters["KmsKeyArn"] == key
    own = {"Fn::If": ["OwnKey", {"Ref": "KmsKeyArn"}, {"Ref": "AWS::NoValue"}]}
    postgres, opensearch = (
        parsed(templates()[name])["Resources"]["Database"]["Properties"]
        for name in ("postgres.yaml", "opensearch.yaml")
    )
    assert postgres["KmsKeyId"] == own
    assert postgres["MasterUserSecret"]["Fn::If"][1] == {"KmsKeyId": {"Ref": "KmsKeyArn"}}
    assert opensearch["EncryptionAtRestOptions"]["KmsKeyId"] == own
