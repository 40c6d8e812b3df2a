"""DELETE /api-tokens/{tokenUUID}: revoke a token, everywhere within a second."""

from identity.api_token import RevocationAnswer
from identity.managing import found, revoke
from identity.wiring import book, registry
from kernel.http import Caller, api


@api(role="user")
def handler(caller: Caller, subject: str) -> RevocationAnswer:
    token = found(book(), subject, caller)
    revoke(book(), registry(), token)
    return {"message": "The token has been revoked.", "tokenUUID": token.token_id}
