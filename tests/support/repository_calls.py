"""Requests to the repositories service, as people and as the bus send them."""

import json
from typing import Any

from catalogue.collection import Collection
from passages.chunk import Chunk
from repositories.wiring import rows
from stores.errors import StoreUnavailableError
from stores.port import Copy, Embedded
from tests.support.calling import Reply, authorized, call, invoke, request
from tests.support.facts import samples
from tests.support.repository_world import InMemoryStores, vector_of, wish

DOWN = StoreUnavailableError("store_unreachable", "Nothing answers there.", "Check the host.")


def send(function: str, body: object = None, user: str = "ada", **path: str) -> Reply:
    """Call a function of the API, as an administrator unless said otherwise."""
    return call(f"repositories.{function}", body=body, user=user, **path)


def ask(
    asked: dict[str, str],
    function: str = "search_repository",
    user: str = "ada",
    of: str = "hr-docs",
) -> Reply:
    """Call a function with a query string."""
    event = request("", authorized(user), repository_id=of) | {"queryStringParameters": asked}
    answer = invoke(f"repositories.{function}", event)
    return Reply(answer["statusCode"], json.loads(answer["body"]), answer["headers"])


def made(**changes: Any) -> dict[str, Any]:
    """A new repository, as its maker is shown it."""
    reply = send("create_repository", wish(**changes))
    assert reply.status == 200, reply.body
    found: dict[str, Any] = reply.body
    return found


def collection(of: str = "hr-docs", **changes: Any) -> dict[str, Any]:
    """A new collection, as its maker is shown it."""
    reply = send("create_collection", {"name": "Contracts"} | changes, repository_id=of)
    assert reply.status == 200, reply.body
    found: dict[str, Any] = reply.body
    return found


def removal(function: str, **data: str) -> None:
    """Let a reaction hear that something is to go."""
    title = function.removeprefix("on_").title().replace("_", "")
    sample = samples()[f"repositories/{title}.v1"]
    invoke(f"repositories.{function}", sample | {"detail": sample["detail"] | {"data": data}})


def shelves(stores: InMemoryStores) -> list[str]:
    """The shelves of all databases."""
    return [name for store in stores.opened.values() for name in sorted(store.shelves)]


def filled_with(stores: InMemoryStores, name: str, *chunks: Chunk, year: int = 2026) -> None:
    """Put a document into the default collection of the repository of these tests."""
    found = (one for one in rows().all(Collection) if one.repository_id == "hr-docs")
    (default,) = (one for one in found if one.default)
    metadata: dict[str, int | list[str]] = {"year": year, "tags": ["hr", name]}
    copy = Copy(name, 1, name.title(), f"{name}.pdf", metadata)
    embedded = [Embedded(chunk, vector_of(chunk.text, default.dimensions)) for chunk in chunks]
    stores.opened["hr-docs"].replace(default.shelf, copy, embedded)
