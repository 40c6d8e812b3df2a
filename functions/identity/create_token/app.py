"""POST /api-tokens: a token for the caller. The answer shows it, and nothing will again."""

from identity.api_token import NewTokenView
from identity.issuing import issue
from identity.payload import CreateToken
from identity.settings import settings
from identity.switching import require_own_tokens
from identity.wiring import book, switches
from kernel.clock import now
from kernel.http import Caller, api


@api(role="user", body=CreateToken)
def handler(command: CreateToken, caller: Caller) -> NewTokenView:
    require_own_tokens(switches(), caller)
    at = now().timestamp()
    powerful = (settings().admin_group, settings().rag_admin_group)
    return issue(book(), command, caller, at, powerful).view(at)
