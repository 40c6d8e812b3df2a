"""The composition root: the only module that knows adapters, and loads each when first needed."""

from functools import cache

from models.ports import Cluster, Inference, Models, Stacks, Weights
from models.settings import settings


@cache
def models() -> Models:
    """Return the table of models."""
    from models.adapters.dynamo import DynamoModels

    return DynamoModels(settings().models_table, settings().registry_table)


@cache
def weights() -> Weights:
    """Return the bucket of weights."""
    from models.adapters.weights import S3Weights

    return S3Weights(settings().models_bucket)


@cache
def stacks() -> Stacks:
    """Return the model stacks."""
    from models.adapters.cloudformation import CloudFormationStacks

    return CloudFormationStacks(settings())


@cache
def cluster() -> Cluster:
    """Return the clusters of inference servers."""
    from models.adapters.ecs import EcsCluster

    return EcsCluster(settings().deployment_name)


@cache
def inference() -> Inference:
    """Return the way to ask a server."""
    from models.adapters.inference import HttpInference

    return HttpInference()
