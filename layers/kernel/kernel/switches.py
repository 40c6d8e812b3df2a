"""Switches: what administrators turn off for everybody. One service keeps them, many obey.

They are read when they are needed, so that what was switched off is off with the next request.
"""

from typing import Protocol

from kernel.faults import Fault
from kernel.settings import Environment


class FeatureOffError(Fault):
    """What was asked for is switched off."""

    kind = "forbidden"
    fix = "Ask an administrator to switch it on again."

    def __init__(self, what: str) -> None:
        super().__init__(f"An administrator has switched {what} off.")


class SwitchSettings(Environment):
    """What a function reads that obeys switches: the name of the table that has them."""

    switches_table: str


class Switches(Protocol):
    """What is switched off."""

    def off(self, name: str) -> bool:
        """Return whether a switch is off now. One that nobody ever set is on."""


def require(switches: Switches, name: str, what: str) -> None:
    """Refuse what is switched off; `what` names it for people, as in "uploading documents"."""
    if switches.off(name):
        raise FeatureOffError(what)


class DynamoSwitches:
    """The newest version in the table; where there is no such table, nothing is off."""

    def __init__(self, table: str) -> None:
        self._table = table

    def off(self, name: str) -> bool:
        from botocore.exceptions import ClientError  # noqa: PLC0415

        from kernel.items import plain  # noqa: PLC0415
        from kernel.observability import client  # noqa: PLC0415

        try:
            found = client("dynamodb").query(
                TableName=self._table,
                KeyConditionExpression="configScope = :scope",
                ExpressionAttributeValues={":scope": {"S": "global"}},
                ScanIndexForward=False,
                ConsistentRead=True,
                Limit=1,
            )["Items"]
        except ClientError as error:
            if error.response["Error"]["Code"] != "ResourceNotFoundException":
                raise
            return False
        newest = plain(found[0])["configuration"]["enabledComponents"] if found else {}
        return newest.get(name) is False
