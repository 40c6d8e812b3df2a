"""Facts: things already true, told on the bus. The class is the contract."""

import json
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from itertools import batched
from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict, Field

from kernel.clock import now
from kernel.ids import new_id
from kernel.observability import Entry, Event, client, logger, observed

# The bus takes ten entries a call.
BATCH = 10


class Fact(BaseModel):
    """Base of every published fact. It carries identifiers and what changed, never secrets."""

    model_config = ConfigDict(frozen=True)
    source: ClassVar[str]
    contract_version: ClassVar[int]

    def __init_subclass__(cls, source: str = "", version: int = 1, **rest: Any) -> None:
        super().__init_subclass__(**rest)
        cls.source, cls.contract_version = source, version

    @classmethod
    def detail_type(cls) -> str:
        """Return the name on the bus, e.g. `ModelReady.v1`."""
        return f"{cls.__name__}.v{cls.contract_version}"


class Received[Data: BaseModel](BaseModel):
    """A fact as it arrives: the envelope, and the fields that the consumer reads."""

    id: str
    occurred_at: datetime
    correlation_id: str
    data: Data


def envelope(fact: Fact, correlation_id: str) -> dict[str, Any]:
    """Return the `detail` of a fact, ready for JSON."""
    return {
        "id": new_id(),
        "occurred_at": now().isoformat(),
        "correlation_id": correlation_id,
        "data": fact.model_dump(mode="json"),
    }


class UndeliveredError(Exception):
    """The bus took some facts and refused others; publishing all again is safe."""


def publish(bus_name: str, facts: Iterable[Fact], correlation_id: str) -> None:
    """Put facts on the bus; raise UndeliveredError unless it took every one of them."""
    entries = [
        {
            "EventBusName": bus_name,
            "Source": fact.source,
            "DetailType": fact.detail_type(),
            "Detail": json.dumps(envelope(fact, correlation_id)),
        }
        for fact in facts
    ]
    for batch in batched(entries, BATCH):
        reply = client("events").put_events(Entries=list(batch))
        refused = [entry for entry in reply["Entries"] if entry.get("ErrorCode")]
        if refused:
            raise UndeliveredError(f"{len(refused)} of {len(batch)}: {refused[0]['ErrorCode']}")


def on[Data: BaseModel](
    source: str, detail_type: str, *, reads: type[Data]
) -> Callable[[Callable[[Received[Data]], None]], Entry]:
    """Make a function the reaction to one fact. It must be safe to repeat."""
    arrival = Received[reads]  # type: ignore[valid-type]

    def decorate(function: Callable[[Received[Data]], None]) -> Entry:
        def handler(event: Event, context: Any) -> None:
            fact = arrival.model_validate(event["detail"])
            logger.set_correlation_id(fact.correlation_id)
            function(fact)

        entry = observed(handler)
        entry.consumes = (source, detail_type, reads)  # type: ignore[attr-defined]
        return entry

    return decorate


def on_notice[Notice: BaseModel](
    source: str, detail_type: str, *, reads: type[Notice]
) -> Callable[[Callable[[Notice], None]], Entry]:
    """Make a function the reaction to what an AWS service says of itself on the default bus."""

    def decorate(function: Callable[[Notice], None]) -> Entry:
        def handler(event: Event, context: Any) -> None:
            function(reads.model_validate(event["detail"]))

        entry = observed(handler)
        entry.consumes = (source, detail_type, reads)  # type: ignore[attr-defined]
        return entry

    return decorate


class Ended(BaseModel):
    """Step Functions' notice of an execution that ended: which, how, and what it was given."""

    execution: str = Field(alias="executionArn")
    status: str
    given: str = Field(alias="input")

    @property
    def work(self) -> dict[str, Any]:
        """Return what its steps were given of it: the fact's data, and the execution."""
        return {**json.loads(self.given)["data"], "execution": self.execution}


# The notice of any execution that ended; a rule of the template says of whose.
on_end = on_notice("aws.states", "Step Functions Execution Status Change", reads=Ended)


class Change(BaseModel):
    """One change of a table's row: `before` is None for a new row, `after` for a removed one."""

    id: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None


def on_change(function: Callable[[Change], None]) -> Entry:
    """Make a function the reaction to a table's stream. It must be safe to repeat.

    Changes are handled in order; the first failure is reported and ends the batch, so that
    the stream resumes there and nothing overtakes.
    """

    def handler(event: Event, context: Any) -> dict[str, Any]:
        for record, change in zip(event["Records"], _changes(event["Records"]), strict=True):
            try:
                function(change)
            except Exception:  # noqa: BLE001
                # The boundary: the stream retries from here, then gives up into the queue.
                logger.exception("change not handled", change=change.id)
                number = record["dynamodb"]["SequenceNumber"]
                return {"batchItemFailures": [{"itemIdentifier": number}]}
        return {"batchItemFailures": []}

    return observed(handler)


def _changes(records: list[Event]) -> Iterator[Change]:
    from boto3.dynamodb.types import TypeDeserializer  # noqa: PLC0415

    read = TypeDeserializer().deserialize
    for record in records:
        images = record["dynamodb"]
        before, after = (
            {name: read(value) for name, value in images[image].items()}
            if image in images
            else None
            for image in ("OldImage", "NewImage")
        )
        yield Change(id=record["eventID"], before=before, after=after)
