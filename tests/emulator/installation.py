"""The whole product as a package, and installations of it in an empty account."""

import json
import os
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from local.seed.people import People
from local.supervisor.sam import Job, sam, started
from local.toolchain.locks import held
from local.toolchain.venvs import Toolchain
from tests.emulator.running import REPOSITORY, Emulator, eventually

CAPABILITIES = ["CAPABILITY_IAM", "CAPABILITY_NAMED_IAM", "CAPABILITY_AUTO_EXPAND"]
PASSWORD = "Long-enough-1"
SECONDS = 120.0


@dataclass(frozen=True)
class Installation:
    """A stack of the root template, and an administrator of it."""

    emulator: Emulator
    name: str
    outputs: dict[str, str]

    def administrator(self) -> str:
        """Sign the administrator in."""
        pool = self.outputs["OidcIssuer"].rpartition("/")[2]
        people = People(self.emulator.client("cognito-idp"), pool, self.outputs["OidcClientId"])
        people.ensure("ada", PASSWORD, "lisa-admins")
        return people.id_token("ada", PASSWORD)

    def ask(self, path: str, token: str, body: object = None) -> tuple[int, Any]:
        """Return the status and the answer of the admin API; a body is posted."""
        url = f"{self.emulator.url}/_aws/execute-api/{self.outputs['ApiId']}/v1{path}"
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        data = None if body is None else json.dumps(body).encode()
        try:
            with urllib.request.urlopen(urllib.request.Request(url, data, headers)) as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as refusal:
            with refusal:
                return refusal.code, json.load(refusal)

    def routes(self) -> set[str]:
        """Return every path of the REST API that something answers."""
        found = self.emulator.client("apigateway").get_resources(
            restApiId=self.outputs["ApiId"], limit=500
        )["items"]
        return {one["path"] for one in found if one.get("resourceMethods")}


def package(emulator: Emulator, folder: Path) -> str:
    """Build, put what was built into the account, and return the template that names it."""
    tools = Toolchain()
    tools.ensure(["sam"], lambda *_: None)
    programs, template = tools.programs("sam"), folder / "packaged.yaml"
    emulator.client("s3").create_bucket(Bucket="packages")
    with held(REPOSITORY / ".aws-sam" / "lock"):
        sam(programs, folder / "build.log", "build", "--cached", "--parallel").finish()
        _package(emulator, programs, folder / "package.log", template).finish()
    return template.read_text("utf-8")


def _package(emulator: Emulator, programs: Path, log: Path, template: Path) -> Job:
    words = ("--s3-bucket", "packages", "--output-template-file", str(template))
    account = {
        "AWS_ENDPOINT_URL": emulator.url,
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_REGION": "us-east-1",
        "AWS_DEFAULT_REGION": "us-east-1",
    }
    return started(
        "sam package", [str(programs / "sam"), "package", *words], log, os.environ | account
    )


def install(
    emulator: Emulator,
    template: str,
    name: str,
    parts: str,
    tags: Mapping[str, str] | None = None,
    **parameters: str,
) -> Installation:
    """Create the stack with these parts, or raise what failed."""
    given = {"DeploymentName": name, "Parts": parts, "CognitoEndpoint": emulator.url} | parameters
    emulator.client("cloudformation").create_stack(
        StackName=name,
        TemplateBody=template,
        Capabilities=CAPABILITIES,
        Parameters=[{"ParameterKey": key, "ParameterValue": given[key]} for key in given],
        Tags=[{"Key": key, "Value": value} for key, value in (tags or {}).items()],
    )
    stack = eventually(lambda: emulator.settled(name), SECONDS)
    assert stack["StackStatus"] == "CREATE_COMPLETE", emulator.failures(name)
    told = {one["OutputKey"]: one["OutputValue"] for one in stack["Outputs"]}
    return Installation(emulator, name, told)


def remove(emulator: Emulator, name: str) -> None:
    """Delete the stack, to the end."""
    cloudformation = emulator.client("cloudformation")
    cloudformation.delete_stack(StackName=name)

    def gone() -> bool:
        stacks = cloudformation.describe_stacks()["Stacks"]
        return not [one for one in stacks if one["StackName"].startswith(name)]

    eventually(gone, SECONDS)


def belongings(emulator: Emulator, name: str) -> set[tuple[str, str]]:
    """Return what the account has whose name says that it is this installation's, with its kind."""
    ask = emulator.client
    found = {
        "function": _names(ask("lambda"), "list_functions", "Functions", "FunctionName"),
        "role": _names(ask("iam"), "list_roles", "Roles", "RoleName"),
        "state machine": _names(
            ask("stepfunctions"), "list_state_machines", "stateMachines", "name"
        ),
        "bus": _names(ask("events"), "list_event_buses", "EventBuses", "Name"),
        "log group": _names(ask("logs"), "describe_log_groups", "logGroups", "logGroupName"),
        "user pool": _names(
            ask("cognito-idp"), "list_user_pools", "UserPools", "Name", MaxResults=60
        ),
        "balancer": _names(
            ask("elbv2"), "describe_load_balancers", "LoadBalancers", "LoadBalancerName"
        ),
        "group": _names(ask("ec2"), "describe_security_groups", "SecurityGroups", "GroupName"),
        "secret": _names(ask("secretsmanager"), "list_secrets", "SecretList", "Name"),
        "API": _names(ask("apigateway"), "get_rest_apis", "items", "name"),
        "bucket": _names(ask("s3"), "list_buckets", "Buckets", "Name"),
        "table": [*ask("dynamodb").list_tables()["TableNames"]],
        "queue": [one.rpartition("/")[2] for one in ask("sqs").list_queues().get("QueueUrls", [])],
        "cluster": [one.rpartition("/")[2] for one in ask("ecs").list_clusters()["clusterArns"]],
    }
    return {(kind, one) for kind, names in found.items() for one in names if name in one}


def _names(client: Any, order: str, items: str, key: str, **options: Any) -> list[str]:
    if client.can_paginate(order) and not options:
        pages = client.get_paginator(order).paginate()
        return [one[key] for page in pages for one in page.get(items, [])]
    return [one[key] for one in getattr(client, order)(**options)[items]]
