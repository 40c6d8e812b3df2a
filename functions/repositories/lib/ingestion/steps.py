"""The steps from a claimed document to an indexed one. Each is safe to repeat."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import batched

from catalogue.base import Reason
from catalogue.collection import ChunkingStrategy
from documents.document import Document, Figures, Step
from documents.errors import DocumentBusy, DocumentRefused, DocumentSuperseded
from documents.places import Place
from ingestion import staged
from ingestion.accepting import Target, observe
from ingestion.ownership import Work, owned
from ingestion.ports import (
    COLLECTION_GONE,
    MOST_BYTES,
    Cutting,
    Documents,
    Embedder,
    Files,
    ObjectChanged,
    PlaceGone,
    Places,
    Reader,
    Reading,
    Staging,
)
from kernel.clock import now
from stores.port import Copy, Embedded, StaleCopyError

# They are indexed in one transaction, and held in memory for it.
MOST_CHUNKS = 20_000


def place_of(places: Places, document: Document) -> Place:
    """Return where a document goes, or refuse one whose collection is no more."""
    try:
        return places.place(document.repository_id, document.collection_id)
    except PlaceGone:
        raise DocumentRefused(
            Reason(
                code=COLLECTION_GONE,
                message="The document's collection has been deleted.",
                fix="Upload the document to another collection.",
            )
        ) from None


@contextmanager
def cleared_if_over(documents: Documents, staging: Staging, work: Work) -> Iterator[None]:
    """Write down what was staged; if the work is another's by now, leave nothing that was staged.

    Whoever ended this execution has cleared the staging before, and does not come again.
    """
    try:
        yield
    except (DocumentBusy, DocumentSuperseded):
        row = documents.find(work.repository_id, work.document_id)
        if row is None or (row.generation, row.execution) != (work.generation, work.execution):
            staging.clear(work.document_id, work.generation)
        raise


@dataclass(frozen=True)
class Parsing:
    """From the object to staged chunks."""

    documents: Documents
    files: Files
    staging: Staging
    reader: Reader
    embedder: Embedder
    places: Places

    def __call__(self, work: Work) -> list[int]:
        """Return the numbers of the batches that are to be embedded."""
        document = owned(self.documents, work)
        place = place_of(self.places, document)
        cutting = Cutting(
            _chunking(document, place), partial(self.embedder.weigh, place.embedding_model)
        )
        reading = self.reader.read(document.name, self._content(document), cutting)
        _check(reading)
        batches = list(batched(reading.chunks, staged.BATCH))
        for number, chunks in enumerate(batches):
            name = staged.chunks_name(number)
            self.staging.put(document, name, staged.chunks_as_bytes(chunks))
        figures = _figures(reading, len(batches))
        with cleared_if_over(self.documents, self.staging, work):
            # A step that is repeated cuts otherwise if its collection has been changed since.
            if document.step is Step.PARSE or document.figures != figures:
                self.documents.put(document, document.parsed(figures, now()))
            else:
                owned(self.documents, work)
        return list(range(len(batches)))

    def _content(self, document: Document) -> bytes:
        if document.content.size > MOST_BYTES:
            raise _too_large(document.content.size)
        try:
            return self.files.read(document.where, document.content)
        except ObjectChanged:
            return self._changed(document)

    def _changed(self, document: Document) -> bytes:
        """Accept what the object has become; if nobody wants it removed, say that it is gone."""
        target = Target(
            document.repository_id, document.collection_id, document.where, auto_remove=False
        )
        seen = observe(self.documents, self.files, target, now())
        if seen is None or seen.generation != document.generation:
            raise DocumentSuperseded(f"Document {document.document_id} has changed since.")
        if self.files.look(document.where) is not None:
            raise DocumentBusy("The object is changing at this very moment.")
        raise DocumentRefused(
            Reason(
                code="ObjectGone",
                message="The file was deleted from its bucket before it could be read.",
                fix="Put the file back, or delete the document.",
            )
        )


@dataclass(frozen=True)
class Embedding:
    """From staged chunks to staged vectors, one batch at a time."""

    documents: Documents
    staging: Staging
    embedder: Embedder
    places: Places

    def __call__(self, work: Work, batch: int) -> None:
        """Embed one batch."""
        document = owned(self.documents, work)
        place = place_of(self.places, document)
        title = document.figures.title if document.figures else ""
        chunks = staged.chunks_from(self.staging.get(document, staged.chunks_name(batch)))
        texts = [chunk.embedded(title) for chunk in chunks]
        vectors = self.embedder.embed(place.embedding_model, texts)
        if {len(vector) for vector in vectors} != {place.shelf.dimensions}:
            raise _other_dimensions(place, len(vectors[0]) if vectors else 0)
        content = staged.vectors_as_bytes(vectors)
        self.staging.put(document, staged.vectors_name(batch), content)
        with cleared_if_over(self.documents, self.staging, work):
            self.documents.embedded(document, batch)


@dataclass(frozen=True)
class Indexing:
    """From staged chunks and vectors to the document's one copy on its shelf."""

    documents: Documents
    staging: Staging
    places: Places

    def __call__(self, work: Work) -> None:
        """Put the whole document in the place of whatever the shelf has of it."""
        document = owned(self.documents, work)
        place = place_of(self.places, document)
        if document.step is not Step.INDEX:
            document = self.documents.put(document, document.indexing(now()))
        chunks = list(self._embedded(document, place))
        try:
            self.places.store(document.repository_id).replace(
                place.shelf, _copy(document, place), chunks
            )
        except StaleCopyError:
            owned(self.documents, work)
            raise _stale() from None

    def _embedded(self, document: Document, place: Place) -> Iterator[Embedded]:
        for batch in range(document.figures.batches if document.figures else 0):
            chunks = staged.chunks_from(self.staging.get(document, staged.chunks_name(batch)))
            content = self.staging.get(document, staged.vectors_name(batch))
            vectors = staged.vectors_from(content, place.shelf.dimensions)
            for chunk, vector in zip(chunks, vectors, strict=True):
                yield Embedded(chunk, vector)


