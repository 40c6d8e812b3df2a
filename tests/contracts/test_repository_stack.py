"""The stack of a repository's own database: what AWS accepts, for those who may, and no more."""

import json
import re
from dataclasses import replace
from fnmatch import fnmatch
from itertools import product
from pathlib import Path

import pytest

from repository_stack import Database, OpenSearch, Postgres, Surroundings, render, templates
from tests.support.cloudformation import accepts, actions, findings, parsed, statements
from tests.support.resolved_stacks import Reading
from tests.support.resource_types import REGIONS, permissions, schema

AROUND = Surroundings(
    deployment_name="lisa-test",
    vpc_id="vpc-0123456789abcdef0",
    subnets=("subnet-0123456789abcdef0", "subnet-0123456789abcdef1"),
    client_security_group="sg-0123456789abcdef0",
    templates_url="https://templates.s3.eu-west-1.amazonaws.com",
)
DATABASES = (Postgres(), Postgres(multi_az=True), OpenSearch(), OpenSearch(1, master_nodes=3))
IDS = ("abc", "hr-docs", "0-docs--", "x" * 20)
ROLE = parsed((Path(__file__).parents[2] / "containers/repository/role.yaml").read_text("utf-8"))
STACK = "AWS::CloudFormation::Stack"
# All inline policies of a role together, without white space (IAM's quotas).
LONGEST_POLICIES = 10_240
# What the published handlers can do and this stack never asks for.
NOT_ASKED_FOR = {
    "es:Up*": "what its domain is, is set once and stays",
    "es:RemoveTags": "tags are set once and stay",
    "*:*Untag*": "tags are set once and stay",
    "rds:RemoveTags*": "tags are set once and stay",
    "ec2:DeleteTags": "tags are set once and stay",
    "ec2:DescribeInstances": "its group is of no instance of EC2",
    "ec2:UpdateSecurityGroupRuleDescriptions*": "a rule is set once and stays",
    "docdb-elastic:*": "its secret is of a database of RDS",
    "redshift*": "its secret is of a database of RDS",
    "rds:DescribeDBCluster*": "it has no cluster",
    "secretsmanager:*Region*": "its secret stays in its region",
    "iam:PassRole": "its database has no role",
    "iam:GetRole": "its database has no role",
    "iam:ListRoles": "its database has no role",
    "rds:*RoleToDBInstance": "its database has no role",
    "rds:*RoleFromDBInstance": "its database has no role",
    "kms:*": "RDS's own key is for everybody who may use RDS",
    "rds:*ReadReplica": "its database is not copied",
    "rds:Restore*": "its database begins empty",
    "rds:*AutomatedBackupsReplication": "its backups stay in its region",
}
# Needed by CloudFormation itself, or by services with the rights of whoever calls them.
OUTSIDE_OF_SCHEMAS = {
    "cloudformation:*": "nested stacks",
    "s3:GetObject": "the templates",
}


def types() -> set[str]:
    documents = [parsed(text) for text in templates().values()]
    return {one["Type"] for document in documents for one in document["Resources"].values()}


NEEDED = {action for kind in types() - {STACK} for action in permissions(kind)}
ALLOWED = {action for statement in statements(ROLE) for action in actions(statement)}


def fits(action: str, patterns: dict[str, str]) -> bool:
    return any(fnmatch(action, pattern) for pattern in patterns)


@pytest.mark.parametrize("name", templates())
def test_every_packaged_template_passes_cfn_lint(name: str) -> None:
    assert findings(templates()[name]) == []


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


@pytest.mark.parametrize("nested", ["Postgres", "OpenSearch"])
def test_every_nested_template_is_given_exactly_its_parameters(nested: str) -> None:
    given_to = parsed(templates()["template.yaml"])["Resources"][nested]["Properties"]
    template = parsed(templates()[f"{nested.lower()}.yaml"])
    assert given_to["TemplateURL"] == {"Fn::Sub": f"${{TemplatesUrl}}/{nested.lower()}.yaml"}
    assert given_to["Parameters"].keys() == template["Parameters"].keys()


def test_every_output_that_the_stack_reads_is_there() -> None:
    read = re.findall(r"!GetAtt (\w+)\.Outputs\.(\w+)", templates()["template.yaml"])
    assert read
    for nested, output in read:
        assert output in parsed(templates()[f"{nested.lower()}.yaml"])["Outputs"]


