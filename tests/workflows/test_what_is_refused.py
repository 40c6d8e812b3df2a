"""What cannot be ingested as it is, each with the reason that people are told; and what is kept."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from catalogue.base import Reason
from catalogue.collection import ChunkingStrategy
from catalogue.pipeline import Pipeline
from documents.document import Status
from documents.keys import Where
from documents.places import Feed
from ingestion.ports import MOST_BYTES
from ingestion.steps import MOST_CHUNKS
from stores.port import Copy, Place
from tests.support.document_world import BUCKET, INBOX, MANUALS, TEAM, DocumentWorld, id_of

UPLOAD = Where(BUCKET, f"uploads/{TEAM}/{MANUALS}/0a1b/7c6d/guide.txt")
KEPT = Where(INBOX, "kept/pump.txt")


def known_later(world: DocumentWorld) -> None:
    shelf = world.places.place(TEAM, MANUALS).shelf
    world.places.shelves.replace(shelf, Copy(id_of(UPLOAD), 10**15, "", ""), [])


def of_other_dimensions(world: DocumentWorld) -> None:
    world.embedder.dimensions = 3


def of_a_model_that_writes(world: DocumentWorld) -> None:
    message, fix = "The model refused: it writes texts.", "Choose an embedding model."
    world.embedder.refusal = Reason(code="ModelRefused", message=message, fix=fix)


def as_it_is(world: DocumentWorld) -> None:
    assert world.running() == []


@pytest.mark.parametrize(
    ("content", "prepare", "code"),
    [
        (b"", as_it_is, "NoText"),
        (b"x" * (MOST_BYTES + 1), as_it_is, "TooLarge"),
        (b"x\n" * (MOST_CHUNKS + 1), as_it_is, "TooManyChunks"),
        (b"x", of_a_model_that_writes, "ModelRefused"),
        (b"x", of_other_dimensions, "OtherDimensions"),
        (b"x", known_later, "StaleCopy"),
    ],
)
def test_what_cannot_be_ingested_says_why(
    documents: DocumentWorld, content: bytes, prepare: Callable[[DocumentWorld], None], code: str
) -> None:
    prepare(documents)
    documents.upload(UPLOAD, content)
    documents.settle()
    row = documents.document(UPLOAD)
    assert row.reason is not None
    assert (row.status, row.reason.code, bool(row.reason.fix)) == (Status.FAILED, code, True)
    assert documents.staging.kept == {}


def fed(world: DocumentWorld, **wish: object) -> None:
    pipeline = Pipeline.model_validate({"s3Bucket": INBOX, "s3Prefix": "kept/", **wish})
    world.places.pipelines.append(Feed(TEAM, MANUALS, pipeline))
    world.upload(KEPT, b"one")
    world.settle()


def test_a_pipeline_that_removes_nothing_keeps_what_its_bucket_lost(
    documents: DocumentWorld,
) -> None:
    fed(documents, autoRemove=False)
    documents.tell(KEPT, documents.delete(KEPT))
    documents.settle()
    assert documents.found(KEPT) == ["one"]


@pytest.mark.parametrize("may_override", [True, False])
def test_a_wish_for_other_chunks_counts_where_the_collection_allows_it(
    documents: DocumentWorld, may_override: bool
) -> None:
    place = replace(
        documents.places.place(TEAM, MANUALS),
        may_override_chunking=may_override,
        chunking=ChunkingStrategy(size=200),
    )
    documents.places.places[TEAM, MANUALS] = place
    fed(documents, chunkingStrategy={"kind": "fixed", "size": 99})
    [one] = documents.places.shelves.around(place.shelf, [Place(id_of(KEPT), 0)], 0)
    assert one.chunk.tokens == (99 if may_override else 200)