def _chunking(document: Document, place: Place) -> ChunkingStrategy:
    wanted = document.wish.chunking if place.may_override_chunking else None
    return wanted or place.chunking


def _figures(reading: Reading, batches: int) -> Figures:
    return Figures(
        title=reading.title,
        media_type=reading.media_type,
        pages=reading.pages,
        chunks=len(reading.chunks),
        batches=batches,
        warnings=list(reading.warnings),
    )


def _copy(document: Document, place: Place) -> Copy:
    title = document.figures.title if document.figures else document.name
    return Copy(
        document_id=document.document_id,
        generation=document.generation,
        title=title or document.name,
        source=f"s3://{document.bucket}/{document.key}",
        metadata=place.metadata(document.wish.labels),
    )


def _check(reading: Reading) -> None:
    if not reading.chunks:
        message, fix = "There is no text in the file.", "Upload a file that has text in it."
        raise DocumentRefused(Reason(code="NoText", message=message, fix=fix))
    if len(reading.chunks) > MOST_CHUNKS:
        message = f"The file has {len(reading.chunks):,} chunks; {MOST_CHUNKS:,} are possible."
        fix = "Split the file, or choose a larger chunk size."
        raise DocumentRefused(Reason(code="TooManyChunks", message=message, fix=fix))


def _too_large(size: int) -> DocumentRefused:
    message = f"The file has {size:,} bytes; {MOST_BYTES:,} are possible."
    return DocumentRefused(Reason(code="TooLarge", message=message, fix="Split the file."))


def _other_dimensions(place: Place, dimensions: int) -> DocumentRefused:
    return DocumentRefused(
        Reason(
            code="OtherDimensions",
            message=f"Model {place.embedding_model} gave vectors of {dimensions} dimensions; the "
            f"collection was made for {place.shelf.dimensions}.",
            fix="Serve the model that the collection was made with, or make a new collection.",
        )
    )


def _stale() -> DocumentRefused:
    return DocumentRefused(
        Reason(
            code="StaleCopy",
            message="The vector store knows a later state of the document than the table does: one "
            "of them was restored from a backup, or a clock was wrong.",
            fix="Ingest the document again.",
        )
    )
