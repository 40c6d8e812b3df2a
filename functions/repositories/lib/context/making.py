"""The steps from an attachment to its summary. Each is safe to repeat."""

import re
from dataclasses import dataclass

from pydantic import BaseModel

from catalogue.base import Reason
from context.attaching import read
from context.errors import AttachmentNotFoundError, ModelAway
from context.owning import Making, changed, claimed, owned, refuse
from context.parts import Part, packed, pieces_of, summary_of
from context.ports import Notebook, NothingKept, Writer
from context.prompt import Task, messages, tokens_beside_text
from context.summary import Summary
from context.window import Budget, WindowTooSmall, asked_for, budget
from documents.errors import DocumentSuperseded
from documents.keys import Where
from ingestion.ports import Files
from kernel.clock import now
from parsing import Unreadable
from passages.document import Document
from repositories.errors import ModelRefusedError, ModelUnavailableError
from repositories.ports import Rows

_SECONDS_TO_PARSE = 200.0
_WORDS_IN_TOKEN = 0.7
# Models that reason may write down how, before they answer.
_REASONING = re.compile(r"\s*<think>.*?</think>", re.DOTALL)


class Round(BaseModel):
    """The parts of one round by their numbers; `more` says whether there is one to be made."""

    number: int = 0
    parts: list[int] = []
    more: bool = False


@dataclass(frozen=True)
class Planning:
    """From the attachment to parts that fit the model."""

    rows: Rows
    files: Files
    notebook: Notebook
    bucket: str

    def __call__(self, work: Making) -> Round:
        """Return the first round."""
        row = claimed(self.rows, work, now())
        if row.parts:
            return _round(row)
        document = self._document(work, row)
        parts = self._parts(work, row, document)
        for number, part in enumerate(parts):
            self.notebook.put(work.summary_id, _part_name(0, number), part.as_bytes())
        told = list(document.warnings)
        return _round(
            changed(
                self.rows, work, lambda row: row.planned(document.title, told, len(parts), now())
            )
        )

    def _document(self, work: Making, row: Summary) -> Document:
        try:
            return read(self.files, Where(self.bucket, row.object_key), _SECONDS_TO_PARSE)
        except Unreadable as why:
            reason = Reason(code=why.code, message=why.message, fix=why.fix)
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


@dataclass(frozen=True)
class Summarising:
    """From one part to its summary, by the model."""

    rows: Rows
    notebook: Notebook
    writer: Writer

    def __call__(self, work: Making, round_number: int, number: int) -> None:
        """Summarise a part, unless that is done already."""
        row = owned(self.rows, work)
        if row.round != round_number:
            raise DocumentSuperseded(f"Summary {work.summary_id} is in round {row.round}.")
        name = _answer_name(round_number, number)
        if not self._is_kept(work, name):
            self.notebook.put(work.summary_id, name, self._answer(work, row, number).encode())
        changed(self.rows, work, lambda row: row.noted(number, now()))

    def _answer(self, work: Making, row: Summary, number: int) -> str:
        content = _kept(self.notebook, work, _part_name(row.round, number))
        most = asked_for(budget_of(row).share(row.parts))
        words = max(10, int(most * _WORDS_IN_TOKEN))
        task = Task(row.title, row.focus, number, row.parts, row.round, words)
        asked = messages(task, Part.from_bytes(content).text)
        try:
            told = self.writer.complete(row.model, asked, most)
        except ModelUnavailableError:
            raise ModelAway from None
        except ModelRefusedError as why:
            reason = Reason(code="ModelRefused", message=why.message, fix=why.fix)
            raise refuse(self.rows, work, reason, now()) from None
        answer = _REASONING.sub("", told, count=1).strip()
        if not answer:
            raise refuse(self.rows, work, _no_answer(row.model), now())
        return answer

    def _is_kept(self, work: Making, name: str) -> bool:
        try:
            self.notebook.get(work.summary_id, name)
        except NothingKept:
            return False
        return True


@dataclass(frozen=True)
class Joining:
    """From the summaries of a round to the document's, or to the parts of the next round."""

    rows: Rows
    notebook: Notebook

    def __call__(self, work: Making, round_number: int) -> Round:
        """Return the next round; it has no more parts when the summary is complete."""
        row = owned(self.rows, work)
        if row.round != round_number:
            return _round(row)
        answers = [
            _kept(self.notebook, work, _answer_name(row.round, number)).decode()
            for number in range(row.parts)
        ]
        if len(answers) == 1:
            changed(self.rows, work, lambda row: row.completed(answers[0], now()))
            return Round(number=row.round)
        parts = self._next(work, row, answers)
        for number, part in enumerate(parts):
            name = _part_name(row.round + 1, number)
            self.notebook.put(work.summary_id, name, part.as_bytes())
        return _round(changed(self.rows, work, lambda row: row.joined(len(parts), now())))

    def _next(self, work: Making, row: Summary, answers: list[str]) -> list[Part]:
        shared = budget_of(row)
        share = shared.share(row.parts)
        pieces = [
            summary_of(self._part(work, row, number), answer, share)
            for number, answer in enumerate(answers)
        ]
        return packed(pieces, shared.room)

    def _part(self, work: Making, row: Summary, number: int) -> Part:
        return Part.from_bytes(_kept(self.notebook, work, _part_name(row.round, number)))


def budget_of(row: Summary) -> Budget:
    """Return how a summary's window is shared out, or raise WindowTooSmall."""
    return budget(row.window, tokens_beside_text(row.focus))


def _kept(notebook: Notebook, work: Making, name: str) -> bytes:
    try:
        return notebook.get(work.summary_id, name)
    except NothingKept:
        raise DocumentSuperseded("What was staged has been cleared away.") from None


def _round(row: Summary) -> Round:
    return Round(number=row.round, parts=list(range(row.parts)), more=True)


def _part_name(round_number: int, number: int) -> str:
    return f"part-{round_number}-{number:03}.json"


def _answer_name(round_number: int, number: int) -> str:
    return f"answer-{round_number}-{number:03}.txt"


_NO_TEXT = Reason(
    code="NoText", message="There is no text in the file.", fix="Attach a file that has text."
)


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


def _no_answer(model: str) -> Reason:
    return Reason(
        code="NoAnswer",
        message=f"Model {model} answered with nothing.",
        fix="Choose another model; one that reasons at length may need a larger context window.",
    )
