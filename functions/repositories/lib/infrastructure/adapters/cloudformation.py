"""The stacks of repositories in CloudFormation, made from the packaged templates."""

from catalogue.base import Reason
from catalogue.infrastructure import Infrastructure, NewDatabase
from catalogue.repository import Repository
from infrastructure.errors import RepositoryRefused
from repositories.settings import StackSettings
from repository_stack import Database, OpenSearch, Postgres, Surroundings, render, stack_name
from stacks.cloudformation import CloudFormation
from stacks.state import Found

_NO_WAY = Reason(
    code="NoNetwork",
    message="The functions of this deployment stand outside of the network in which a database of"
    " its own would be, so that none could ask it.",
    fix="Deploy with PrivateRepositories=true, or name an existing database with rdsConfig.dbHost"
    " or opensearchConfig.endpoint.",
)


class CloudFormationStacks:
    """The `Stacks` port."""

    def __init__(self, settings: StackSettings) -> None:
        self._settings = settings
        self._made = CloudFormation(
            settings.templates_bucket, settings.stack_role_arn, settings.installation_stack
        )

    def create(self, repository: Repository) -> str:
        if not self._settings.client_security_group or repository.infrastructure is None:
            raise RepositoryRefused(_NO_WAY)
        database = _specified(repository.infrastructure)
        stack = render(repository.repository_id, database, self._around())
        self._made.create(stack, {"lisa:repository": repository.repository_id})
        return stack.digest

    def state(self, repository_id: str) -> Found | None:
        return self._made.look(self._name(repository_id))

    def delete(self, repository_id: str) -> None:
        self._made.delete(self._name(repository_id))

    def _name(self, repository_id: str) -> str:
        return stack_name(self._settings.deployment_name, repository_id)

    def _around(self) -> Surroundings:
        settings = self._settings
        return Surroundings(
            deployment_name=settings.deployment_name,
            vpc_id=settings.vpc_id,
            subnets=tuple(settings.database_subnets.split(",")),
            client_security_group=settings.client_security_group,
            templates_url=settings.templates_url,
            kms_key_arn=settings.kms_key_arn,
        )


def _specified(wish: Infrastructure) -> Database:
    if isinstance(wish, NewDatabase):
        return Postgres(wish.instance_class, wish.storage, wish.multi_az, wish.version)
    return OpenSearch(
        data_nodes=wish.data_nodes,
        data_node_instance_type=wish.data_node_instance_type,
        master_nodes=wish.master_nodes,
        master_node_instance_type=wish.master_node_instance_type,
        volume_gib=wish.volume_size,
    )
