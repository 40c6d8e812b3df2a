"""The queue of the usage service. Blocking, so never on an event loop."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from gateway.registry import outage
from gateway.usage.parcels import Parcel

if TYPE_CHECKING:
    from mypy_boto3_sqs.type_defs import SendMessageBatchRequestEntryTypeDef

# One try: what is not taken stays in its file, and the next round is soon.
ONCE = Config(connect_timeout=2, read_timeout=5, retries={"total_max_attempts": 1})


class SqsQueue:
    def __init__(self, url: str) -> None:
        self._url = url
        self._client = boto3.client("sqs", config=ONCE)

    def send(self, batch: Sequence[Parcel]) -> set[str]:
        """The ids of the parcels that the queue has taken; raises Unavailable if it took none."""
        entries: list[SendMessageBatchRequestEntryTypeDef] = [
            {"Id": str(number), "MessageBody": parcel.body} for number, parcel in enumerate(batch)
        ]
        try:
            answer = self._client.send_message_batch(QueueUrl=self._url, Entries=entries)
        except (BotoCoreError, ClientError) as error:
            raise outage(error) from None
        return {batch[int(taken["Id"])].id for taken in answer.get("Successful", ())}
