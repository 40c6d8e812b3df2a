"""Sessions and messages in DynamoDB: a message comes with what it adds, in one transaction."""

import json
import random
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from itertools import batched
from typing import Any

from botocore.exceptions import ClientError

from kernel.items import CONDITION, CONFLICT, Item, refusals
from kernel.observability import client
from sessions.adapters import items
from sessions.errors import SessionBusyError
from sessions.message import Message
from sessions.ports import Change, LostRaceError, Place
from sessions.session import Growth, Remains, Session

# What one call of DynamoDB removes.
BATCH = 25
# Two tabs meet for some hundredths of a second; throttling passes within a second or two.
TRIES = 8
FIRST_PAUSE = 0.03
PASSING = frozenset({CONFLICT, "ThrottlingError", "ProvisionedThroughputExceeded"})
NO_REASON = "None"
_NEW = {"ConditionExpression": "attribute_not_exists(pk)"}


class DynamoSessions:
    """The `Sessions` port on one table, every read of which is consistent."""

    def __init__(
        self, table: str, session_days: int, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self._table = table
        self._days = session_days
        self._sleep = sleep
        self._dynamo = client("dynamodb")

    def get(self, owner: str, session_id: str) -> Session | None:
        found = self._item(items.session_key(owner, self._history(owner), session_id))
        return items.session(found) if found else None

    def latest(self, owner: str, size: int, after: Place | None) -> list[Session]:
        history = self._history(owner)
        begin = {"ExclusiveStartKey": items.place_key(owner, history, after)} if after else {}
        reply = self._dynamo.query(
            TableName=self._table,
            IndexName=items.LATEST,
            KeyConditionExpression="pk = :pk",
            ExpressionAttributeValues={":pk": {"S": items.history_pk(owner, history)}},
            ScanIndexForward=False,
            ConsistentRead=True,
            Limit=size,
            **begin,
        )
        return [items.session(item) for item in reply["Items"]]

    def add(self, session: Session, messages: Sequence[Message]) -> None:
        history = self._history(session.owner)
        here = session.model_copy(update={"history": history})
        item = items.session_item(here, self._expiry(datetime.fromisoformat(session.last_updated)))
        writes = [self._unless_cleared(here), self._write("Put", Item=item, **_NEW)]
        self._commit(writes + self._puts(here, messages))

    def append(
        self, session: Session, messages: Sequence[Message], more: Growth, *, in_line: bool = False
    ) -> None:
        grown = items.growing(session, more, self._expiry(more.at), in_line=in_line)
        self._commit([self._write("Update", **grown), *self._puts(session, messages)])

    def replace(
        self, session: Session, was: Message, now: Message, more: Growth | None = None
    ) -> None:
        put = self._write(
            "Put",
            Item=items.message_item(session.contents, now),
            ConditionExpression="#revision = :revision",
            ExpressionAttributeNames={"#revision": "revision"},
            ExpressionAttributeValues={":revision": {"N": str(was.revision)}},
        )
        grown = items.growing(session, more, self._expiry(more.at)) if more else None
        self._commit([put, *([self._write("Update", **grown)] if grown else [])])

    def change(self, session: Session, change: Change) -> None:
        writes = [self._write("Update", **items.saying(session, change))]
        if change.configuration is not None:
            place = items.key(items.contents_pk(session.contents), items.CONFIGURATION)
            writes.append(self._write("Put", Item=place | {"body": {"S": change.configuration}}))
        self._commit(writes)

    def configuration(self, session: Session) -> Mapping[str, Any]:
        found = self._item(items.key(items.contents_pk(session.contents), items.CONFIGURATION))
        return dict(json.loads(found["body"]["S"])) if found else {}

    def messages(
        self,
        session: Session | Remains,
        after: str | None = None,
        *,
        newest_first: bool = False,
    ) -> Iterator[Message]:
        pages = self._pages(
            ScanIndexForward=not newest_first,
            KeyConditionExpression="pk = :pk AND sk > :after",
            ExpressionAttributeValues={
                ":pk": {"S": items.contents_pk(session.contents)},
                ":after": {"S": after or items.FIRST_MESSAGE},
            },
        )
        yield from map(items.message, pages)

    def some(self, session: Session, message_ids: Collection[str]) -> dict[str, Message]:
        pk = items.contents_pk(session.contents)
        wanted = {"Keys": [items.key(pk, one) for one in sorted(set(message_ids))]}
        asked = {self._table: wanted | {"ConsistentRead": True}} if message_ids else {}
        found: dict[str, Message] = {}
        while asked:
            reply = self._dynamo.batch_get_item(RequestItems=asked)
            for item in reply["Responses"].get(self._table, []):
                found[item["sk"]["S"]] = items.message(item)
            asked = reply.get("UnprocessedKeys", {})
        return found

    def remove(self, session: Session) -> None:
        # Gone, or another by now, which nobody asked to remove.
        with suppress(LostRaceError):
            self._patiently(
                self._dynamo.delete_item,
                TableName=self._table,
                Key=items.key_of(session),
                **items.still(session),
            )

    def forget(self, owner: str) -> None:
        self._patiently(
            self._dynamo.update_item, TableName=self._table, **items.next_history(owner)
        )

    def sweep(self, contents: str) -> None:
        self._sweep(items.contents_pk(contents))

    def sweep_history(self, owner: str, history: int) -> None:
        if history < self._history(owner):
            self._sweep(items.history_pk(owner, history))

    def _sweep(self, pk: str) -> None:
        keys = self._pages(
            KeyConditionExpression="pk = :pk",
            ExpressionAttributeValues={":pk": {"S": pk}},
            ProjectionExpression="pk, sk",
        )
        for batch in batched(keys, BATCH):
            requests = [{"DeleteRequest": {"Key": key}} for key in batch]
            while requests:
                reply = self._dynamo.batch_write_item(RequestItems={self._table: requests})
                requests = reply.get("UnprocessedItems", {}).get(self._table, [])
                if requests:
                    self._sleep(FIRST_PAUSE)

    def _history(self, owner: str) -> int:
        found = self._item(items.history_key(owner))
        return int(found["history"]["N"]) if found else 0

    def _unless_cleared(self, session: Session) -> Item:
        """What makes sure that nobody removes all sessions while one is made."""
        condition: Item = {"ConditionExpression": "attribute_not_exists(pk)"}
        if session.history:
            condition = {
                "ConditionExpression": "#history = :history",
                "ExpressionAttributeNames": {"#history": "history"},
                "ExpressionAttributeValues": {":history": {"N": str(session.history)}},
            }
        key = items.history_key(session.owner)
        return self._write("ConditionCheck", Key=key, **condition)

    def _puts(self, session: Session, messages: Sequence[Message]) -> list[Item]:
        new = (items.message_item(session.contents, one) for one in messages)
        return [self._write("Put", Item=item, **_NEW) for item in new]

    def _write(self, kind: str, **parameters: Any) -> Item:
        return {kind: {"TableName": self._table, **parameters}}

    def _expiry(self, at: datetime) -> int | None:
        return items.expiry(at, self._days)

    def _item(self, key: Item) -> Item | None:
        reply = self._dynamo.get_item(TableName=self._table, Key=key, ConsistentRead=True)
        found: Item | None = reply.get("Item")
        return found

    def _pages(self, **asked: Any) -> Iterator[Item]:
        pages = self._dynamo.get_paginator("query")
        for page in pages.paginate(TableName=self._table, ConsistentRead=True, **asked):
            yield from page["Items"]

    def _commit(self, writes: list[Item]) -> None:
        """All of them or none."""
        self._patiently(self._dynamo.transact_write_items, TransactItems=writes)

    def _patiently(self, write: Callable[..., object], **parameters: Any) -> None:
        """Write; who meets another at a row waits for it."""
        for attempt in range(TRIES):
            try:
                write(**parameters)
                return
            except ClientError as error:
                reasons = {reason for reason in refusals(error) if reason != NO_REASON}
                if CONDITION in reasons:
                    raise LostRaceError from None
                if not reasons or not reasons <= PASSING:
                    raise
            # By chance, so that two who met do not meet again.
            self._sleep(FIRST_PAUSE * 2**attempt * random.uniform(0.5, 1))  # noqa: S311
        raise SessionBusyError
