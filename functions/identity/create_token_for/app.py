"""POST /api-tokens/{username}: a token for somebody else, or for a program."""

from identity.api_token import NewTokenView
from identity.issuing import issue_for
from identity.payload import CreateTokenFor
from identity.wiring import book
from kernel.clock import now
from kernel.http import Caller, api


@api(role="admin", body=CreateTokenFor)
def handler(command: CreateTokenFor, caller: Caller, subject: str) -> NewTokenView:
    at = now().timestamp()
    return issue_for(book(), command, subject, caller, at).view(at)
