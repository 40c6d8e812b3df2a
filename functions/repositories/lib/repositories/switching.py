"""What administrators may switch off here."""

from kernel.http import Caller
from kernel.switches import Switches, require


def require_uploads(switches: Switches, caller: Caller) -> None:
    """Refuse users new documents while that is switched off; curators keep repositories."""
    if not caller.may("curator"):
        require(switches, "uploadRagDocs", "the upload of documents by users")


def require_attachments(switches: Switches) -> None:
    """Refuse files in chats while these are switched off."""
    require(switches, "uploadContextDocs", "the attachment of files")


def require_summaries(switches: Switches) -> None:
    """Refuse new summaries while these are switched off."""
    require(switches, "documentSummarization", "the summary of documents")
