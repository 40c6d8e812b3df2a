"""What belongs to one chat: files that are read into it, and summaries of long ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lisapy.api import requests
from lisapy.documents import File, file_name, posted
from lisapy.errors import WaitFailed
from lisapy.steps import C_co, Group, Steps, call, plain
from lisapy.waiting import until

if TYPE_CHECKING:
    from lisapy.api import types


class Attachments(Group[C_co]):
    """`/attachment`: a file's text, for a prompt."""

    read = plain(requests.read_attachment)
    upload_form = plain(requests.create_attachment_form)

    @call
    def upload(self, file: File, name: str = "") -> Steps[str]:
        """Upload one file, a path or an open one, and return its key: for two days."""
        named = name or file_name(file)
        form = yield from self._ask(requests.create_attachment_form(fileName=named))
        yield from posted(form["url"], form["fields"], file, named)
        return form["key"]

    @call
    def text(self, file: File, model: str | None = None) -> Steps[types.Attachment]:
        """Upload a file and return it as Markdown; with a model, whether it fits its context."""
        named = file_name(file)
        form = yield from self._ask(requests.create_attachment_form(fileName=named))
        yield from posted(form["url"], form["fields"], file, named)
        return (yield from self._ask(requests.read_attachment(key=form["key"], model=model)))


class Summaries(Group[C_co]):
    """`/summary`: of what is too long for a model."""

    create = plain(requests.create_summary)
    get = plain(requests.get_summary)

    @call
    def wait(self, summary_id: str, within: float = 1800) -> Steps[types.SummaryView]:
        """Return the summary once it is written; WaitFailed if it could not be."""

        def look() -> Steps[types.SummaryView]:
            return (yield from self._ask(requests.get_summary(summary_id)))

        found = yield from until(
            look,
            lambda one: one["status"] in ("COMPLETED", "FAILED"),
            within,
            f"Summary {summary_id}",
        )
        why = found["reason"]
        if why is not None:
            raise WaitFailed(f"{why['code']}: {why['message']} {why['fix']}")
        return found
