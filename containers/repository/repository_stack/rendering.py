"""From what a repository's database is to be to the templates and parameters of its stack."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files

from stacks.rendered import RenderedStack, rendered, require_deployment_name, short_name

TEMPLATES = ("template.yaml", "postgres.yaml", "opensearch.yaml")
# What belongs to a database may be called longer, the database itself not.
LONGEST_NAME = {"pgvector": 63, "opensearch": 28}


@dataclass(frozen=True)
class Surroundings:
    """The deployment around the database: outputs of its other stacks.

    `templates_url` is the address below which templates are uploaded:
    https://<bucket>.s3.<region>.<suffix>. `kms_key_arn` is empty for AWS's own keys.
    """

    deployment_name: str
    vpc_id: str
    subnets: tuple[str, ...]
    client_security_group: str
    templates_url: str
    kms_key_arn: str = ""


@dataclass(frozen=True)
class Postgres:
    """A PostgreSQL of RDS; `version` is a major one, of which RDS takes its usual minor one."""

    instance_class: str = "db.t4g.medium"
    storage_gib: int = 20
    multi_az: bool = False
    version: str = "17"


@dataclass(frozen=True)
class OpenSearch:
    """A managed domain. One data node stands in one zone, more of them, an even number, in two.

    `master_nodes` hold no data: none, or three or five. `volume_gib` is of each data node.
    """

    data_nodes: int = 2
    data_node_instance_type: str = "r7g.large.search"
    master_nodes: int = 0
    master_node_instance_type: str = "m7g.large.search"
    volume_gib: int = 20


type Database = Postgres | OpenSearch


def templates() -> Mapping[str, str]:
    """Return the packaged templates as they are on disk: file name -> text."""
    return {name: files("repository_stack").joinpath(name).read_text("utf-8") for name in TEMPLATES}


def render(repository_id: str, database: Database, around: Surroundings) -> RenderedStack:
    """Fill in the templates for one repository; the same wish gives the same bytes.

    Raise ValueError for a deployment whose name cannot begin others.
    """
    name = around.deployment_name
    kind = "pgvector" if isinstance(database, Postgres) else "opensearch"
    parameters = {
        "DeploymentName": name,
        "Kind": kind,
        "ResourceName": short_name(name, repository_id, LONGEST_NAME[kind]),
        "VpcId": around.vpc_id,
        "Subnets": ",".join(around.subnets),
        "ClientSecurityGroup": around.client_security_group,
        "KmsKeyArn": around.kms_key_arn,
        **_of_postgres(database if isinstance(database, Postgres) else Postgres()),
        **_of_opensearch(database if isinstance(database, OpenSearch) else OpenSearch()),
    }
    stack = stack_name(name, repository_id)
    return rendered(stack, templates(), parameters, below=around.templates_url)


def stack_name(deployment_name: str, repository_id: str) -> str:
    """Name a repository's stack; ids of repositories may stand in it as they are."""
    require_deployment_name(deployment_name)
    return f"{deployment_name}-repository-{repository_id}"


def _of_postgres(database: Postgres) -> dict[str, str]:
    return {
        "InstanceClass": database.instance_class,
        "Storage": str(database.storage_gib),
        "MultiAz": "true" if database.multi_az else "false",
        "Version": database.version,
    }


def _of_opensearch(domain: OpenSearch) -> dict[str, str]:
    return {
        "DataNodes": str(domain.data_nodes),
        "DataNodeInstanceType": domain.data_node_instance_type,
        "MasterNodes": str(domain.master_nodes),
        "MasterNodeInstanceType": domain.master_node_instance_type,
        "VolumeSize": str(domain.volume_gib),
    }
