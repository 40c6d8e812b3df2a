"""The composition root: the only module that knows adapters, and loads each when first needed."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING

from usage.settings import Settings

if TYPE_CHECKING:
    from usage.ports import Ledger

_placed: "list[Ledger]" = []


@contextmanager
def use(ledger: "Ledger") -> Iterator[None]:
    """Place another implementation for a while: how tests run the functions without AWS."""
    _placed.append(ledger)
    try:
        yield
    finally:
        _placed.pop()


def ledger() -> "Ledger":
    """Return the table of usage."""
    return _placed[-1] if _placed else of_dynamo()


@cache
def of_dynamo() -> "Ledger":
    """Return the one in DynamoDB, made once."""
    from usage.adapters.dynamo import DynamoLedger

    settings = Settings.load()
    return DynamoLedger(settings.usage_table, settings.retention_days)
