"""Secrets in AWS Secrets Manager."""

import json
import time

from botocore.exceptions import ClientError

from kernel.observability import client
from stores.errors import StoreError

# A secret that was changed is read anew before long.
_SECONDS_KEPT = 300.0


class SecretText:
    """The text of one secret, read when first needed and from time to time again."""

    def __init__(self, secret_id: str) -> None:
        self._id = secret_id
        self._text, self._until = "", 0.0

    def __call__(self) -> str:
        if time.monotonic() >= self._until:
            self._text = _read(self._id)
            self._until = time.monotonic() + _SECONDS_KEPT
        return self._text


def password_in(secret_id: str) -> str:
    """Return a database's password: a secret's text, or `password` in its JSON as RDS writes it.

    Raise StoreError when there is none that may be read.
    """
    try:
        text = _read(secret_id)
    except ClientError as error:
        raise _unreadable(secret_id, str(error.response["Error"]["Code"])) from None
    if not text.lstrip().startswith("{"):
        return text
    password = _document(text).get("password")
    if not isinstance(password, str) or not password:
        raise _unreadable(secret_id, "its JSON has no password")
    return password


def _read(secret_id: str) -> str:
    return str(client("secretsmanager").get_secret_value(SecretId=secret_id)["SecretString"])


def _document(text: str) -> dict[str, object]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _unreadable(secret_id: str, why: str) -> StoreError:
    return StoreError(
        "secret_unreadable",
        f"The password in the secret {secret_id} cannot be read ({why}).",
        "Check that the secret is there, in this region, with the password as its text or as"
        " password in its JSON.",
    )
