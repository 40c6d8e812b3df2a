"""How work on a document ends: complete, failed, or with the document gone. Safe to repeat."""

from dataclasses import dataclass

from documents.document import Document, Status
from documents.errors import DocumentRefused, DocumentSuperseded
from ingestion.ownership import Work, answerable, current, owned, reason_of
from ingestion.ports import COLLECTION_GONE, Documents, Files, PlaceGone, Places
from kernel.clock import now
from kernel.workflow import Caught
from stores.port import StaleCopyError


def complete(documents: Documents, work: Work) -> None:
    """Write down that the document is found."""
    row = current(documents, work)
    if row.status is not Status.COMPLETED:
        row = owned(documents, work)
        documents.put(row, row.completed(now()))


@dataclass(frozen=True)
class Failing:
    """The row says why. A file that cannot be ingested is not found by what it was before.

    A document whose collection is no more goes, too: nobody could reach it to remove it.
    """

    documents: Documents
    places: Places

    def __call__(self, work: Work, error: Caught) -> None:
        """Fail the document, unless its generation is over."""
        row = answerable(self.documents, work)
        reason = reason_of(error)
        if reason.code == COLLECTION_GONE:
            # Whoever removed the collection swept its rows before this one came.
            self.documents.forget(row.failed(reason, now(), None), now())
            return
        indexed = row.indexed
        if error.error == DocumentRefused.__name__ and indexed is not None:
            take_off(self.places, row)
            indexed = None
        self.documents.put(row, row.failed(reason, now(), indexed))


@dataclass(frozen=True)
class Removing:
    """From the store first, then the object if it is ours, then the row."""

    documents: Documents
    files: Files
    places: Places

    def __call__(self, work: Work) -> None:
        """Remove a document; one that is not there any more is as good."""
        if self.documents.find(work.repository_id, work.document_id) is None:
            return
        row = current(self.documents, work)
        if row.status is not Status.DELETING:
            raise DocumentSuperseded(f"Document {work.document_id} is {row.status}.")
        take_off(self.places, row)
        if row.uploaded:
            self.files.delete(row.where)
        if row.cause == "asked" and self.files.look(row.where) is not None:
            row = self.documents.put(row, row.removed(now()))
            if self.files.look(row.where) is not None:
                return
        self.documents.forget(row, now())


def take_off(places: Places, row: Document) -> None:
    """Take a document off its shelf, as of its generation; a shelf that is gone is as good."""
    try:
        place = places.place(row.repository_id, row.collection_id)
        places.store(row.repository_id).remove(place.shelf, row.document_id, row.generation)
    except PlaceGone:
        return
    except StaleCopyError:
        raise DocumentSuperseded(f"Document {row.document_id} has a later state.") from None
