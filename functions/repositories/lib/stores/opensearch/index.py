"""An index: what a store asks of OpenSearch, request by request."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import opensearchpy
from opensearchpy import exceptions

from stores.addresses import OpenSearchAddress
from stores.errors import ShelfMissingError, StoreUnavailableError
from stores.opensearch import mapping
from stores.opensearch.asking import Query
from stores.opensearch.connecting import failed
from stores.opensearch.rows import Row
from stores.opensearch.wire import BUSY, WAITS
from stores.port import Shelf

# Rows in one request: about a megabyte with long vectors, far below the 10 that are allowed.
_BATCH = 100
_PAGE = 1_000
_LONGEST_WAIT = 120.0
# What is to be deleted and is not there.
_GONE = ("delete", 404)


class Index:
    """The index of a shelf. `pause` are the seconds between two looks at what is awaited."""

    def __init__(
        self,
        client: opensearchpy.OpenSearch,
        address: OpenSearchAddress,
        shelf: Shelf,
        pause: float,
    ) -> None:
        self._client, self._address, self._shelf, self._pause = client, address, shelf, pause
        self._name = mapping.index_name(shelf)

    def create(self) -> Mapping[str, Any]:
        """Make the index where there is none; return what it says of itself."""
        if not self._client.indices.exists(index=self._name):
            body = mapping.body(self._shelf, self._address.engine)
            try:
                self._client.indices.create(index=self._name, body=body)
            except exceptions.RequestError as error:
                if "resource_already_exists" not in str(error.error):
                    raise
        # Serverless takes some seconds to tell all its parts of a new index.
        self._until(lambda: bool(self._client.indices.exists(index=self._name)))
        known = self._client.indices.get_mapping(index=self._name)
        meta: Mapping[str, Any] = known[self._name]["mappings"].get("_meta", {})
        return meta

    def delete(self) -> None:
        """Remove the index; one that is not there is as good."""
        try:
            self._client.indices.delete(index=self._name)
        except exceptions.NotFoundError:
            return
        self._until(lambda: not self._client.indices.exists(index=self._name))

    def add(self, rows: Sequence[Row]) -> None:
        """Write rows. Ids are the server's: Serverless takes no others."""
        for begin in range(0, len(rows), _BATCH):
            self._bulk([[{"index": {}}, row] for row in rows[begin : begin + _BATCH]])

    def remove(self, ids: Sequence[str]) -> None:
        """Delete rows by the server's ids; those that are gone already are as good."""
        if ids:
            self._bulk([[{"delete": {"_id": one}}] for one in ids])

    def wait_for(self, rows: Query, count: int) -> None:
        """Return when a search finds at least so many of these rows."""
        if count:
            self.refresh()
            self._until(lambda: self._count(rows) >= count)

    def refresh(self) -> None:
        """Show what was written; Serverless does it when it wants."""
        if self._address.service != "aoss":
            self._client.indices.refresh(index=self._name)

    def search(self, *queries: Query) -> list[list[dict[str, Any]]]:
        """The hits of each search, all asked at once."""
        if not queries:
            return []
        body = [line for query in queries for line in ({}, query)]
        answers = self._client.msearch(index=self._name, body=body)["responses"]
        for answer in answers:
            if "error" in answer:
                raise self._fault(int(answer.get("status", 500)))
            if answer.get("timed_out") or answer.get("_shards", {}).get("failed"):
                # What some of the shards have would be taken for all that there is.
                raise self._fault(503)
        return [answer["hits"]["hits"] for answer in answers]

    def pages(self, query: Query) -> Iterator[list[dict[str, Any]]]:
        """The hits of a sorted search, page by page."""
        after: list[object] = []
        while True:
            page = query | {"size": _PAGE} | ({"search_after": after} if after else {})
            (hits,) = self.search(page)
            if not hits:
                return
            yield hits
            after = hits[-1]["sort"]

    def _count(self, query: Query) -> int:
        return int(self._client.count(index=self._name, body=query)["count"])

    def _bulk(self, operations: Sequence[Sequence[Row]]) -> None:
        """Do all of them; those that a busy node turned away are asked for again, alone."""
        refused = self._refused(operations)
        for wait in WAITS:
            if not refused or any(status not in BUSY for status, _ in refused):
                break
            time.sleep(wait * self._pause)
            refused = self._refused([one for _, one in refused])
        if refused:
            # What lasts goes before what may pass.
            raise self._fault(max((status not in BUSY, status) for status, _ in refused)[1])

    def _refused(self, operations: Sequence[Sequence[Row]]) -> list[tuple[int, Sequence[Row]]]:
        lines = [line for operation in operations for line in operation]
        items = self._client.bulk(index=self._name, body=lines)["items"]
        done = [(kind, told["status"]) for item in items for kind, told in item.items()]
        return [
            (status, one)
            for one, (kind, status) in zip(operations, done, strict=True)
            if status >= 300 and (kind, status) != _GONE
        ]

    def _fault(self, status: int) -> Exception:
        return ShelfMissingError(self._shelf.name) if status == 404 else failed(status)

    def _until(self, shown: Callable[[], bool]) -> None:
        deadline = time.monotonic() + _LONGEST_WAIT
        while not shown():
            if time.monotonic() > deadline:
                raise StoreUnavailableError(
                    "store_slow",
                    f"OpenSearch did not show in {_LONGEST_WAIT:.0f} s what was written.",
                    "Try again; if it stays so, look at the capacity of the domain or collection.",
                )
            time.sleep(self._pause)