def test_no_two_ids_share_a_stack_or_a_name() -> None:
    ids = (*IDS, "hr.docs", "0-docs", "0-docs-")
    rendered = [render(one, OpenSearch(), AROUND) for one in ids]
    assert len({one.stack_name for one in rendered}) == len(rendered)
    assert len({one.parameters["ResourceName"] for one in rendered}) == len(rendered)


def test_a_database_is_encrypted_and_only_the_functions_reach_it() -> None:
    made = parsed(templates()["postgres.yaml"])["Resources"]
    database = made["Database"]
    assert database["Properties"]["StorageEncrypted"] is True
    assert database["Properties"]["PubliclyAccessible"] is False
    assert made["Settings"]["Properties"]["Parameters"] == {"rds.force_ssl": "1"}
    [rule] = made["SecurityGroup"]["Properties"]["SecurityGroupIngress"]
    assert (rule["FromPort"], rule["ToPort"]) == (5432, 5432)
    assert rule["SourceSecurityGroupId"] == {"Ref": "ClientSecurityGroup"}


def test_a_domain_is_encrypted_and_only_the_functions_reach_it() -> None:
    made = parsed(templates()["opensearch.yaml"])["Resources"]
    domain = made["Database"]["Properties"]
    assert domain["DomainEndpointOptions"]["EnforceHTTPS"] is True
    assert domain["NodeToNodeEncryptionOptions"] == {"Enabled": True}
    assert domain["EncryptionAtRestOptions"] == {"Enabled": True}
    [rule] = made["SecurityGroup"]["Properties"]["SecurityGroupIngress"]
    assert (rule["FromPort"], rule["ToPort"]) == (443, 443)
    assert rule["SourceSecurityGroupId"] == {"Ref": "ClientSecurityGroup"}
    [statement] = domain["AccessPolicies"]["Statement"]
    assert statement["Principal"]["AWS"]["Fn::Sub"].endswith("::${AWS::AccountId}:root")


def test_what_was_in_a_database_outlives_it_in_a_snapshot() -> None:
    database = parsed(templates()["postgres.yaml"])["Resources"]["Database"]
    assert (database["DeletionPolicy"], database["UpdateReplacePolicy"]) == ("Snapshot",) * 2
    assert database["Properties"]["DeletionProtection"] is False


def test_the_password_is_where_the_service_may_read_it_and_nowhere_else() -> None:
    parameters = render("hr-docs", Postgres(), AROUND).parameters
    assert parameters["SecretName"] == "lisa-test/repositories/hr-docs"
    password = parsed(templates()["postgres.yaml"])["Resources"]["Database"]["Properties"]
    assert "resolve:secretsmanager:" in str(password["MasterUserPassword"])


@pytest.mark.parametrize("name", templates())
def test_no_template_knows_a_region(name: str) -> None:
    assert not re.search(r"\b[a-z]{2}-[a-z]+-\d\b", templates()[name])


def test_the_role_may_do_what_aws_says_the_resources_need() -> None:
    assert sorted(one for one in NEEDED - ALLOWED if not fits(one, NOT_ASKED_FOR)) == []


def test_the_role_may_do_nothing_that_the_resources_do_not_need() -> None:
    assert sorted(one for one in ALLOWED - NEEDED if not fits(one, OUTSIDE_OF_SCHEMAS)) == []


@pytest.mark.parametrize("pattern", NOT_ASKED_FOR)
def test_every_exception_is_one(pattern: str) -> None:
    assert any(fnmatch(action, pattern) for action in NEEDED - ALLOWED)


def test_the_policies_fit_into_a_role_under_the_longest_names() -> None:
    longest = {"DeploymentName": "d" * 24, "TemplatesBucketName": "b" * 63, "VpcId": "v" * 21}
    role = Reading(ROLE, longest, {}).resources()["Role"]["Properties"]
    texts = [json.dumps(policy["PolicyDocument"]) for policy in role["Policies"]]
    # Regions and partitions have longer names than those that stand in for them here.
    spare = sum(text.count("xx-test-1") + text.count("aws-test") for text in texts) * 8
    assert sum(len(re.sub(r"\s", "", text)) for text in texts) + spare <= LONGEST_POLICIES


@pytest.mark.parametrize("region", REGIONS)
def test_every_partition_has_every_type_of_the_stack(region: str) -> None:
    assert {schema(kind, region)["typeName"] for kind in types()} == types()
