"""The two sign-ins: an administrator and an ordinary user."""

import contextlib
import secrets
from typing import TYPE_CHECKING

from local.seed.keepsake import Keepsake

if TYPE_CHECKING:
    from mypy_boto3_cognito_idp import CognitoIdentityProviderClient


class People:
    """Accounts in one user pool."""

    def __init__(self, cognito: "CognitoIdentityProviderClient", pool: str, client: str) -> None:
        self._cognito, self._pool, self._client = cognito, pool, client

    def ensure(self, username: str, password: str, group: str = "") -> None:
        """Make the account if it is missing and let it sign in with this password."""
        self._create(username)
        self._cognito.admin_set_user_password(
            UserPoolId=self._pool, Username=username, Password=password, Permanent=True
        )
        if group:
            self._join(username, group)

    def id_token(self, username: str, password: str) -> str:
        """Sign in."""
        answer = self._cognito.initiate_auth(
            ClientId=self._client,
            AuthFlow="USER_PASSWORD_AUTH",
            AuthParameters={"USERNAME": username, "PASSWORD": password},
        )
        return answer["AuthenticationResult"]["IdToken"]

    def _create(self, username: str) -> None:
        with contextlib.suppress(self._cognito.exceptions.UsernameExistsException):
            self._cognito.admin_create_user(
                UserPoolId=self._pool,
                Username=username,
                MessageAction="SUPPRESS",
                UserAttributes=[
                    {"Name": "email", "Value": f"{username}@example.org"},
                    {"Name": "email_verified", "Value": "true"},
                ],
            )

    def _join(self, username: str, group: str) -> None:
        with contextlib.suppress(self._cognito.exceptions.GroupExistsException):
            self._cognito.create_group(UserPoolId=self._pool, GroupName=group)
        self._cognito.admin_add_user_to_group(
            UserPoolId=self._pool, Username=username, GroupName=group
        )


def password_for(username: str, keepsake: Keepsake) -> str:
    """Generated once per clone; long enough for every usual policy."""
    return keepsake.once(f"password:{username}", lambda: f"{secrets.token_urlsafe(12)}-Aa1")
