"""Ingestion in one process: notices, the table's stream, the workflows and their steps.

Everything is the product's own but for the ports, which are in memory. Executions advance one
state at a time, in whatever order a test wants.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from catalogue.pipeline import Pipeline
from documents.document import Document, Status
from documents.facts import DocumentFact, facts_of
from documents.keys import Where, document_id
from documents.places import Feed
from ingestion.accepting import removal
from ingestion.messages import Stretch
from kernel.clock import now
from kernel.events import envelope
from repositories import wiring
from tests.support.calling import invoke
from tests.support.deployed_workflows import workflows
from tests.support.document_fakes import (
    HashEmbedder,
    InMemoryDocuments,
    InMemoryFiles,
    InMemoryStaging,
    LineReader,
)
from tests.support.model_world import Unexpected
from tests.support.place_fakes import InMemoryNotices, InMemoryPlaces
from tests.support.workflow import FAR, Execution

BUCKET = "lisa-test-documents"
TEAM, MANUALS = "team-docs", "3b1d0b3a-7a55-4f6c-9d5e-8a4f2d1c0b9a"
INBOX = "inbox"


@dataclass
class DocumentWorld:
    """Ingestion, and what happens in it."""

    documents: InMemoryDocuments = field(default_factory=InMemoryDocuments)
    files: InMemoryFiles = field(default_factory=InMemoryFiles)
    staging: InMemoryStaging = field(default_factory=InMemoryStaging)
    embedder: HashEmbedder = field(default_factory=HashEmbedder)
    places: InMemoryPlaces = field(default_factory=InMemoryPlaces)
    notices: InMemoryNotices = field(default_factory=InMemoryNotices)
    facts: list[DocumentFact] = field(default_factory=list)
    executions: list[Execution] = field(default_factory=list)
    before: dict[str, list[Exception]] = field(default_factory=dict)
    after: dict[str, list[Exception]] = field(default_factory=dict)
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

    def told(self) -> list[str]:
        """The names of all facts so far."""
        return [type(fact).__name__ for fact in self.facts]

    def found(self, where: Where) -> list[str] | None:
        """What searches find of an object: the texts of its chunks."""
        copy = self.places.texts().get(id_of(where))
        return copy[1] if copy else None

    def fails(self, step: str, times: int = 1, after: bool = False) -> None:
        """Let a step raise what nobody foresaw, before or after it has done its work."""
        where = self.after if after else self.before
        where[f"repositories.{step}"] = [Unexpected("lost the connection") for _ in range(times)]

    def start(self, fact: DocumentFact) -> Execution:
        """Start the workflow of a fact, as the bus would."""
        workflow = workflows("repositories")[fact.detail_type()]
        arn = f"arn:aws:states:eu-west-1:123456789012:execution:{len(self.executions)}"
        execution = Execution(workflow.definition, arn, envelope(fact, "test"), self._invoke)
        self.executions.append(execution)
        return execution

    def kill(self, execution: Execution) -> None:
        """End an execution from outside, and tell as Step Functions does."""
        execution.status = "ABORTED"
        self.end(execution)

    def end(self, execution: Execution) -> None:
        """Tell how an execution ended that did not succeed."""
        detail = {
            "executionArn": execution.arn,
            "status": execution.status,
            "input": json.dumps(envelope(self.facts[0], "test") | {"data": execution.data["data"]}),
        }
        invoke("repositories.on_document_workflow_ended", {"detail": detail})
        self.deliver()

    def running(self) -> list[Execution]:
        return [execution for execution in self.executions if execution.running]

    def advance(self, execution: Execution) -> None:
        """Take one state of an execution, and deliver what it made true."""
        execution.advance()
        self.deliver()
        if execution.status == "FAILED":
            self.end(execution)

    def settle(self) -> None:
        """Run every execution to its end, the oldest first."""
        for _ in range(4 * FAR):
            if not (running := self.running()):
                return
            self.advance(running[0])
        raise AssertionError(f"it never settles: {[one.visited[-5:] for one in self.running()]}")

    def deliver(self) -> None:
        """Turn new changes into facts, and facts into executions."""
        new, self._read = self.documents.changes[self._read :], len(self.documents.changes)
        for fact in [fact for change in new for fact in facts_of(change)]:
            self.facts.append(fact)
            if fact.detail_type() in workflows("repositories"):
                self.start(fact)

    def open_rows(self) -> list[Document]:
        """Documents of which something is still to be done."""
        done = (Status.COMPLETED, Status.FAILED, Status.REMOVED)
        return [row for row in self.documents.rows.values() if row.status not in done]

    def _sequencer(self) -> str:
        self.numbers += 1
        return f"{self.numbers:016X}"

    def _invoke(self, function: str, given: Any) -> Any:
        _raise_next(self.before, function)
        result = invoke(function, given)
        _raise_next(self.after, function)
        return result


def _deliver(function: str, body: str) -> None:
    """Deliver a message of a queue."""
    records = [{"messageId": "1", "body": body}]
    answer = invoke(f"repositories.{function}", {"Records": records})
    assert answer == {"batchItemFailures": []}


def id_of(where: Where) -> str:
    return document_id(TEAM, MANUALS, where)


def _raise_next(faults: dict[str, list[Exception]], function: str) -> None:
    if faults.get(function):
        raise faults[function].pop()


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
