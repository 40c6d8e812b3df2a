"""The dead-letter queues of one deployment: what is in them, and all of one given again."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from operations.redrive.delivery import Delivery, NotDelivered
from operations.redrive.letters import QUEUES, Letter, read

# A function may take fifteen minutes over it; nobody else shall see the message meanwhile.
HIDDEN = 960
SHOWN = 10


@dataclass(frozen=True)
class Outcome:
    """What became of a message: `failure` is empty if it was taken, and has left the queue."""

    letter: Letter
    failure: str = ""


class Desk:
    """Looks into the queues, and empties them."""

    def __init__(self, delivery: Delivery) -> None:
        self._delivery = delivery
        self._queues = delivery.client("sqs")

    def waiting(self) -> Iterator[tuple[str, int, list[Letter]]]:
        """Yield each queue that exists, how much waits in it, and the first few."""
        for name in QUEUES:
            address = self._address(name)
            if address is None:
                continue
            count = self._queues.get_queue_attributes(
                QueueUrl=address, AttributeNames=["ApproximateNumberOfMessages"]
            )["Attributes"]["ApproximateNumberOfMessages"]
            yield name, int(count), [read(one) for one in self._received(address, hidden=0)]

    def redriven(self, name: str) -> Iterator[Outcome]:
        """Give every message again, and yield what became of it; what fails stays in the queue."""
        address = self._address(name)
        if address is None:
            raise LookupError(name)
        kept: list[str] = []
        while messages := self._received(address, hidden=HIDDEN):
            for message in messages:
                outcome = self._given(read(message))
                if outcome.failure:
                    kept.append(message["ReceiptHandle"])
                else:
                    self._queues.delete_message(
                        QueueUrl=address, ReceiptHandle=message["ReceiptHandle"]
                    )
                yield outcome
        for handle in kept:
            self._queues.change_message_visibility(
                QueueUrl=address, ReceiptHandle=handle, VisibilityTimeout=0
            )

    def _given(self, letter: Letter) -> Outcome:
        try:
            self._delivery.give(letter)
        except (NotDelivered, ClientError, BotoCoreError) as failure:
            return Outcome(letter, str(failure))
        return Outcome(letter)

    def _address(self, name: str) -> str | None:
        try:
            found = self._queues.get_queue_url(QueueName=f"{self._delivery.deployment}-{name}")
        except self._queues.exceptions.QueueDoesNotExist:
            return None
        return str(found["QueueUrl"])

    def _received(self, address: str, hidden: int) -> list[dict[str, Any]]:
        found = self._queues.receive_message(
            QueueUrl=address,
            MaxNumberOfMessages=SHOWN,
            VisibilityTimeout=hidden,
            WaitTimeSeconds=1,
            MessageAttributeNames=["All"],
            MessageSystemAttributeNames=["All"],
        )
        return list(found.get("Messages", []))
