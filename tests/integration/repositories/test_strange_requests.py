"""Ids, keys and bodies that nobody means well with: each is refused, and none is a failure."""

from collections.abc import Iterator

import pytest

from catalogue.base import Row
from context.attachment import attachment_key
from repositories.adapters.rows import DynamoRows
from repositories.wiring import use
from tests.conftest import REPOSITORIES_ENVIRONMENT
from tests.support.library_world import HR, LibraryWorld
from tests.support.repository_calls import ask, send

STRANGE = ("x", "A" * 3000, "..", "é", "0" * 36 + "/", "a#b", "\x00", "summary#", "%2e%2e%2f")
DEEP = "[" * 100_000


class LimitedRows(DynamoRows):
    """As DynamoDB has it, and moto has not: a sort key is 1,024 bytes at most."""

    def get[R: Row](self, kind: type[R], key: tuple[str, str]) -> R | None:
        assert len(key[1].encode()) <= 1024
        return super().get(kind, key)


@pytest.fixture
def library(aws: None) -> Iterator[LibraryWorld]:
    """Rows on the real table; files in the real bucket."""
    library, rows = LibraryWorld(), LimitedRows(REPOSITORIES_ENVIRONMENT["REPOSITORY_TABLE"])
    with use(rows=rows, stores=library.world.stores, models=library.world.models):
        yield library


@pytest.mark.parametrize("strange", STRANGE)
@pytest.mark.parametrize(
    ("function", "named"),
    [
        ("get_summary", "summary_id"),
        ("get_repository", "repository_id"),
        ("list_collections", "repository_id"),
        ("list_documents", "repository_id"),
        ("list_jobs", "repository_id"),
    ],
)
def test_an_id_that_can_be_none_is_not_there(
    library: LibraryWorld, function: str, named: str, strange: str
) -> None:
    assert send(function, user="bob", **{named: strange}).status == 404


@pytest.mark.parametrize("name", ["é" * 600, "x" * 2000, "\x00"], ids=["é", "x", "NUL"])
@pytest.mark.parametrize("function", ["read_attachment", "create_summary"])
def test_a_key_that_no_bucket_takes_is_refused(
    library: LibraryWorld, function: str, name: str
) -> None:
    key = attachment_key("sub-bob", "a").removesuffix("a") + name
    reply = send(function, {"key": key, "model": "small"}, user="bob")
    assert (reply.status, reply.body["details"][0]["field"]) == (422, "key")


@pytest.mark.parametrize("body", [DEEP, '{"a":' * 50_000, '{"name": "' + "x" * 1_000_000 + '"}'])
@pytest.mark.parametrize("function", ["create_collection", "ingest_documents", "create_summary"])
def test_a_body_too_deep_or_too_large_is_refused(
    library: LibraryWorld, function: str, body: str
) -> None:
    path = {} if function == "create_summary" else {"repository_id": HR}
    reply = send(function, body, user="cora", **path)
    assert (reply.status, reply.body["error"]) == (400, "InvalidInputError")


@pytest.mark.parametrize(
    "filter_text", ['{"a":' * 500 + "1" + "}" * 500, "[" * 3999, "{" + " " * 5000]
)
def test_a_filter_too_deep_or_too_long_is_refused(library: LibraryWorld, filter_text: str) -> None:
    reply = ask({"query": "leave", "filter": filter_text}, user="bob")
    assert (reply.status, reply.body["error"]) == (422, "ValidationError")
