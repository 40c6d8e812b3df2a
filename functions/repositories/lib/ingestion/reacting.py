"""What is done about a notice of an object."""

from dataclasses import dataclass

from documents.keys import Where
from ingestion.accepting import Target, fed, observe, targets
from ingestion.messages import Notice
from ingestion.ports import Documents, Files, PlaceGone, Places
from kernel.clock import now


@dataclass(frozen=True)
class Accepting:
    """From a notice to the documents that the object is."""

    documents: Documents
    files: Files
    places: Places
    documents_bucket: str

    def __call__(self, notice: Notice) -> None:
        """Accept an object as it is now, wherever it is a document."""
        where = Where(notice.bucket.name, notice.object.key)
        for target in self._targets(where, notice.repository_id):
            if self._stands(target):
                observe(self.documents, self.files, target, now(), notice.object.sequencer)

    def _targets(self, where: Where, compared: str | None) -> list[Target]:
        if compared is None:
            return targets(where, self.documents_bucket, self.places.feeds)
        return [fed(one, where) for one in self.places.feeds_of(compared) if one.holds(*where)]

    def _stands(self, target: Target) -> bool:
        try:
            self.places.place(target.repository_id, target.collection_id)
        except PlaceGone:
            return False
        return True
