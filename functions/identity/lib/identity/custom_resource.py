"""CloudFormation's custom resources: it asks a function, and waits for an answer at an address."""

import json
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from kernel.observability import Entry, Event, logger, observed

PATIENCE = 10.0
# What CloudFormation keeps of a reason, with room for the rest of an answer of 4 KB.
LONGEST_REASON = 1000


@dataclass(frozen=True)
class Request:
    """What is asked: to make or change the resource, or to remove the one of `physical_id`."""

    removes: bool
    physical_id: str


def custom_resource[Wish: BaseModel](
    reads: type[Wish],
) -> Callable[[Callable[[Request, Wish], str]], Entry]:
    """Make a function a custom resource: it returns the resource's id. It must be safe to repeat.

    Whatever happens, CloudFormation gets an answer: without one it waits for an hour.
    """

    def decorate(function: Callable[[Request, Wish], str]) -> Entry:
        def handler(event: Event, context: Any) -> None:
            request = Request(event["RequestType"] == "Delete", event.get("PhysicalResourceId", ""))
            try:
                made = function(request, reads.model_validate(event["ResourceProperties"]))
            except Exception as error:  # noqa: BLE001
                # The boundary: the stack shows the kind of failure, the log its trace.
                logger.exception("custom resource not made")
                _answer(event, "FAILED", request.physical_id or "none", type(error).__name__)
            else:
                _answer(event, "SUCCESS", made, "")

        return observed(handler)

    return decorate


def _answer(event: Event, status: str, physical_id: str, reason: str) -> None:
    copied = ("StackId", "RequestId", "LogicalResourceId")
    document = {name: event[name] for name in copied} | {
        "Status": status,
        "PhysicalResourceId": physical_id,
        "Reason": f"{reason}; the function's log says more."[:LONGEST_REASON] if reason else "",
    }
    # CloudFormation signed the address for a body of no type.
    request = urllib.request.Request(  # noqa: S310
        event["ResponseURL"],
        data=json.dumps(document).encode(),
        headers={"Content-Type": ""},
        method="PUT",
    )
    with urllib.request.urlopen(request, timeout=PATIENCE) as reply:  # noqa: S310
        reply.read()
