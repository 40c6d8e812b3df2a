"""GET /api-tokens: the caller's tokens; for administrators everybody's, or one user's."""

from identity.api_token import TokensAnswer
from identity.managing import listed
from identity.payload import ListTokens
from identity.wiring import book
from kernel.clock import now
from kernel.http import Caller, api


@api(role="user", query=ListTokens)
def handler(query: ListTokens, caller: Caller) -> TokensAnswer:
    return listed(book(), query, caller, now().timestamp())
