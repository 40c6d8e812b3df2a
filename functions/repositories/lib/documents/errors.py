"""What can go wrong with a document. HTTP bodies, Retry and Catch use these class names."""

from catalogue.base import Reason
from kernel.faults import Fault, Reasoned


class DocumentNotFoundError(Fault):
    """No such document in this repository."""

    kind = "missing"
    fix = "List the repository's documents to see their ids."

    def __init__(self, document_id: str) -> None:
        super().__init__(f"The repository has no document with the id {document_id[:64]}.")


class NotYourDocumentError(Fault):
    """The caller may see the repository, but the document is somebody else's."""

    kind = "forbidden"
    fix = "Ask whoever uploaded it, or an administrator."

    def __init__(self, what: str) -> None:
        super().__init__(f"{what} is not yours.")


class ObjectNotFoundError(Fault):
    """What is to be ingested is not in the bucket."""

    kind = "missing"
    fix = "Upload the file with the form of POST /repository/presigned-url, then repeat."

    def __init__(self, key: str) -> None:
        super().__init__(f"There is no object {key}.")


class UnknownCursorError(Fault):
    """A page was asked for with a cursor that was not given out for it."""

    kind = "invalid"
    fix = "Begin again without a cursor."

    def __init__(self) -> None:
        super().__init__("The cursor is not one that this list has given out.")


class DocumentSuperseded(Fault):
    """A later state of the document has been accepted: this workflow has nothing left to do."""

    kind = "conflict"
    fix = ""


class DocumentBusy(Fault):
    """Somebody else wrote the document's row at the same moment."""

    kind = "conflict"
    fix = "Repeat the request in a moment."


class DocumentRefused(Reasoned[Reason]):
    """A document cannot be ingested as it is."""
