"""The composition root: the only module that knows adapters, and loads each when first needed."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any, TypedDict, Unpack

from repositories.settings import settings

if TYPE_CHECKING:
    from repositories.ports import Models, Objects, Rows, Stores


class Ports(TypedDict, total=False):
    """The service's ports by name, to be placed by `use`."""

    rows: "Rows"
    stores: "Stores"
    models: "Models"
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
def objects() -> "Objects":
    """Return the bucket of documents."""
    from repositories.adapters.objects import S3Objects

    return S3Objects(settings().documents_bucket)
