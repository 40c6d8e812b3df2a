"""`stores.port.VectorStore` on OpenSearch.

It has no transactions, and Serverless takes no ids and shows what was written only after a while.
So a state of a document is written beside the earlier one, then made the one that counts by one
row, then the earlier is deleted. Readers look at that row: at no time is anything of two states,
or of half a one, seen. Whoever is killed leaves rows that nobody sees and a later writer deletes.
"""

import time
import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from itertools import groupby
from typing import Any

from stores.addresses import OpenSearchAddress
from stores.errors import ShelfDiffersError
from stores.names import clean
from stores.opensearch import asking, mapping
from stores.opensearch.connecting import Signing, connected, explained
from stores.opensearch.index import Index
from stores.opensearch.rows import Row, State, candidate, chunk_row, copy_of, copy_row
from stores.port import Candidate, Copy, Embedded, Place, Question, Shelf, StaleCopyError

type Hits = list[dict[str, Any]]

_PAUSE = 0.5
# A question is asked again while others replace documents that it found; in the end, with less.
_MOST_ROUNDS = 4


class OpenSearchStore:
    """One client for all shelves; several processes may write at the same time.

    `password` is asked for the service `basic` alone, `credentials` sign for the others.
    """

    def __init__(
        self,
        address: OpenSearchAddress,
        password: Callable[[], str],
        credentials: Signing | None = None,
        pause: float = _PAUSE,
    ) -> None:
        self._address, self._pause = address, pause
        self._client = connected(address, password, credentials, pause)

    def prepare(self, shelf: Shelf) -> None:
        """Make the index; ShelfDiffersError when there is one for other vectors or words."""
        with self._index(shelf) as index:
            known = dict(index.create())
        wanted = mapping.meta(shelf)
        if known != wanted:
            raise ShelfDiffersError(shelf.name, _described(known), _described(wanted))

    def drop(self, shelf: Shelf) -> None:
        """Remove the index."""
        with self._index(shelf) as index:
            index.delete()

    def replace(self, shelf: Shelf, copy: Copy, chunks: Sequence[Embedded]) -> None:
        """Write the chunks, make them count, delete the earlier ones."""
        state = State(copy.generation, False, _attempt())
        with self._index(shelf) as index:
            held = _latest(index, [copy.document_id]).get(clean(copy.document_id))
            if held and (held.generation, held.removed) > (state.generation, False):
                raise StaleCopyError(copy.document_id)
            index.add([chunk_row(shelf, copy, state, one) for one in chunks])
            written = asking.rows_of(clean(copy.document_id), str(state), "chunk")
            index.wait_for(written, len(chunks))
            _settle(index, state, copy_row(copy, state, len(chunks)))

    def remove(self, shelf: Shelf, document_id: str, generation: int) -> None:
        """Make the removal count, delete the earlier states."""
        state = State(generation, True, _attempt())
        with self._index(shelf) as index:
            held = _latest(index, [document_id]).get(clean(document_id))
            if held and held.removed and held.generation >= generation:
                return
            if held and held.generation > generation:
                raise StaleCopyError(document_id)
            _settle(index, state, copy_row(Copy(document_id, generation, "", ""), state, 0))

    def find(self, shelf: Shelf, question: Question) -> list[Candidate]:
        """Both searches in one request, then which of what they found still counts."""
        past, early = set[str](), set[str]()
        with self._index(shelf) as index:
            for _ in range(_MOST_ROUNDS):
                asked = asking.searches(shelf, question, past | early)
                found = dict(zip(asked, index.search(*asked.values()), strict=True))
                gone, early = _not_counting(index, found.values())
                # What does not count took the places of others, so those are asked for. What is
                # too early is so for one round: it may count by the time that the others do not.
                past |= gone
                if not gone and not early:
                    break
        kept = {name: _once(hits, past | early) for name, hits in found.items()}
        return _merged(kept.get("vector", []), kept.get("text", []))

    def around(self, shelf: Shelf, places: Sequence[Place], reach: int) -> list[Candidate]:
        """In the order of documents and ordinals."""
        if not places:
            return []
        with self._index(shelf) as index:
            (hits,) = index.search(asking.around(places, reach))
            gone, early = _not_counting(index, [hits])
            hits = _once(hits, gone | early)
        found = [candidate(hit["_source"]) for hit in hits]
        return sorted(found, key=lambda one: (one.document_id, one.chunk.ordinal))

    def copies(self, shelf: Shelf) -> Iterator[tuple[Copy, int]]:
        """In the order of their ids, read in pages."""
        with self._index(shelf) as index:
            rows = (hit["_source"] for page in index.pages(asking.ALL_COPIES) for hit in page)
            for _, states in groupby(rows, key=lambda row: row["document_id"]):
                *_, last = states
                if not State.read(last["state"]).removed:
                    yield copy_of(last), last["chunks"]

    def close(self) -> None:
        """Close all connections."""
        self._client.close()

    @contextmanager
    def _index(self, shelf: Shelf) -> Iterator[Index]:
        with explained(self._address, shelf.name):
            yield Index(self._client, self._address, shelf, self._pause)


