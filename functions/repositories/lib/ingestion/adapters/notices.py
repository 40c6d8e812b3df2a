"""The queue of objects to look at, in SQS; its messages are shaped as S3 tells the bus."""

import json
from collections.abc import Iterable
from itertools import batched

from documents.keys import Where
from kernel.observability import client

# The queue takes ten messages a call.
_BATCH = 10


class NotSentError(Exception):
    """The queue took some notices and refused others; sending all again is safe."""


class SqsNotices:
    """The `Notices` port."""

    def __init__(self, queue_url: str) -> None:
        self._queue = queue_url
        self._sqs = client("sqs")

    def send(self, objects: Iterable[Where]) -> None:
        for batch in batched(objects, _BATCH):
            entries = [
                {"Id": str(number), "MessageBody": json.dumps(_notice(where))}
                for number, where in enumerate(batch)
            ]
            reply = self._sqs.send_message_batch(QueueUrl=self._queue, Entries=entries)
            if reply.get("Failed"):
                raise NotSentError(reply["Failed"][0]["Code"])


def _notice(where: Where) -> dict[str, dict[str, str]]:
    return {"bucket": {"name": where.bucket}, "object": {"key": where.key}}
