"""The ports of ingestion in memory; what AWS adapters do too passes the adapters' suites."""

import hashlib
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from catalogue.base import Reason
from documents.document import Document, ObjectState, Status
from documents.errors import (
    DocumentBusy,
    DocumentRefused,
    DocumentSuperseded,
    UnknownCursorError,
)
from documents.job import Job, finished, written
from documents.keys import Where
from documents.places import Feed
from documents.rows import document_item
from ingestion.ports import Cutting, ObjectChanged, Page, Reading
from kernel.events import Change
from passages.chunk import Chunk

type Row = dict[str, Any]
DIMENSIONS = 4


class InMemoryDocuments:
    """Rows in a dict, and every change of one, as the table's stream tells it."""

    def __init__(self) -> None:
        self.rows: dict[tuple[str, str], Document] = {}
        self.job_rows: dict[str, Job] = {}
        self.changes: list[Change] = []

    def find(self, repository_id: str, document_id: str) -> Document | None:
        return self.rows.get((repository_id, document_id))

    def put(self, was: Document | None, now: Document) -> Document:
        self._still(was, now)
        revised = {"revision": was.revision + 1 if was else 1, "embedded": frozenset()}
        stored = now.model_copy(update=revised)
        self.rows[_key(now)] = stored
        self.job_rows |= {job.id: job for job in written(was, now)}
        self._tell(was, stored)
        return stored

    def forget(self, was: Document, at: datetime) -> None:
        self._still(was, was)
        del self.rows[_key(was)]
        job = finished(was, at)
        self.job_rows[job.id] = job
        self._tell(was, None)

    def embedded(self, document: Document, batch: int) -> None:
        row = self.find(*_key(document))
        mine = document.generation, document.execution
        if row is None or (row.generation, row.execution) != mine:
            raise DocumentSuperseded("It has changed since.")
        done = {"embedded": row.embedded | {batch}}
        self.rows[_key(document)] = row.model_copy(update=done)

    def of_collection(
        self, repository_id: str, collection_id: str | None, size: int, after: str | None
    ) -> Page[Document]:
        rows = [row for (found, _), row in sorted(self.rows.items()) if found == repository_id]
        wanted = [row for row in rows if collection_id in (None, row.collection_id)]
        shown = [row for row in wanted if row.status is not Status.REMOVED]
        return _page(shown, [row.document_id for row in shown], size, after)

    def under(self, feed: Feed, after: str) -> Iterator[Document]:
        found = sorted(self.rows.values(), key=lambda row: row.key)
        for row in found:
            at_home = (row.repository_id, row.collection_id)
            ours = row.origin == "auto" and at_home == (feed.repository_id, feed.collection_id)
            bucket, prefix = feed.pipeline.s3_bucket, feed.pipeline.s3_prefix
            if ours and row.bucket == bucket and row.key.startswith(prefix) and row.key > after:
                yield row

    def jobs(self, repository_id: str, since: datetime, size: int, after: str | None) -> Page[Job]:
        jobs = [
            job
            for job in self.job_rows.values()
            if job.repository_id == repository_id and job.created_at >= since
        ]
        if after in self.job_rows and self.job_rows[after].created_at < since:
            return Page([], None)
        jobs.sort(key=lambda job: (job.created_at, job.id), reverse=True)
        return _page(jobs, [job.id for job in jobs], size, after)

    def _still(self, was: Document | None, now: Document) -> None:
        row = self.rows.get(_key(now))
        same = was is not None and row is not None
        if (row, was) != (None, None) and not (same and _version(row) == _version(was)):
            raise DocumentBusy("It was changed at the same moment.")

    def _tell(self, was: Document | None, now: Document | None) -> None:
        before, after = (document_item(one) if one else None for one in (was, now))
        self.changes.append(Change(id=str(len(self.changes)), before=before, after=after))


def _key(document: Document) -> tuple[str, str]:
    return document.repository_id, document.document_id


def _version(document: Document | None) -> object:
    return document and (document.generation, document.revision)


def _page[Item](
    items: Sequence[Item], names: Sequence[str], size: int, after: str | None
) -> Page[Item]:
    if after is not None and after not in names:
        raise UnknownCursorError
    begin = names.index(after) + 1 if after is not None else 0
    shown = items[begin : begin + size]
    more = begin + size < len(items)
    return Page(shown, names[begin + size - 1] if more else None)


class InMemoryFiles:
    """Objects in a dict."""

    def __init__(self) -> None:
        self.objects: dict[Where, bytes] = {}
        self.usernames: dict[Where, str] = {}

    def put(self, where: Where, content: bytes, username: str | None = None) -> None:
        self.objects[where] = content
        if username:
            self.usernames[where] = username

    def look(self, where: Where) -> ObjectState | None:
        content = self.objects.get(where)
        return None if content is None else self._state(where, content)

    def read(self, where: Where, content: ObjectState) -> bytes:
        seen = self.look(where)
        if seen is None or not seen.same_as(content):
            raise ObjectChanged(where.key)
        return self.objects[where]

    def delete(self, where: Where) -> None:
        self.objects.pop(where, None)

    def under(self, bucket: str, prefix: str, after: str) -> Iterator[tuple[str, ObjectState]]:
        for where, content in sorted(self.objects.items()):
            if where.bucket == bucket and where.key.startswith(prefix) and where.key > after:
                yield where.key, self._state(where, content)

    def _state(self, where: Where, content: bytes) -> ObjectState:
        etag = hashlib.md5(content, usedforsecurity=False).hexdigest()
        return ObjectState(etag=etag, size=len(content), username=self.usernames.get(where))


class InMemoryStaging:
    """What was kept, by document, generation and name."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, int, str], bytes] = {}

    def put(self, document: Document, name: str, content: bytes) -> None:
        self.kept[document.document_id, document.generation, name] = content

    def get(self, document: Document, name: str) -> bytes:
        key = document.document_id, document.generation, name
        if key not in self.kept:
            raise DocumentSuperseded("What was staged has been cleared away.")
        return self.kept[key]

    def clear(self, document_id: str, generation: int) -> None:
        for key in [key for key in self.kept if key[:2] == (document_id, generation)]:
            del self.kept[key]


POISON = b"\x00poison"
BROKEN = Reason(code="Unreadable", message="The file is broken.", fix="Save it again.")


class LineReader:
    """Each line is a chunk; a file that begins with POISON is refused."""

    def read(self, name: str, content: bytes, cutting: Cutting) -> Reading:
        if content.startswith(POISON):
            raise DocumentRefused(BROKEN)
        lines = content.decode().splitlines()
        cutting.weigh(lines)
        chunks = [
            Chunk(number, line, tokens=cutting.strategy.size) for number, line in enumerate(lines)
        ]
        return Reading(title=name, media_type="text/plain", pages=None, chunks=chunks)


class HashEmbedder:
    """A vector that depends on the text and nothing else."""

    def __init__(self, dimensions: int = DIMENSIONS) -> None:
        self.dimensions = dimensions
        self.texts: list[str] = []
        self.refusal: Reason | None = None

    def embed(self, model: str, texts: Sequence[str]) -> list[list[float]]:
        self.texts += texts
        return [self._vector(f"{model}\n{text}") for text in texts]

    def weigh(self, model: str, texts: Sequence[str]) -> int:
        if self.refusal:
            raise DocumentRefused(self.refusal)
        return sum(len(text.split()) for text in texts)

    def _vector(self, text: str) -> list[float]:
        digest = hashlib.sha256(text.encode()).digest()
        return [1 + value / 256 for value in digest[: self.dimensions]]
