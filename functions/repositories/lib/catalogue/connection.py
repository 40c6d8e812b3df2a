"""How a repository's database is reached. Pure; no password is ever here, only a secret's name."""

import re
from ipaddress import IPv4Address
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from catalogue.base import Payload

# Browsers and resolvers read such a last label as a number, and the whole as an IPv4 address.
_NUMBER = re.compile(r"\d+|0[xX][0-9a-fA-F]*")


def _no_credentials(host: str) -> str:
    """The host, unless it is an address where machines get credentials, however it is spelled."""
    if not _NUMBER.fullmatch(host.rpartition(".")[2]):
        return host
    try:
        address = IPv4Address(host)
    except ValueError:
        raise ValueError("an IP address must be four decimal numbers, such as 10.0.0.9") from None
    if address.is_link_local or address.is_multicast or address.is_unspecified:
        raise ValueError("a link-local address must not be named: there is no database")
    return host


type Host = Annotated[
    str,
    StringConstraints(pattern=r"^[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[a-z0-9])?$"),
    AfterValidator(_no_credentials),
]
type SqlName = Annotated[str, StringConstraints(pattern=r"^[A-Za-z_][A-Za-z0-9_-]{0,62}$")]
type SecretName = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9/_+=.@!-]{1,512}$")]
_ENDPOINT = re.compile(r"https://[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[a-z0-9])?(:\d{1,5})?/?")
# The user that IAM may sign in, everywhere: this is what the functions' policy names.
IAM_USER = "lisa"


class RdsConfig(Payload):
    """A PostgreSQL that is there, with the vector extension.

    With `passwordSecretId` the user signs in by the password in that secret; without, by a token
    that IAM signs. `tls` may `verify` who answers, or be `off` for a database on this machine.
    """

    db_host: Host
    db_port: Annotated[int, Field(ge=1, le=65535)] = 5432
    db_name: SqlName = "postgres"
    username: SqlName = "postgres"
    password_secret_id: SecretName | None = None
    tls: Literal["require", "verify", "off"] = "require"

    @model_validator(mode="after")
    def _a_user_that_iam_may_sign_in(self) -> Self:
        if self.password_secret_id is None and not self.username.startswith(IAM_USER):
            raise ValueError(
                "without passwordSecretId the user signs in by IAM, which may do so for users"
                f" whose name begins with {IAM_USER}: name such a user, or a secret"
            )
        return self


class OpenSearchConfig(Payload):
    """An OpenSearch domain or Serverless collection that is there, by https.

    IAM signs requests to it, unless there is a user with a password in a secret. `engine` is of
    the index of vectors.
    """

    endpoint: Annotated[str, StringConstraints(max_length=300)]
    username: SqlName | None = None
    password_secret_id: SecretName | None = None
    engine: Literal["faiss", "lucene"] = "faiss"

    @model_validator(mode="after")
    def _an_address(self) -> Self:
        if not _ENDPOINT.fullmatch(self.endpoint):
            raise ValueError("endpoint must be https:// and a host, without path, user or query")
        _no_credentials(urlsplit(self.endpoint).hostname or "")
        if (self.username is None) != (self.password_secret_id is None):
            raise ValueError("username and passwordSecretId come together, or neither does")
        return self

    @property
    def serverless(self) -> bool:
        """Return whether it is a Serverless collection, as every partition names them."""
        return "aoss" in (urlsplit(self.endpoint).hostname or "").split(".")
