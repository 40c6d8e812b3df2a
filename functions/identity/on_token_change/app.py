"""When tokens change, even by hand, every gateway replica learns it. Safe to repeat."""

from typing import Any

from identity.wiring import registry
from kernel.observability import observed


@observed
def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    # One version for the whole batch: it succeeds or fails, and is repeated, as one.
    registry().bump_tokens()
    return {"batchItemFailures": []}
