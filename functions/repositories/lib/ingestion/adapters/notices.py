"""The queues of ingestion in SQS; word of an object is shaped as S3 tells the bus."""

from collections.abc import Iterable
from itertools import batched

from pydantic import BaseModel

from documents.keys import Where
from ingestion.messages import Notice, Stretch
from kernel.observability import client

# The queue takes ten messages a call.
_BATCH = 10


class NotSentError(Exception):
    """The queue took some notices and refused others; sending all again is safe."""


class SqsNotices:
    """The `Notices` port, on a queue of objects and one of pipelines."""

    def __init__(self, notices_queue: str, scans_queue: str) -> None:
        self._notices, self._scans = notices_queue, scans_queue
        self._sqs = client("sqs")

    def send(self, objects: Iterable[Where], repository_id: str) -> None:
        self._send(self._notices, (_notice(where, repository_id) for where in objects))

    def compare(self, stretches: Iterable[Stretch]) -> None:
        self._send(self._scans, stretches)

    def _send(self, queue: str, messages: Iterable[BaseModel]) -> None:
        for batch in batched(messages, _BATCH):
            entries = [
                {"Id": str(number), "MessageBody": message.model_dump_json(exclude_none=True)}
                for number, message in enumerate(batch)
            ]
            reply = self._sqs.send_message_batch(QueueUrl=queue, Entries=entries)
            if reply.get("Failed"):
                raise NotSentError(reply["Failed"][0]["Code"])


def _notice(where: Where, repository_id: str) -> Notice:
    return Notice.model_validate(
        {
            "bucket": {"name": where.bucket},
            "object": {"key": where.key},
            "repository_id": repository_id,
        }
    )
