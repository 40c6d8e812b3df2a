"""After the load: is everything there that somebody was told is there?"""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from tests.bench.load.ledger import Answer, Ledger
from tests.e2e.client import Admin, aws, eventually
from tests.e2e.library import Library

SETTLING = 120.0  # seconds: usage travels by a queue, documents by workflows


def losses(
    product: dict[str, Any], ledger: Ledger, library: Library, before: Mapping[str, int]
) -> list[str]:
    """A sentence for each thing that is not as it was promised; `before` is what `waiting` said."""
    return [
        *_messages(product, ledger),
        *_documents(library, ledger),
        *_usage(product, ledger),
        *_queues(product, before),
    ]


def _messages(product: dict[str, Any], ledger: Ledger) -> Iterator[str]:
    for answer in ledger.answers:
        stored = _stored(product, answer)
        if stored != ("complete", answer.text):
            yield f"message {answer.message} of {answer.session}: {stored} instead of its answer"


def _stored(product: dict[str, Any], answer: Answer) -> tuple[str, str] | None:
    api = Admin(product, answer.credential)
    status, reply = api.call("GET", f"/session/{answer.session}/messages")
    rows = reply["messages"] if status == 200 else []
    found = (row for row in rows if row["messageId"] == answer.message)
    return next(((row["status"], row["content"]) for row in found), None)


def _documents(library: Library, ledger: Ledger) -> Iterator[str]:
    """Uploads that were cut off by the level's end are ingested all the same."""
    for name in ledger.documents:
        try:
            document = library.settled(name, within=SETTLING)
        except TimeoutError:
            yield f"document {name} is not there, or not done"
            continue
        if document["status"] != "COMPLETED":
            yield f"document {name}: {document['status']}, {document.get('reason')}"


def _usage(product: dict[str, Any], ledger: Ledger) -> Iterator[str]:
    """What each person's answers told of tokens is what is counted for them."""
    for person, requests in ledger.requests.items():
        wanted = (requests, ledger.tokens[person])
        try:
            eventually(lambda: _reached(product, person, wanted), within=SETTLING)  # noqa: B023
        except TimeoutError:
            yield f"usage of {person}: {_counted(product, person)} instead of {wanted}"


def _reached(
    product: dict[str, Any], person: str, wanted: tuple[int, int]
) -> tuple[int, int] | None:
    counted = _counted(product, person)
    return counted if counted == wanted else None


def _counted(product: dict[str, Any], person: str) -> tuple[int, int]:
    """Requests that were answered, and their tokens."""
    today = datetime.now(UTC).date().isoformat()
    status, answer = Admin(product).call("GET", f"/usage?from={today}&user={person}")
    if status != 200:
        return (0, 0)
    total = answer["total"]
    answered = total["requests"] - total["failures"]
    return answered, total["promptTokens"] + total["completionTokens"]


def waiting(product: dict[str, Any]) -> Mapping[str, int]:
    """By queue, dead-letter queues too: how many messages wait in it."""
    queues, asked = aws(product, "sqs"), "ApproximateNumberOfMessages"
    return {
        url.rsplit("/", 1)[-1]: int(
            queues.get_queue_attributes(QueueUrl=url, AttributeNames=[asked])["Attributes"][asked]
        )
        for url in queues.list_queues().get("QueueUrls", [])
    }


def _queues(product: dict[str, Any], before: Mapping[str, int]) -> Iterator[str]:
    """What still waits when everything else is settled was not worked on, or could not be."""
    for name, number in waiting(product).items():
        if number > before.get(name, 0):
            yield f"queue {name} holds {number - before.get(name, 0)} messages more than before"
