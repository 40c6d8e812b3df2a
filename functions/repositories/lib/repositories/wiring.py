"""The composition root: what knows adapters, and loads each when first needed.

So do `ingestion.wiring`, `context.wiring` and `infrastructure.wiring`, each for its own adapters.
"""

from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, TypedDict, Unpack

from kernel.composition import Composition
from repositories.settings import settings

if TYPE_CHECKING:
    from context.ports import ChatModels, Notebook, Parser, Writer
    from infrastructure.ports import Stacks
    from ingestion.ports import Documents, Doors, Embedder, Files, Notices, Places, Reader, Staging
    from kernel.switches import Switches
    from repositories.adapters.gateway import GatewayModels
    from repositories.founding import Ground
    from repositories.ports import Models, Objects, Rows, Stores
    from repositories.removing import Broom


class Ports(TypedDict, total=False):
    """The service's ports by name, whoever composes them, to be placed by `use`."""

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
    switches: "Switches"


composed = Composition()


def use(**ports: Unpack[Ports]) -> AbstractContextManager[None]:
    """Place other implementations for a while: how tests and tools run without AWS."""
    return composed.use(ports)


@composed.kept
def rows() -> "Rows":
    """Return the table of repositories and collections."""
    from repositories.adapters.rows import DynamoRows

    return DynamoRows(settings().repository_table)


@composed.kept
def models() -> "Models":
    """Return the models behind the gateway, for people: a chat waits 10 s for two calls."""
    return gateway_models(patience=4.0)


@composed.kept
def patient_models() -> "Models":
    """Return them for the steps of workflows."""
    return gateway_models(patience=120.0)


def gateway_models(patience: float) -> "GatewayModels":
    """Return the models behind the gateway, to be waited for so many seconds."""
    from repositories.adapters.gateway import GatewayModels
    from repositories.adapters.secrets import SecretText
    from repositories.adapters.wire import Wire

    token = SecretText(settings().service_token)
    return GatewayModels(Wire(settings().serve_url), token, patience)


@composed.kept
def stores() -> "Stores":
    """Return the databases of repositories."""
    from repositories.adapters.databases import Databases

    return Databases(settings().aws_region)


@composed.kept
def objects() -> "Objects":
    """Return the bucket of documents."""
    from repositories.adapters.objects import S3Objects

    return S3Objects(settings().documents_bucket)


@composed.kept
def switches() -> "Switches":
    """Return what is switched off."""
    from kernel.switches import DynamoSwitches, SwitchSettings

    return DynamoSwitches(SwitchSettings.load().switches_table)


def ground() -> "Ground":
    """Return what a new repository or collection stands on."""
    from repositories.founding import Ground

    secrets = f"{settings().deployment_name}/repositories/"
    return Ground(rows(), stores(), models(), secrets, settings().documents_bucket)


def broom() -> "Broom":
    """Return what holds parts of a collection that is to be removed."""
    from repositories.removing import Broom

    return Broom(rows(), stores(), objects())
