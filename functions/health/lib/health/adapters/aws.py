"""Checks of what AWS keeps for us: tables, the bus, queues and buckets."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from health.ports import Trouble

# No table has such a row; the policy lets no other be read.
NOBODY = "health-check"
RUNBOOK = "docs/operations.md"
_QUICK = Config(
    connect_timeout=2, read_timeout=4, retries={"total_max_attempts": 2, "mode": "standard"}
)
_WAYS = "Look at the role's policy, the endpoints of the network, and the service's own health."


@cache
def quick_client(service: str) -> Any:
    """Return a client that gives up soon: a check that waits says less than one that fails."""
    create: Any = boto3.client
    return create(service, config=_QUICK)


def asked[Answer](ask: Callable[[], Answer], missing: str) -> Answer:
    """Ask AWS, and say in people's words why it does not answer; `missing` is the fix for that."""
    try:
        return ask()
    except ClientError as error:
        code = str(error.response["Error"]["Code"])
        gone = any(word in code for word in ("NotFound", "NonExistent", "DoesNotExist", "404"))
        reason = "It does not exist." if gone else f"AWS refused: {code}."
        raise Trouble(reason, missing if gone else _WAYS) from None
    except BotoCoreError as error:
        raise Trouble(f"AWS did not answer: {type(error).__name__}.", _WAYS) from None


@dataclass(frozen=True)
class Table:
    """A table that is there and can be read."""

    table: str
    dynamo: Any

    @property
    def name(self) -> str:
        return f"table {self.table}"

    def look(self) -> None:
        restore = f"Restore it to its last second: {RUNBOOK}, Backups."
        told = asked(lambda: self.dynamo.describe_table(TableName=self.table), restore)["Table"]
        kinds = {one["AttributeName"]: one["AttributeType"] for one in told["AttributeDefinitions"]}
        key = {
            one["AttributeName"]: {"N": "0"}
            if kinds[one["AttributeName"]] == "N"
            else {"S": NOBODY}
            for one in told["KeySchema"]
        }
        asked(lambda: self.dynamo.get_item(TableName=self.table, Key=key), restore)


@dataclass(frozen=True)
class Bus:
    """The bus on which services tell facts."""

    bus: str
    events: Any

    @property
    def name(self) -> str:
        return f"bus {self.bus}"

    def look(self) -> None:
        fix = "Deploy again: make deploy. Every part has it."
        asked(lambda: self.events.describe_event_bus(Name=self.bus), fix)


@dataclass(frozen=True)
class DeadLetters:
    """A queue in which nothing should lie."""

    queue: str
    short: str
    sqs: Any

    @property
    def name(self) -> str:
        return f"dead letters {self.short}"

    def look(self) -> None:
        fix = "Deploy the part that owns it again."
        address = asked(lambda: self.sqs.get_queue_url(QueueName=self.queue), fix)["QueueUrl"]
        told = asked(
            lambda: self.sqs.get_queue_attributes(
                QueueUrl=address, AttributeNames=["ApproximateNumberOfMessages"]
            ),
            fix,
        )
        count = int(told["Attributes"]["ApproximateNumberOfMessages"])
        if count:
            raise Trouble(
                f"{count} could not be handled, and wait.",
                f"make dead-letters says why; mend that, then make redrive QUEUE={self.short} "
                f"({RUNBOOK}#{self.short}).",
            )


@dataclass(frozen=True)
class Bucket:
    """A bucket that is there and may be used."""

    bucket: str
    s3: Any

    @property
    def name(self) -> str:
        return f"bucket {self.bucket}"

    def look(self) -> None:
        fix = (
            "Its data is gone with it unless it was replicated; deploy its part again to make one."
        )
        asked(lambda: self.s3.head_bucket(Bucket=self.bucket), fix)


@dataclass(frozen=True)
class Gateways:
    """What a balancer leads to: one gateway at least that it finds well.

    For a balancer inside of a network, which nothing outside of it can ask.
    """

    target_group: str
    elbv2: Any
    name: str = "gateway"

    def look(self) -> None:
        told = asked(
            lambda: self.elbv2.describe_target_health(TargetGroupArn=self.target_group),
            "Deploy serve again: make deploy.",
        )
        states = [one["TargetHealth"] for one in told["TargetHealthDescriptions"]]
        if any(state["State"] == "healthy" for state in states):
            return
        why = "; ".join(sorted({state.get("Description", state["State"]) for state in states}))
        raise Trouble(
            f"None of {len(states)} answers the balancer. {why}".strip(),
            f"{RUNBOOK}#gateway-none says what to do.",
        )
