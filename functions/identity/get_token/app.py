"""GET /api-tokens/{tokenUUID}: one token, without the token."""

from identity.api_token import TokenView
from identity.managing import found
from identity.wiring import book
from kernel.clock import now
from kernel.http import Caller, api


@api(role="user")
def handler(caller: Caller, subject: str) -> TokenView:
    return found(book(), subject, caller).view(now().timestamp())
