"""PUT /api-tokens/{tokenUUID}: rename a token, or let it end sooner or later."""

from identity.api_token import TokenView
from identity.managing import amended, found, keep
from identity.payload import UpdateToken
from identity.wiring import book, registry
from kernel.clock import now
from kernel.http import Caller, api


@api(role="user", body=UpdateToken)
def handler(command: UpdateToken, caller: Caller, subject: str) -> TokenView:
    at = now().timestamp()
    token = found(book(), subject, caller)
    changed = amended(token, command, caller, at)
    keep(book(), registry(), token, changed)
    return changed.view(at)
