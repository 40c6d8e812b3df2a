"""A queue's messages: typed, handled one by one, and only those that failed come again."""

from collections.abc import Callable
from typing import Any

from pydantic import BaseModel

from kernel.observability import Entry, Event, logger, observed


def on_message[Message: BaseModel](
    *, reads: type[Message]
) -> Callable[[Callable[[Message], None]], Entry]:
    """Make a function the reader of a queue's JSON messages. It must be safe to repeat."""

    def decorate(function: Callable[[Message], None]) -> Entry:
        def handler(event: Event, context: Any) -> dict[str, Any]:
            failed = [
                {"itemIdentifier": record["messageId"]}
                for record in event["Records"]
                if not _handled(record, reads, function)
            ]
            return {"batchItemFailures": failed}

        return observed(handler)

    return decorate


def _handled[Message: BaseModel](
    record: Event, reads: type[Message], function: Callable[[Message], None]
) -> bool:
    try:
        function(reads.model_validate_json(record["body"]))
    except Exception:  # noqa: BLE001
        # The boundary: the queue brings it again, and at last keeps it apart.
        logger.exception("message not handled", message_id=record["messageId"])
        return False
    return True
