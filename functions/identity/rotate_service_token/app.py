"""Secrets Manager asks for a new token of one of our services, step by step. Safe to repeat."""

from typing import Any

from identity.rotation import Rotation, rotate
from identity.wiring import book, secrets
from kernel.clock import now
from kernel.observability import observed


@observed
def handler(event: dict[str, Any], context: Any) -> None:
    rotate(book(), secrets(), Rotation.model_validate(event), now().timestamp())
