"""People and the token, made in the deployment that the environment points to."""

from dataclasses import dataclass

import boto3

from local.seed.keepsake import Keepsake
from local.seed.people import People, password_for
from local.seed.tokens import ensure_token

# The root template's default.
ADMIN_GROUP = "lisa-admins"


@dataclass(frozen=True)
class SignIn:
    """One person's way in."""

    username: str
    password: str
    id_token: str


@dataclass(frozen=True)
class Access:
    """Everything a client needs to be let in."""

    admin: SignIn
    user: SignIn
    token: str


def ensure_access(outputs: dict[str, str], keepsake: Keepsake) -> Access:
    """Make what is missing and sign both people in."""
    cognito = boto3.client("cognito-idp")
    pool = outputs["OidcIssuer"].rpartition("/")[2]
    people = People(cognito, pool, outputs["OidcClientId"])
    table = outputs["TokenTableName"]
    return Access(
        admin=_sign_in(people, "admin", keepsake, ADMIN_GROUP),
        user=_sign_in(people, "user", keepsake),
        token=ensure_token(boto3.client("dynamodb"), table, keepsake),
    )


def _sign_in(people: People, username: str, keepsake: Keepsake, group: str = "") -> SignIn:
    password = password_for(username, keepsake)
    people.ensure(username, password, group)
    return SignIn(username, password, people.id_token(username, password))