def _settle(index: Index, state: State, row: Row) -> None:
    document_id = row["document_id"]
    index.add([row])
    index.wait_for(asking.rows_of(document_id, str(state), "copy"), 1)
    latest = max(_latest(index, [document_id]).get(document_id, state), state)
    for hits in index.pages(asking.earlier(document_id, str(latest))):
        index.remove([hit["_id"] for hit in hits])
    index.refresh()
    # Somebody else's later state came while this one was written, and it is the one that counts.
    if (latest.generation, latest.removed) > (state.generation, state.removed):
        raise StaleCopyError(document_id)


def _latest(index: Index, document_ids: Iterable[str]) -> dict[str, State]:
    wanted = sorted({clean(one) for one in document_ids})
    if not wanted:
        return {}
    (hits,) = index.search(asking.copies_of(wanted))
    latest: dict[str, State] = {}
    for row in (hit["_source"] for hit in hits):
        state = State.read(row["state"])
        latest[row["document_id"]] = max(state, latest.get(row["document_id"], state))
    return latest


def _not_counting(index: Index, searches: Iterable[Hits]) -> tuple[set[str], set[str]]:
    """The states among the hits that no longer count, and those that do not count yet."""
    rows = [hit["_source"] for hits in searches for hit in hits]
    latest = _latest(index, [row["document_id"] for row in rows])
    gone, early = set[str](), set[str]()
    for row in rows:
        state, known = State.read(row["state"]), latest.get(row["document_id"])
        if known != state:
            (gone if known and state < known else early).add(row["state"])
    return gone, early


def _once(hits: Hits, past: set[str]) -> Hits:
    """The hits of states that count; of a chunk that was written twice, the first."""
    first: dict[tuple[str, int], dict[str, Any]] = {}
    for hit in hits:
        row = hit["_source"]
        if row["state"] not in past:
            first.setdefault((row["document_id"], row["ordinal"]), hit)
    return list(first.values())


def _merged(by_vector: Hits, by_text: Hits) -> list[Candidate]:
    found: dict[tuple[str, int], Candidate] = {}
    for rank, hit in enumerate(by_vector, 1):
        one = candidate(hit["_source"])
        # The score of a distance d between vectors of length 1 is 1 / (1 + d * d).
        cosine = 1 - (1 / hit["_score"] - 1) / 2
        key = one.document_id, one.chunk.ordinal
        found[key] = replace(one, similarity=cosine, vector_rank=rank)
    for rank, hit in enumerate(by_text, 1):
        one = candidate(hit["_source"])
        key = one.document_id, one.chunk.ordinal
        found[key] = replace(found.get(key, one), bm25=hit["_score"], text_rank=rank)
    return list(found.values())


def _attempt() -> str:
    # Later attempts are later states, so that a repetition clears what a killed one left.
    return f"{time.time_ns():020d}{uuid.uuid4().hex[:8]}"


def _described(meta: dict[str, Any]) -> str:
    dimensions, language = meta.get("dimensions", "unknown"), meta.get("language", "unknown")
    return f"vectors of {dimensions} numbers and {language} text (layout {meta.get('layout')})"
