"""Who sees, changes and revokes which API token."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

from identity.api_token import ApiToken, TokensAnswer, page
from identity.faults import TokenNotFoundError
from identity.issuing import require_end, require_membership, require_sign_in
from identity.payload import ListTokens, UpdateToken
from identity.ports import Registry, TokenBook
from kernel.faults import ForbiddenError
from kernel.http import Caller


def listed(book: TokenBook, wish: ListTokens, caller: Caller, now: float) -> TokensAnswer:
    """Return a page of the caller's tokens; to administrators of everybody's, or of one user's."""
    require_sign_in(caller)
    if caller.admin:
        tokens = book.all() if wish.username is None else book.of(wish.username)
    elif wish.username in (None, caller.username):
        tokens = book.of(caller.username)
    else:
        raise ForbiddenError("Only administrators see the tokens of others.")
    shown, mark = page(tokens, wish.limit, wish.next_token)
    return {"tokens": [token.view(now) for token in shown], "nextToken": mark}


def found(book: TokenBook, token_id: str, caller: Caller) -> ApiToken:
    """Return a token of the caller's, any for administrators; else it does not exist."""
    require_sign_in(caller)
    for token in _within_reach(book, caller):
        if token.token_id == token_id:
            # An index may lag behind the table.
            return book.fresh(token)
    raise TokenNotFoundError


def amended(was: ApiToken, wish: UpdateToken, caller: Caller, now: float) -> ApiToken:
    """Return a token with another name or end; Fault if the caller may not move it there."""
    token = was if wish.name is None else replace(was, name=wish.name)
    if not wish.says_when:
        return token
    _require_move(was, wish.token_expiration, caller, now)
    return replace(token, expires_at=wish.token_expiration)


def keep(book: TokenBook, registry: Registry, was: ApiToken, token: ApiToken) -> None:
    """Store a changed token, and tell the gateways at once.

    The table's stream tells them, too, but it may take more than the second that we promise.
    """
    book.replace(was, token)
    registry.bump_tokens()


def revoke(book: TokenBook, registry: Registry, token: ApiToken) -> None:
    """Remove a token, and tell the gateways at once."""
    book.remove(token)
    registry.bump_tokens()


def _within_reach(book: TokenBook, caller: Caller) -> Iterator[ApiToken]:
    yield from chain(book.of(caller.username), book.all() if caller.admin else ())


def _require_move(was: ApiToken, until: int | None, caller: Caller, now: float) -> None:
    """Refuse to give a token more time than its owner could give a new one."""
    sooner = until is not None and (was.expires_at is None or until <= was.expires_at)
    if caller.admin or sooner:
        return
    if was.expired(now):
        raise ForbiddenError("The token has expired for good.", fix="Make a new one.")
    require_end(until, caller, now)
    require_membership(caller, was.groups)
