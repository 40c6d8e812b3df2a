"""Versions in DynamoDB, under their scope and by their number."""

from botocore.exceptions import ClientError

from configuration.ports import SHOWN, TakenError
from configuration.version import ConfigurationVersion
from kernel.items import CONDITION, plain, refusals, typed
from kernel.observability import client


class DynamoVersions:
    """The `Versions` port on one table."""

    def __init__(self, table: str) -> None:
        self._table = table

    def newest(self, count: int = SHOWN) -> list[ConfigurationVersion]:
        found = client("dynamodb").query(
            TableName=self._table,
            KeyConditionExpression="configScope = :scope",
            ExpressionAttributeValues={":scope": {"S": "global"}},
            ScanIndexForward=False,
            ConsistentRead=True,
            Limit=count,
        )["Items"]
        # A version may have been made by a later release, which knew more.
        return [ConfigurationVersion.model_validate(plain(item), extra="ignore") for item in found]

    def add(self, version: ConfigurationVersion) -> None:
        try:
            client("dynamodb").put_item(
                TableName=self._table,
                Item=typed(version.model_dump(mode="json", by_alias=True)),
                ConditionExpression="attribute_not_exists(configScope)",
            )
        except ClientError as error:
            if CONDITION in refusals(error):
                raise TakenError from None
            raise
