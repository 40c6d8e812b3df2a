"""In every partition each name is that partition's own, and each service that is made exists there.

Templates are read as `sam deploy` would render them there. Which services a partition has, botocore
knows: the data with which every client finds its endpoint.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import botocore.session
import pytest

from tests.support.sources import tracked
from tests.support.templates import Json, paths, relative, template, walk

# Partition: one of its regions, and what its public names end with.
PARTITIONS = {
    "aws": ("us-east-1", "amazonaws.com"),
    "aws-us-gov": ("us-gov-west-1", "amazonaws.com"),
    "aws-iso": ("us-iso-east-1", "c2s.ic.gov"),
    "aws-iso-b": ("us-isob-east-1", "sc2s.sgov.gov"),
}
EVERYWHERE = pytest.mark.parametrize("partition", PARTITIONS)
TEMPLATES = pytest.mark.parametrize("path", paths(), ids=relative)
# What botocore calls the service of a type of resource, where the names differ.
SERVICES = {
    "ApplicationAutoScaling": "application-autoscaling",
    "Cognito": "cognito-idp",
    "ElasticLoadBalancingV2": "elbv2",
    "OpenSearchService": "opensearch",
    "Serverless": "lambda",
}
# Not bound to a region: every partition has it.
GLOBAL = {"IAM"}
# A service is called so in a policy in every partition (IAM User Guide, service principals).
PRINCIPAL = re.compile(r"[a-z0-9.-]+\.amazonaws\.com")
# How every partition calls most of the services that endpoints lead to; test_endpoints.py has those
# that are called otherwise.
ENDPOINT = re.compile(r"eu\.amazonaws|(cn\.)?com\.amazonaws(\.\$\{AWS::Region\}\.[a-z0-9.-]+)?")
PYTHON = [
    path
    for path in tracked("*.py")
    if relative(path).split("/")[0] in ("functions", "layers", "containers", "operations")
]


def texts(path: Path) -> Iterator[tuple[str, str]]:
    """Every text of a template, with the last name that leads to it; prose is left out."""
    for keys, part in walk(template(path)):
        named = [key for key in keys if isinstance(key, str)]
        prose = {"Description", "AlarmDescription", "AssertDescription", "Metadata", "summary"}
        if isinstance(part, str) and not prose & set(named):
            yield (named[-1] if named else ""), part


def rendered(text: str, partition: str) -> str:
    region, suffix = PARTITIONS[partition]
    known = {"Partition": partition, "Region": region, "URLSuffix": suffix}
    return re.sub(r"\$\{AWS::(\w+)\}", lambda name: known.get(name[1], name[0]), text)


@EVERYWHERE
@TEMPLATES
def test_every_arn_is_of_the_partition(path: Path, partition: str) -> None:
    found = [rendered(text, partition) for _, text in texts(path)]
    arns = [arn for text in found for arn in re.findall(r"\barn:[^\"' ]+", text)]
    foreign = [arn for arn in arns if not arn.startswith((f"arn:{partition}:", "arn:${"))]
    assert foreign == []


@TEMPLATES
def test_every_domain_is_the_partitions_own(path: Path) -> None:
    """What ends otherwise in another partition is written with AWS::URLSuffix."""
    fixed = [text for _, text in texts(path) if "amazonaws" in text or "aws.amazon" in text]
    other = [one for one in fixed if not (PRINCIPAL.fullmatch(one) or ENDPOINT.fullmatch(one))]
    assert other == []


@EVERYWHERE
@TEMPLATES
def test_what_is_made_without_a_condition_exists_there(path: Path, partition: str) -> None:
    made = template(path)["Resources"]
    missing = {
        name
        for name, one in made.items()
        if not exists(one["Type"], partition) and "Condition" not in one
    }
    assert missing == set()


def exists(kind: str, partition: str) -> bool:
    namespace = kind.split("::")[1]
    if namespace in GLOBAL:
        return True
    service = SERVICES.get(namespace, namespace.lower())
    return bool(session().get_available_regions(service, partition))


def session() -> botocore.session.Session:
    return botocore.session.get_session()


def test_a_pool_of_cognito_drops_out_where_there_is_none() -> None:
    """It is all that isolated partitions lack, and nothing reads it without its condition."""
    pools = {
        (relative(path), name): one
        for path in paths()
        for name, one in template(path)["Resources"].items()
        if not exists(one["Type"], "aws-iso")
    }
    assert {path for path, _ in pools} == {"functions/identity/template.yaml"}
    # The second holds only where the first does.
    conditions = {"MakesUserPool", "MakesAdminGroup"}
    assert {one["Condition"] for one in pools.values()} == conditions
    (identity,) = (path for path in paths() if relative(path) == "functions/identity/template.yaml")
    assert "MakesUserPool" in str(template(identity)["Conditions"]["MakesAdminGroup"])
    assert unguarded(template(identity), {name for _, name in pools}, conditions) == []


def unguarded(document: Json, names: set[str], conditions: set[str]) -> list[Any]:
    """Where a resource of these is read outside of them and of an If of their conditions."""
    found = []
    for keys, part in walk(document):
        match part:
            case {"Ref": str(name)} | {"Fn::GetAtt": [str(name), _]} if name in names:
                around = [one for one in parents(document, keys) if isinstance(one, dict)]
                guards = {one.get("Condition") for one in around if "Condition" in one}
                guards |= {one["Fn::If"][0] for one in around if "Fn::If" in one}
                found += [] if guards & conditions else [keys]
    return found


def parents(document: Json, keys: tuple[str | int, ...]) -> Iterator[Any]:
    part: Any = document
    for key in keys:
        yield part
        part = part[key]


@pytest.mark.parametrize("path", PYTHON, ids=relative)
def test_no_code_knows_a_partition(path: Path) -> None:
    found = re.findall(r"[\"']arn:aws[a-z-]*:[^\"']*|[a-z0-9.-]*\.amazonaws\.com", path.read_text())
    assert found == []
