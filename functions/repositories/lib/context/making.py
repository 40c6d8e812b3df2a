"""The steps from parts to one summary. Each is safe to repeat."""

from dataclasses import dataclass

from catalogue.base import Reason
from context.errors import ModelAway
from context.owning import Making, changed, owned, refuse
from context.parts import Part, packed, summary_of
from context.ports import Notebook, NothingKept, Writer
from context.prompt import Task, messages
from context.reply import summary_in
from context.rounds import Round, answer_name, budget_of, part_name, round_of
from context.summary import Summary
from context.window import asked_for
from documents.errors import DocumentSuperseded
from kernel.clock import now
from repositories.errors import ModelRefusedError, ModelUnavailableError
from repositories.ports import Rows

_WORDS_IN_TOKEN = 0.7


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
        name = answer_name(round_number, number)
        if not self._is_kept(work, name):
            self.notebook.put(work.summary_id, name, self._answer(work, row, number).encode())
        changed(self.rows, work, lambda row: row.noted(number, now()))

    def _answer(self, work: Making, row: Summary, number: int) -> str:
        content = _kept(self.notebook, work, part_name(row.round, number))
        most = asked_for(budget_of(row).share(row.parts))
        words = max(10, int(most * _WORDS_IN_TOKEN))
        task = Task(row.title, row.focus, number, row.parts, row.round, words)
        asked = messages(task, Part.from_bytes(content).text)
        try:
            told, cut = self.writer.complete(row.model, asked, most)
        except ModelUnavailableError:
            raise ModelAway from None
        except ModelRefusedError as why:
            reason = Reason(code="ModelRefused", message=why.message, fix=why.fix)
            raise refuse(self.rows, work, reason, now()) from None
        answer = summary_in(told, cut)
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
            return round_of(row)
        answers = [
            _kept(self.notebook, work, answer_name(row.round, number)).decode()
            for number in range(row.parts)
        ]
        if len(answers) == 1:
            changed(self.rows, work, lambda row: row.completed(answers[0], now()))
            return Round(number=row.round)
        parts = self._next(work, row, answers)
        for number, part in enumerate(parts):
            name = part_name(row.round + 1, number)
            self.notebook.put(work.summary_id, name, part.as_bytes())
        return round_of(changed(self.rows, work, lambda row: row.joined(len(parts), now())))

    def _next(self, work: Making, row: Summary, answers: list[str]) -> list[Part]:
        shared = budget_of(row)
        share = shared.share(row.parts)
        pieces = [
            summary_of(self._part(work, row, number), answer, share)
            for number, answer in enumerate(answers)
        ]
        return packed(pieces, shared.room)

    def _part(self, work: Making, row: Summary, number: int) -> Part:
        return Part.from_bytes(_kept(self.notebook, work, part_name(row.round, number)))


def _kept(notebook: Notebook, work: Making, name: str) -> bytes:
    try:
        return notebook.get(work.summary_id, name)
    except NothingKept:
        raise DocumentSuperseded("What was staged has been cleared away.") from None


def _no_answer(model: str) -> Reason:
    return Reason(
        code="NoAnswer",
        message=f"Model {model} answered with nothing.",
        fix="Choose another model; one that reasons at length may need a larger context window.",
    )
