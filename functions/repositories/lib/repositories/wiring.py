"""The composition root: the only module that knows adapters, and loads each when first needed."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any, TypedDict, Unpack

from repositories.settings import settings

if TYPE_CHECKING:
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
    composed = cache(compose)

    def port() -> Port:
        placed: Port | None = _placed.get(compose.__name__)
        return composed() if placed is None else placed

    return port


@_port
def rows() -> "Rows":
    """Return the table of repositories and collections."""
    from repositories.adapters.rows import DynamoRows

    return DynamoRows(settings().repository_table)


@_port
def models() -> "Models":
    """Return the models behind the gateway, for requests that somebody waits for."""
    return _models(patience=12.0)


@_port
def patient_models() -> "Models":
    """Return them for the steps of workflows."""
    return _models(patience=120.0)


def _models(patience: float) -> "Models":
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


def ground() -> "Ground":
    """Return what a new repository or collection stands on."""
    from repositories.founding import Ground

    prefix = f"{settings().deployment_name}/repositories/"
    return Ground(rows(), stores(), models(), prefix)


def broom() -> "Broom":
    """Return what holds parts of a collection that is to be removed."""
    from repositories.removing import Broom

    return Broom(rows(), stores(), objects())
