"""A token of one of our own services: a row like any other, of a secret that nobody types. Pure."""

import re
from contextlib import suppress
from dataclasses import replace

from pydantic import BaseModel, ConfigDict, Field

from identity.api_token import ApiToken
from identity.faults import TokenNotFoundError
from identity.ports import TokenBook
from identity.tokens import digest

# Half of the hash of a hash: it names the token, and tells neither it nor its place in the table.
NAME_LENGTH = 32
# How long a token that was replaced is still let in: services read theirs anew every five minutes,
# and what one of them asks of the gateway meanwhile takes no more than fifteen.
OVERLAP = 3600
# The ARN of a secret ends with six letters of AWS's own.
SECRET = re.compile(r":secret:[^:/]+/service-tokens/([a-z]{1,40})-[A-Za-z0-9]{6}$")


class ServiceToken(BaseModel):
    """The secret that holds it."""

    model_config = ConfigDict(frozen=True)

    secret_id: str = Field(alias="SecretId")


def service_of(secret_arn: str) -> str:
    """Return whose token a secret holds, who is a group of its own; ValueError if no service's.

    A secret cannot be renamed, so nobody who may change one becomes another service by it.
    """
    named = SECRET.search(secret_arn)
    if named is None:
        raise ValueError("The secret is not called <deployment>/service-tokens/<service>.")
    return f"lisa-{named[1]}"


def granted(book: TokenBook, username: str, secret: str, now: float) -> ApiToken:
    """Let the secret in under the service's name, without an end. Safe to repeat."""
    token = _token(username, secret, now)
    try:
        found = book.fresh(token)
    except TokenNotFoundError:
        book.add(token)
        return token
    if found.expires_at is not None:
        book.replace(found, token)
    return token


def superseded(book: TokenBook, current: ApiToken, now: float) -> None:
    """Let the service's other tokens in for a while yet, and forget those that ended.

    Safe to repeat: an end that is set stays.
    """
    for token in list(book.of(current.username)):
        if token.token_id == current.token_id:
            continue
        if token.expired(now):
            _forget(book, token)
        elif token.expires_at is None:
            book.replace(token, replace(token, expires_at=int(now) + OVERLAP))


def withdrawn(book: TokenBook, username: str) -> None:
    """Let the service in no more, by whatever token. Safe to repeat."""
    for token in list(book.of(username)):
        _forget(book, token)


def _forget(book: TokenBook, token: ApiToken) -> None:
    with suppress(TokenNotFoundError):
        book.remove(token)


def _token(username: str, secret: str, now: float) -> ApiToken:
    key = digest(secret)
    return ApiToken(
        key=key,
        token_id=digest(key)[:NAME_LENGTH],
        name="service",
        username=username,
        groups=(username,),
        models=None,
        expires_at=None,
        created_at=int(now),
        created_by=username,
        system=True,
    )
