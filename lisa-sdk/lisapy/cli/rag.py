"""`lisa rag ...`: repositories, documents, searching and asking."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn

from lisapy import Lisa, LisaError
from lisapy.cli.chat import Conversation, first_model
from lisapy.cli.output import as_json, console, field, plain, table
from lisapy.cli.session import FAILED, Session, command

if TYPE_CHECKING:
    from collections.abc import Iterable


@click.group()
def rag() -> None:
    """Documents: upload, list, search, ask."""


_COLLECTION = click.option("--collection", default=None, help="Its id; otherwise the default one.")
_REPOSITORY = click.argument("repository")


def _columns(*names: str) -> list[Any]:
    return [(name, field(name)) for name in names]


def _listed(session: Session, rows: Iterable[Any], *names: str) -> None:
    as_json(list(rows)) if session.json else table(rows, _columns(*names))


@command(rag, "list")
def list_repositories(session: Session) -> None:
    """List the repositories."""
    rows = session.lisa().repositories.list()
    _listed(session, rows, "repositoryId", "repositoryName", "type", "status", "embeddingModelId")


@command(rag, "collections")
@_REPOSITORY
def collections(session: Session, repository: str) -> None:
    """List the collections of a repository."""
    rows = session.lisa().collections.list(repository)
    _listed(session, rows, "collectionId", "name", "embeddingModel", "status", "default")


@command(rag, "documents")
@_REPOSITORY
@_COLLECTION
def documents(session: Session, repository: str, collection: str | None) -> None:
    """List the documents of a collection."""
    query: Any = {"collectionId": collection} if collection else {}
    rows = session.lisa().documents.list(repository, **query)
    names = ("documentId", "documentName", "status", "pages", "chunks", "uploadDate")
    _listed(session, rows, *names)


@command(rag, "jobs")
@_REPOSITORY
def jobs(session: Session, repository: str) -> None:
    """List what is being read or removed, the latest first."""
    rows = session.lisa().documents.jobs(repository)["jobs"]
    _listed(session, rows, "id", "jobType", "status", "progress", "documentName", "reason")


@command(rag, "upload")
@_REPOSITORY
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False))
@_COLLECTION
@click.option("--wait/--no-wait", default=True, help="Until they can be found.")
def upload(session: Session, repository: str, files: tuple[str, ...], **options: Any) -> None:
    """Upload FILES. What cannot be read is told, the rest goes on, and the exit code is 1."""
    lisa, outcomes = session.lisa(), []
    with _progress() as progress:
        for file in files:
            outcomes.append(_uploaded(lisa, progress, repository, Path(file), options))
    _listed(session, outcomes, "documentName", "status", "chunks", "documentId", "reason")
    if any(one["status"] == "FAILED" for one in outcomes):
        sys.exit(FAILED)


def _progress() -> Progress:
    columns = (TextColumn("{task.description}", markup=False), BarColumn(), DownloadColumn())
    return Progress(*columns, console=console(error=True), transient=True)


def _uploaded(
    lisa: Lisa, progress: Progress, repository: str, file: Path, options: dict[str, Any]
) -> dict[str, Any]:
    """Return the document, or its job if nobody waits; what failed has a status and a reason."""
    name = plain(file.name)
    try:
        with progress.open(file, "rb", description=name) as opened:
            job = lisa.documents.upload(repository, opened, file.name, options["collection"])
        if not options["wait"]:
            return {**job}
        progress.update(progress.task_ids[-1], description=f"{name}: being read")
        return {**lisa.documents.wait(repository, job["documentId"])}
    except (LisaError, OSError) as error:
        return {"documentName": file.name, "status": "FAILED", "reason": str(error)}


@command(rag, "delete")
@_REPOSITORY
@click.argument("document_ids", nargs=-1, required=True)
def delete(session: Session, repository: str, document_ids: tuple[str, ...]) -> None:
    """Remove documents."""
    answer = session.lisa().documents.delete(repository, documentIds=list(document_ids))
    as_json(answer) if session.json else click.echo("They are being removed.")


@command(rag, "search")
@_REPOSITORY
@click.argument("query", nargs=-1, required=True)
@_COLLECTION
@click.option("--top", default=3, type=click.IntRange(1, 100), help="How many passages.")
def search(
    session: Session, repository: str, query: tuple[str, ...], collection: str | None, top: int
) -> None:
    """Show the passages that answer QUERY best."""
    where: Any = {"collectionId": collection} if collection else {}
    words = " ".join(query)
    found = session.lisa().repositories.search(repository, query=words, topK=top, **where)
    if session.json:
        return as_json(found)
    for number, passage in enumerate(found, 1):
        told = passage["metadata"]
        place = " > ".join([told["title"], *told["headings"]])
        pages = f", page {told['pages'][0]}" if told["pages"] else ""
        click.secho(plain(f"[{number}] {place}{pages}"), bold=True)
        click.echo(plain(passage["page_content"]) + "\n")
    return None


@command(rag, "ask")
@_REPOSITORY
@click.argument("question", nargs=-1, required=True)
@_COLLECTION
@click.option("--model", "-m", default="", help="Which model; otherwise the first that chats.")
def ask(
    session: Session, repository: str, question: tuple[str, ...], collection: str | None, model: str
) -> None:
    """Have a model answer QUESTION from the documents, and show where it found it."""
    client = session.lisa()
    metadata = {"repository": repository, **({"collection": collection} if collection else {})}
    talk = Conversation(client, model or first_model(client), {"metadata": metadata})
    answer = talk.ask(" ".join(question), shown=not session.json)
    if session.json:
        return as_json({"model": talk.model, "answer": answer, "sources": talk.sources})
    for number, title in sorted({(one["number"], _title(one)) for one in talk.sources}):
        click.echo(plain(f"[{number}] {title}"))
    return None


def _title(source: dict[str, Any]) -> str:
    return " > ".join([source["url_citation"]["title"], *source.get("headings", [])])
