"""Documents: files that a repository reads, and what became of them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Union

from lisapy.api import requests
from lisapy.errors import UnexpectedAnswer, WaitFailed, refusal
from lisapy.steps import C_co, Group, Items, Reply, Send, Steps, call, each, plain
from lisapy.waiting import until

if TYPE_CHECKING:
    from collections.abc import Mapping

    from typing_extensions import Unpack

    from lisapy.api import types

File = Union[str, Path, BinaryIO]
_SETTLED = ("COMPLETED", "FAILED", "REMOVED")


class Documents(Group[C_co]):
    """Documents of a repository."""

    page = plain(requests.list_documents)
    get = plain(requests.get_document)
    download = plain(requests.download_document)
    delete = plain(requests.delete_documents)
    ingest = plain(requests.ingest_documents)
    jobs = plain(requests.list_jobs)
    upload_form = plain(requests.create_upload)

    @each
    def list(
        self, repository_id: str, **query: Unpack[types.ListDocumentsQuery]
    ) -> Items[types.DocumentView]:
        """Yield the documents of a collection, page by page as they are needed."""
        return self._pages(
            requests.list_documents(repository_id, **query), "documents", "lastEvaluatedKey"
        )

    @call
    def upload(
        self,
        repository_id: str,
        file: File,
        name: str = "",
        collection_id: str | None = None,
    ) -> Steps[types.JobView]:
        """Upload one file, a path or an open one, and return the job that reads it."""
        wish: types.DocumentsRequestsUploadRequest = {
            "repositoryId": repository_id,
            "fileName": name or file_name(file),
            "collectionId": collection_id,
        }
        form = yield from self._ask(requests.create_upload(**wish))
        yield from posted(form["url"], form["fields"], file, wish["fileName"])
        request = requests.ingest_documents(
            repository_id, keys=[form["key"]], collectionId=collection_id
        )
        return (yield from self._ask(request))["jobs"][0]

    @call
    def wait(
        self, repository_id: str, document_id: str, within: float = 900
    ) -> Steps[types.DocumentView]:
        """Return the document once it can be found; WaitFailed if it could not be read."""

        def look() -> Steps[types.DocumentView]:
            return (yield from self._ask(requests.get_document(repository_id, document_id)))

        found = yield from until(
            look, lambda one: one["status"] in _SETTLED, within, f"Document {document_id}"
        )
        why = found["reason"]
        if found["status"] != "COMPLETED":
            raise WaitFailed(f"{why['code']}: {why['message']} {why['fix']}" if why else "Removed.")
        return found


def file_name(file: File) -> str:
    """Return what a file is called; `file` for one that has no name."""
    named = file if isinstance(file, (str, Path)) else str(getattr(file, "name", "") or "file")
    return Path(named).name


def posted(url: str, fields: Mapping[str, str], file: File, name: str) -> Steps[None]:
    """Send a file to the bucket by the form that the API gave; no credential goes along."""
    if isinstance(file, (str, Path)):
        with Path(file).open("rb") as opened:
            yield from posted(url, fields, opened, name)
        return
    reply: Reply = yield Send("POST", url, form=fields, file=(name, file))
    if reply.status >= 400:
        said = reply.body[:300].decode("utf-8", "replace")
        raise refusal(reply.status, {"error": "UploadRefused", "message": said})
    if reply.status >= 300:
        raise UnexpectedAnswer("The bucket redirects uploads: it lies in another region.")
