"""What administrators have switched off, as a row of the table of sessions."""

from collections.abc import Mapping

from botocore.exceptions import ClientError

from kernel.items import CONDITION, plain, refusals, typed
from kernel.observability import client
from sessions.adapters import items

KEY = items.key("switches", items.CONFIGURATION)


class DynamoSwitches:
    """The `Switches` port."""

    def __init__(self, table: str) -> None:
        self._table = table
        self._dynamo = client("dynamodb")

    def is_on(self, name: str) -> bool:
        reply = self._dynamo.get_item(TableName=self._table, Key=KEY, ConsistentRead=True)
        if "Item" not in reply:
            return True
        return bool(plain(reply["Item"])["components"].get(name, True))

    def keep(self, version: int, components: Mapping[str, bool]) -> None:
        values = {"version": version, "components": dict(components)}
        try:
            self._dynamo.put_item(
                TableName=self._table,
                Item=KEY | typed(values),
                ConditionExpression="attribute_not_exists(pk) OR #version < :version",
                ExpressionAttributeNames={"#version": "version"},
                ExpressionAttributeValues=typed({":version": version}),
            )
        except ClientError as error:
            if refusals(error) != [CONDITION]:
                raise
