"""The days' figures in DynamoDB: a batch comes with its mark in one transaction, so once."""

import random
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from itertools import batched

from botocore.exceptions import ClientError

from kernel.clock import Clock, now
from kernel.items import CONDITION, CONFLICT, Item, refusals
from kernel.observability import client
from usage.adapters.items import EXPIRES, addition, query, row, texts
from usage.booking import Row
from usage.errors import Busy, TooMuchUsageError
from usage.question import Part, Question

# A transaction takes a hundred items, and one of them is its mark.
MOST_IN_TRANSACTION = 99
# Longer than a message lives in the queue and then in the queue of those that failed.
MARK_DAYS = 30
# A gateway sends once a second, whatever its load, so who meets another at a row waits for little.
TRIES = 8
FIRST_PAUSE = 0.05
# Reading more takes longer than API Gateway waits.
MOST_ROWS = 50_000
PASSING = frozenset({CONFLICT, "ThrottlingError", "ProvisionedThroughputExceeded"})
NO_REASON = "None"


class DynamoLedger:
    """The `Ledger` port on one table."""

    def __init__(
        self,
        table: str,
        retention_days: int,
        clock: Clock = now,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._table = table
        self._retention = timedelta(days=retention_days)
        self._clock = clock
        self._sleep = sleep

    def add(self, batch: str, rows: Sequence[Row]) -> None:
        for number, some in enumerate(batched(rows, MOST_IN_TRANSACTION)):
            additions = [{"Update": self._here(addition(one, self._retention))} for one in some]
            self._commit([self._mark(f"{batch}#{number}"), *additions])

    def read(self, question: Question, part: Part) -> Iterator[Row]:
        pages = client("dynamodb").get_paginator("query")
        count = 0
        for page in pages.paginate(**self._here(query(question, part))):
            count += len(page["Items"])
            if count > MOST_ROWS:
                raise TooMuchUsageError(MOST_ROWS)
            yield from map(row, page["Items"])

    def _here(self, parameters: Item) -> Item:
        return {"TableName": self._table, **parameters}

    def _mark(self, name: str) -> Item:
        until = int((self._clock() + timedelta(days=MARK_DAYS)).timestamp())
        item = texts(pk=f"batch#{name}", sk="added") | {EXPIRES: {"N": str(until)}}
        new = "attribute_not_exists(pk)"
        return {"Put": self._here({"Item": item, "ConditionExpression": new})}

    def _commit(self, changes: list[Item]) -> None:
        """All of them, or none because the mark is there: then it has been done before."""
        for attempt in range(TRIES):
            try:
                client("dynamodb").transact_write_items(TransactItems=changes)
                return
            except ClientError as error:
                reasons = [reason for reason in refusals(error) if reason != NO_REASON]
                # The mark comes first, and is all that has a condition.
                if reasons[:1] == [CONDITION]:
                    return
                if not reasons or not PASSING.issuperset(reasons):
                    raise
            # By chance, so that two who met do not meet again.
            self._sleep(FIRST_PAUSE * 2**attempt * random.uniform(0.5, 1))  # noqa: S311
        raise Busy
