"""A token of one of our own services: a row like any other, of a secret that nobody types. Pure."""

from contextlib import suppress

from pydantic import BaseModel, ConfigDict, Field

from identity.api_token import ApiToken
from identity.faults import TokenNotFoundError
from identity.ports import TokenBook
from identity.tokens import digest

# Half of the hash of a hash: it names the token, and tells neither it nor its place in the table.
NAME_LENGTH = 32


class ServiceToken(BaseModel):
    """Whose token it is, and the secret that holds it."""

    model_config = ConfigDict(frozen=True)

    secret_id: str = Field(alias="SecretId", min_length=1)
    username: str = Field(alias="Username", pattern=r"^lisa-[a-z]{1,40}$")


def granted(book: TokenBook, wish: ServiceToken, secret: str, now: float) -> str:
    """Let the secret in under the service's name, and return the token's id. Safe to repeat."""
    key = digest(secret)
    token = ApiToken(
        key=key,
        token_id=digest(key)[:NAME_LENGTH],
        name="service",
        username=wish.username,
        groups=(wish.username,),
        models=None,
        expires_at=None,
        created_at=int(now),
        created_by=wish.username,
        system=True,
    )
    try:
        book.fresh(token)
    except TokenNotFoundError:
        book.add(token)
    return token.token_id


def withdrawn(book: TokenBook, username: str, token_id: str) -> None:
    """Let the token of that id in no more; one that is not there is as good. Safe to repeat."""
    for token in list(book.of(username)):
        if token.token_id == token_id:
            with suppress(TokenNotFoundError):
                book.remove(token)
