"""The step from an attachment to parts that fit the model. Safe to repeat."""

from dataclasses import dataclass

from catalogue.base import Reason
from context.entering import Opening
from context.errors import AttachmentNotFoundError
from context.owning import Making, changed, claimed, refuse
from context.parts import Part, packed, pieces_of
from context.ports import Notebook
from context.rounds import Round, budget_of, part_name, round_of
from context.summary import Summary
from context.window import Budget, WindowTooSmall
from documents.errors import DocumentRefused
from documents.keys import Where
from kernel.clock import now
from passages.document import Document
from repositories.ports import Rows

_SECONDS_TO_PARSE = 200.0
_NO_TEXT = Reason(
    code="NoText", message="There is no text in the file.", fix="Attach a file that has text."
)


@dataclass(frozen=True)
class Planning:
    """From the attachment to parts that fit the model."""

    rows: Rows
    opening: Opening
    notebook: Notebook
    bucket: str

    def __call__(self, work: Making) -> Round:
        """Return the first round."""
        row = claimed(self.rows, work, now())
        if row.parts:
            return round_of(row)
        document = self._document(work, row)
        parts = self._parts(work, row, document)
        for number, part in enumerate(parts):
            self.notebook.put(work.summary_id, part_name(0, number), part.as_bytes())
        told = list(document.warnings)
        return round_of(
            changed(
                self.rows, work, lambda row: row.planned(document.title, told, len(parts), now())
            )
        )

    def _document(self, work: Making, row: Summary) -> Document:
        try:
            return self.opening(Where(self.bucket, row.object_key), _SECONDS_TO_PARSE)
        except DocumentRefused as why:
            reason = why.reason
        except AttachmentNotFoundError as gone:
            reason = Reason(code="AttachmentGone", message=gone.message, fix=gone.fix)
        raise refuse(self.rows, work, reason, now())

    def _parts(self, work: Making, row: Summary, document: Document) -> list[Part]:
        try:
            shared = budget_of(row)
        except WindowTooSmall:
            raise refuse(self.rows, work, _too_small(row.window), now()) from None
        parts = packed(pieces_of(document, shared.room), shared.room)
        if not parts:
            raise refuse(self.rows, work, _NO_TEXT, now())
        if len(parts) > shared.most_parts:
            raise refuse(self.rows, work, _too_long(len(parts), shared, row.window), now())
        return parts


def _too_small(window: int) -> Reason:
    return Reason(
        code="WindowTooSmall",
        message=f"The model's context window of {window:,} tokens has no room for a part of the"
        " document beside the prompt and the answer.",
        fix="Choose a model with a larger context window.",
    )


def _too_long(parts: int, shared: Budget, window: int) -> Reason:
    return Reason(
        code="TooLong",
        message=f"The document needs {parts:,} parts of {shared.room:,} tokens each for the"
        f" model's context window of {window:,}; {shared.most_parts} are possible.",
        fix="Choose a model with a larger context window, or divide the file.",
    )
