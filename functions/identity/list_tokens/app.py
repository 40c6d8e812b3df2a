"""GET /api-tokens: the caller's tokens; for administrators everybody's, or one user's."""

from typing import Any

from identity.managing import listed
from identity.payload import ListTokens
from identity.wiring import book
from kernel.clock import now
from kernel.http import Caller, api


@api(role="user", query=ListTokens)
def handler(query: ListTokens, caller: Caller) -> dict[str, Any]:
    return listed(book(), query, caller, now().timestamp())
