"""The sentences under a service's `events`, newest first, as DescribeServices shows them."""

from typing import Any

from ministack.core.responses import new_uuid, now_iso

KEPT = 100


def note(service: dict[str, Any], sentence: str) -> None:
    """Put one sentence on top."""
    event = {
        "id": new_uuid(),
        "createdAt": now_iso(),
        "message": f"(service {service['serviceName']}) {sentence}.",
    }
    service["events"] = [event, *service.get("events", [])][:KEPT]


def short(task: dict[str, Any]) -> str:
    """A task as events name it."""
    return f"(task {task['taskArn'].rsplit('/', 1)[-1]})"
