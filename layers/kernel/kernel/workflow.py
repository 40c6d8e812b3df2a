"""A workflow's step: typed input in, plain JSON out; Retry and Catch read a Fault by its class."""

import json
from collections.abc import Callable
from typing import Any

from pydantic import BaseModel, Field

from kernel.observability import Entry, Event, logger, observed


def step[Given: BaseModel](
    reads: type[Given],
) -> Callable[[Callable[[Given], BaseModel | dict[str, Any] | None]], Entry]:
    """Make a function one step of a state machine. It must be safe to repeat."""

    def decorate(function: Callable[[Given], BaseModel | dict[str, Any] | None]) -> Entry:
        def handler(event: Event, context: Any) -> dict[str, Any] | None:
            logger.append_keys(execution=event.get("execution"))
            result = function(reads.model_validate(event))
            return result.model_dump(mode="json") if isinstance(result, BaseModel) else result

        entry = observed(handler)
        entry.reads = reads  # type: ignore[attr-defined]
        return entry

    return decorate


class Caught(BaseModel):
    """An error as Step Functions hands it to a Catch: a class's name, or one of its own."""

    error: str = Field(alias="Error")
    cause: str = Field(alias="Cause", default="")

    @property
    def text(self) -> str:
        """Return what the function's exception said: of a Fault the message, a line, the fix."""
        return str(json.loads(self.cause)["errorMessage"])
