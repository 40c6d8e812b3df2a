"""Secrets in AWS Secrets Manager."""

import time

from kernel.observability import client

# A secret that was changed is read anew before long.
_SECONDS_KEPT = 300.0


class SecretText:
    """The text of one secret, read when first needed and from time to time again."""

    def __init__(self, secret_id: str) -> None:
        self._id = secret_id
        self._text, self._until = "", 0.0

    def __call__(self) -> str:
        if time.monotonic() >= self._until:
            reply = client("secretsmanager").get_secret_value(SecretId=self._id)
            self._text, self._until = reply["SecretString"], time.monotonic() + _SECONDS_KEPT
        return self._text
