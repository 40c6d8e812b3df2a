"""The composition root: the only module that knows adapters, and loads each when first needed."""

from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, TypedDict, Unpack

from kernel.composition import Composition
from models.settings import settings, workflow_settings

if TYPE_CHECKING:
    from models.ports import Cluster, Inference, Models, Stacks
    from planning.ports import Account, ModelFiles
    from provider_keys.ports import Keys


class Ports(TypedDict, total=False):
    """The service's ports by name, to be placed by `use`."""

    models: "Models"
    keys: "Keys"
    files: "ModelFiles"
    account: "Account"
    stacks: "Stacks"
    cluster: "Cluster"
    inference: "Inference"


composed = Composition()


def use(**ports: Unpack[Ports]) -> AbstractContextManager[None]:
    """Place other implementations for a while: how tests and tools run the steps without AWS."""
    return composed.use(ports)


@composed.kept
def models() -> "Models":
    """Return the table of models."""
    from models.adapters.dynamo import DynamoModels

    return DynamoModels(settings().models_table, settings().registry_table)


@composed.kept
def keys() -> "Keys":
    """Return the keys of models that others host."""
    from provider_keys.secrets_manager import SecretsManagerKeys

    found = settings()
    return SecretsManagerKeys(found.deployment_name, kms_key_arn=found.kms_key_arn)


@composed.kept
def files() -> "ModelFiles":
    """Return the files of weights."""
    from models.adapters.model_files import S3ModelFiles

    return S3ModelFiles(settings().models_bucket)


@composed.kept
def account() -> "Account":
    """Return what the account and its region can tell."""
    from models.adapters.account import AwsAccount

    return AwsAccount()


@composed.kept
def stacks() -> "Stacks":
    """Return the model stacks."""
    from models.adapters.cloudformation import CloudFormationStacks

    return CloudFormationStacks(workflow_settings())


@composed.kept
def cluster() -> "Cluster":
    """Return the clusters of inference servers."""
    from models.adapters.ecs import EcsCluster

    return EcsCluster(settings().deployment_name)


@composed.kept
def inference() -> "Inference":
    """Return the way to ask a server."""
    from models.adapters.inference import HttpInference

    return HttpInference()
