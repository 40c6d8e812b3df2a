"""Changes of a table, read from its stream once more, in the form in which Lambda gives them."""

import base64
import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from operations.redrive.letters import Changes


def changes(client: Any, letter: Changes) -> list[dict[str, Any]]:
    """Return the records; a ClientError (TrimmedDataAccessException) once they are gone."""
    found: list[dict[str, Any]] = []
    for record in _from(client, letter):
        found.append(json.loads(json.dumps(record, default=_plain)))
        if int(record["dynamodb"]["SequenceNumber"]) >= int(letter.last):
            break
    return [one | {"eventSourceARN": letter.stream} for one in found]


def _from(client: Any, letter: Changes) -> Iterator[Any]:
    iterator: str | None = client.get_shard_iterator(
        StreamArn=letter.stream,
        ShardId=letter.shard,
        ShardIteratorType="AT_SEQUENCE_NUMBER",
        SequenceNumber=letter.first,
    )["ShardIterator"]
    while iterator:
        page = client.get_records(ShardIterator=iterator)
        yield from page["Records"]
        iterator = page.get("NextShardIterator") if page["Records"] else None


def _plain(value: Any) -> Any:
    return value.timestamp() if isinstance(value, datetime) else base64.b64encode(value).decode()
