"""Who may make an API token, with what rights, and for how long."""

import secrets
import string
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from itertools import islice

from identity.api_token import ApiToken, NewTokenView
from identity.faults import TooManyTokensError
from identity.payload import CreateToken, CreateTokenFor
from identity.ports import TokenBook
from identity.tokens import digest
from kernel.faults import ForbiddenError, ValidationError
from kernel.http import Caller
from kernel.ids import new_id

DAY = 86_400
USUAL_SECONDS = 90 * DAY
MOST_SECONDS = 365 * DAY
# Of one user: tokens that are good, and rows in all, since expired ones stay until removed.
MOST_LIVE = 50
MOST_KEPT = 500
# By this secret scanners know one of ours: \blisa_[0-9A-Za-z]{43}\b. 43 of 62 are 256 bits.
PREFIX = "lisa_"
LETTERS = string.digits + string.ascii_letters
LENGTH = 43
OURSELVES_ONLY = "Sign in to make, see, change or revoke tokens; a token cannot do it."


@dataclass(frozen=True)
class Issued:
    """A new token and its secret, which is nowhere but here: it is shown once and never kept."""

    token: ApiToken
    secret: str = field(repr=False)

    def view(self, now: float) -> NewTokenView:
        return {"token": self.secret, **self.token.view(now)}


def require_sign_in(caller: Caller) -> None:
    """Refuse holders of API tokens: one that leaked must not outlive itself by making another."""
    if not caller.signed_in:
        raise ForbiddenError("This was asked for with an API token.", fix=OURSELVES_ONLY)


def issue(
    book: TokenBook, wish: CreateToken, caller: Caller, now: float, powerful: Collection[str]
) -> Issued:
    """Make a token for the caller, of the groups that are asked for; Fault if it may not be.

    Without a word about groups it is of all of the caller's that are not `powerful`.
    """
    require_sign_in(caller)
    if wish.groups is None:
        # To administer is asked for by name, never given along with the rest.
        groups = tuple(group for group in caller.groups if group not in powerful)
    else:
        require_membership(caller, wish.groups)
        groups = tuple(wish.groups)
    return _add(book, _draft(wish, caller.username, groups, caller, now), now)


def issue_for(
    book: TokenBook, wish: CreateTokenFor, username: str, caller: Caller, now: float
) -> Issued:
    """Make a token for anybody, with any groups; the caller is an administrator."""
    require_sign_in(caller)
    if not 0 < len(username) <= 256 or not username.isprintable():
        raise ValidationError([{"field": "username", "message": "must be 1 to 256 characters"}])
    issued = _draft(wish, username, tuple(wish.groups or ()), caller, now)
    system = replace(issued.token, system=wish.is_system_token)
    return _add(book, replace(issued, token=system), now)


def require_membership(caller: Caller, groups: Iterable[str]) -> None:
    """Refuse groups that are not the caller's own; an administrator may give any."""
    foreign = sorted(set(groups) - set(caller.groups))
    if foreign and not caller.admin:
        raise ForbiddenError(
            f"You are no member of {', '.join(foreign[:3])}, so your token cannot be.",
            fix="Leave out what is not yours, or ask an administrator to make the token.",
        )


def require_end(expires_at: int | None, caller: Caller, now: float) -> None:
    """Refuse an end that is too far away; an administrator may give any, and none."""
    if caller.admin:
        return
    if expires_at is None or expires_at > now + MOST_SECONDS:
        raise ForbiddenError(
            f"A token of yours lasts {MOST_SECONDS // DAY} days at most.",
            fix="Choose an earlier tokenExpiration, or ask an administrator to make the token.",
        )


def new_secret() -> str:
    """Return what nobody can guess, in the shape that all of our tokens have."""
    return PREFIX + "".join(secrets.choice(LETTERS) for _ in range(LENGTH))


def _draft(
    wish: CreateToken, username: str, groups: tuple[str, ...], caller: Caller, now: float
) -> Issued:
    secret = new_secret()
    return Issued(
        ApiToken(
            key=digest(secret),
            token_id=new_id(),
            name=wish.name,
            username=username,
            groups=tuple(sorted(set(groups))),
            models=None if wish.models is None else tuple(sorted(set(wish.models))),
            expires_at=_end(wish, caller, now),
            created_at=int(now),
            created_by=caller.username,
        ),
        secret,
    )


def _end(wish: CreateToken, caller: Caller, now: float) -> int | None:
    if not wish.says_when:
        return int(now) + USUAL_SECONDS
    if wish.token_expiration is not None and wish.token_expiration <= now:
        raise ValidationError([{"field": "tokenExpiration", "message": "must be in the future"}])
    require_end(wish.token_expiration, caller, now)
    return wish.token_expiration


def _add(book: TokenBook, issued: Issued, now: float) -> Issued:
    # Requests at the same moment may all pass: the limit is against heaps, not against one more.
    kept = list(islice(book.of(issued.token.username), MOST_KEPT))
    live = [token for token in kept if not token.expired(now)]
    for found, most in ((live, MOST_LIVE), (kept, MOST_KEPT)):
        if len(found) >= most:
            raise TooManyTokensError(issued.token.username, most)
    book.add(issued.token)
    return issued
