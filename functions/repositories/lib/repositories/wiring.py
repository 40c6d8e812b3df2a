"""The composition root: the only module that knows adapters, and loads each when first needed."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any, TypedDict, Unpack

from repositories.settings import context_settings, scan_settings, settings, stack_settings

if TYPE_CHECKING:
    from context.entering import Opening
    from context.ports import ChatModels, Notebook, Parser, Writer
    from infrastructure.ports import Stacks
    from infrastructure.steps import Site
    from ingestion.ports import Documents, Doors, Embedder, Files, Notices, Places, Reader, Staging
    from repositories.adapters.gateway import GatewayModels
    from repositories.filing import Cabinet
    from repositories.founding import Ground
    from repositories.ports import Models, Objects, Rows, Stores
    from repositories.removing import Broom


class Ports(TypedDict, total=False):
    """The service's ports by name, to be placed by `use`."""

    rows: "Rows"
    stores: "Stores"
    models: "Models"
    patient_models: "Models"
    objects: "Objects"
    documents: "Documents"
    files: "Files"
    doors: "Doors"
    staging: "Staging"
    reader: "Reader"
    embedder: "Embedder"
    places: "Places"
    notices: "Notices"
    chat_models: "ChatModels"
    notebook: "Notebook"
    parser: "Parser"
    writer: "Writer"
    stacks: "Stacks"


_placed: dict[str, Any] = {}


@contextmanager
def use(**ports: Unpack[Ports]) -> Iterator[None]:
    """Place other implementations for a while: how tests and tools run without AWS."""
    before = dict(_placed)
    _placed.update(ports)
    try:
        yield
    finally:
        _placed.clear()
        _placed.update(before)


def _port[Port](compose: Callable[[], Port]) -> Callable[[], Port]:
    return _joint(cache(compose))


def _joint[Port](compose: Callable[[], Port]) -> Callable[[], Port]:
    """A port that stands on others: made anew each time, for these may have been placed since."""
    return lambda: _placed[compose.__name__] if compose.__name__ in _placed else compose()


@_port
def rows() -> "Rows":
    """Return the table of repositories and collections."""
    from repositories.adapters.rows import DynamoRows

    return DynamoRows(settings().repository_table)


@_port
def models() -> "Models":
    """Return the models behind the gateway, for whoever is waited for: a chat waits for 10 s."""
    return _models(patience=6.0)


@_port
def patient_models() -> "Models":
    """Return them for the steps of workflows."""
    return _models(patience=120.0)


def _models(patience: float) -> "GatewayModels":
    from repositories.adapters.gateway import GatewayModels
    from repositories.adapters.secrets import SecretText
    from repositories.adapters.wire import Wire

    token = SecretText(settings().service_token)
    return GatewayModels(Wire(settings().serve_url), token, patience)


@_port
def stores() -> "Stores":
    """Return the databases of repositories."""
    from repositories.adapters.databases import Databases

    return Databases(settings().aws_region)


@_port
def objects() -> "Objects":
    """Return the bucket of documents."""
    from repositories.adapters.objects import S3Objects

    return S3Objects(settings().documents_bucket)


@_port
def documents() -> "Documents":
    """Return the table of documents and jobs."""
    from ingestion.adapters.dynamo import DynamoDocuments

    return DynamoDocuments(settings().repository_table)


@_port
def files() -> "Files":
    """Return the objects that are documents."""
    from ingestion.adapters.files import S3Files

    return S3Files()


@_port
def doors() -> "Doors":
    """Return how people reach objects themselves."""
    from ingestion.adapters.doors import S3Doors

    return S3Doors()


@_port
def staging() -> "Staging":
    """Return what steps leave for each other."""
    from ingestion.adapters.staging import S3Staging

    return S3Staging(settings().documents_bucket)


@_port
def reader() -> "Reader":
    """Return what parses and cuts."""
    from ingestion.adapters.reading import LocalReader

    return LocalReader()


@_joint
def embedder() -> "Embedder":
    """Return the models' embeddings, as ingestion needs them."""
    from ingestion.adapters.embeddings import Embeddings

    return Embeddings(patient_models())


@_joint
def places() -> "Places":
    """Return repositories and collections, as their documents need to know them."""
    from ingestion.adapters.catalogued import CataloguedPlaces

    return CataloguedPlaces(rows(), stores())


@_port
def notices() -> "Notices":
    """Return the queues of objects to look at and pipelines to compare."""
    from ingestion.adapters.notices import SqsNotices

    return SqsNotices(scan_settings().notices_queue, scan_settings().scans_queue)


@_port
def chat_models() -> "ChatModels":
    """Return the table of models."""
    from context.adapters.models import DynamoChatModels

    return DynamoChatModels(context_settings().models_table)


@_port
def notebook() -> "Notebook":
    """Return what the steps of a summary leave for each other."""
    from context.adapters.notebook import S3Notebook

    return S3Notebook(settings().documents_bucket, objects())


@_port
def parser() -> "Parser":
    """Return what reads attachments."""
    from context.adapters.parser import LocalParser

    return LocalParser()


@_port
def writer() -> "Writer":
    """Return the chat models behind the gateway, which may take minutes."""
    return _models(patience=280.0)


@_port
def stacks() -> "Stacks":
    """Return the stacks of repositories' own databases."""
    from infrastructure.adapters.cloudformation import CloudFormationStacks

    return CloudFormationStacks(stack_settings())


def site() -> "Site":
    """Return where databases are made."""
    from infrastructure.steps import Site

    return Site(rows(), stacks())


def ground() -> "Ground":
    """Return what a new repository or collection stands on."""
    from repositories.founding import Ground

    secrets = f"{settings().deployment_name}/repositories/"
    return Ground(rows(), stores(), models(), secrets, settings().documents_bucket)


def broom() -> "Broom":
    """Return what holds parts of a collection that is to be removed."""
    from repositories.removing import Broom

    return Broom(rows(), stores(), objects())


def opening() -> "Opening":
    """Return what gets from an attachment to what it says."""
    from context.entering import Opening

    return Opening(files(), parser())


def cabinet() -> "Cabinet":
    """Return what holds documents."""
    from repositories.filing import Cabinet

    return Cabinet(rows(), documents(), files(), settings().documents_bucket)
