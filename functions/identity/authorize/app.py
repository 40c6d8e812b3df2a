"""The REST API's authorizer: who is calling, by sign-in token or API token."""

from typing import Any

from identity.domain import Policy
from identity.wiring import door


def handler(event: dict[str, Any], context: object) -> Policy:
    return door().admit(event)
