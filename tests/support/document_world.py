"""Ingestion in one process: notices, the table's stream, the workflows and their steps.

Everything is the product's own but for the ports, which are in memory. Executions advance one
state at a time, in whatever order a test wants.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from catalogue.pipeline import Pipeline
from documents.document import Document, Status
from documents.facts import DocumentFact, facts_of
from documents.keys import Where, document_id
from documents.places import Feed
from ingestion.accepting import removal
from ingestion.messages import Stretch
from kernel.clock import now
from repositories import wiring
from tests.support.calling import invoke
from tests.support.document_fakes import (
    HashEmbedder,
    InMemoryDocuments,
    InMemoryFiles,
    InMemoryStaging,
    LineReader,
)
from tests.support.executions import Executions
from tests.support.place_fakes import InMemoryNotices, InMemoryPlaces

BUCKET = "lisa-test-documents"
TEAM, MANUALS = "team-docs", "3b1d0b3a-7a55-4f6c-9d5e-8a4f2d1c0b9a"
INBOX = "inbox"


@dataclass
class DocumentWorld(Executions[DocumentFact]):
    """Ingestion, and what happens in it."""

    service = "repositories"
    told_of_ends = "on_document_workflow_ended"

    documents: InMemoryDocuments = field(default_factory=InMemoryDocuments)
    files: InMemoryFiles = field(default_factory=InMemoryFiles)
    staging: InMemoryStaging = field(default_factory=InMemoryStaging)
    embedder: HashEmbedder = field(default_factory=HashEmbedder)
    places: InMemoryPlaces = field(default_factory=InMemoryPlaces)
    notices: InMemoryNotices = field(default_factory=InMemoryNotices)
    numbers: int = 0
    _read: int = 0

    def __post_init__(self) -> None:
        self.places.add(TEAM, MANUALS)
        pipeline = Pipeline(s3_bucket=INBOX, s3_prefix="manuals/")
        self.places.pipelines.append(Feed(TEAM, MANUALS, pipeline))

    def put(self, where: Where, content: bytes) -> str:
        """Write an object; return S3's number of the change, which nobody has told yet."""
        self.files.put(where, content)
        return self._sequencer()

    def delete(self, where: Where) -> str:
        """Delete an object; return S3's number of the change, which nobody has told yet."""
        self.files.delete(where)
        return self._sequencer()

    def tell(self, where: Where, sequencer: str | None = None, of: str | None = None) -> None:
        """Deliver word of an object, as the queue does: S3's, or of a repository's scan."""
        told = {"key": where.key, "sequencer": sequencer}
        body = {"bucket": {"name": where.bucket}, "object": told, "repository_id": of}
        _deliver("accept_object", json.dumps(body))
        self.deliver()

    def upload(self, where: Where, content: bytes) -> None:
        """Write an object, and tell."""
        self.tell(where, self.put(where, content))

    def scan(self) -> None:
        """Compare every pipeline with its bucket as every day, and tell what differs."""
        invoke("repositories.scan_pipelines", {})
        self.compare()

    def compare(self, *pipelines: Stretch) -> None:
        """Compare what is asked for with its bucket, and tell what differs."""
        self.notices.compare(pipelines)
        while self.notices.scans:
            _deliver("scan_prefix", self.notices.scans.pop(0).model_dump_json())
        while self.notices.sent:
            where, repository_id = self.notices.sent.pop(0)
            self.tell(where, of=repository_id)

    def remove(self, where: Where) -> None:
        """Ask for a document's removal."""
        removal(self.documents, TEAM, id_of(where), now())
        self.deliver()

    def document(self, where: Where) -> Document:
        found = self.documents.find(TEAM, id_of(where))
        assert found is not None
        return found

    def found(self, where: Where) -> list[str] | None:
        """What searches find of an object: the texts of its chunks."""
        copy = self.places.texts().get(id_of(where))
        return copy[1] if copy else None

    def new_facts(self) -> list[DocumentFact]:
        new, self._read = self.documents.changes[self._read :], len(self.documents.changes)
        return [fact for change in new for fact in facts_of(change)]

    def open_rows(self) -> list[Document]:
        """Documents of which something is still to be done."""
        done = (Status.COMPLETED, Status.FAILED, Status.REMOVED)
        return [row for row in self.documents.rows.values() if row.status not in done]

    def _sequencer(self) -> str:
        self.numbers += 1
        return f"{self.numbers:016X}"


def _deliver(function: str, body: str) -> None:
    """Deliver a message of a queue."""
    records = [{"messageId": "1", "body": body}]
    answer = invoke(f"repositories.{function}", {"Records": records})
    assert answer == {"batchItemFailures": []}


def id_of(where: Where) -> str:
    return document_id(TEAM, MANUALS, where)


@contextmanager
def new_document_world() -> Iterator[DocumentWorld]:
    """One collection, and a pipeline that fills it."""
    world = DocumentWorld()
    with wiring.use(
        documents=world.documents,
        files=world.files,
        staging=world.staging,
        reader=LineReader(),
        embedder=world.embedder,
        places=world.places,
        notices=world.notices,
    ):
        yield world
