"""Secrets in AWS Secrets Manager."""

from kernel.observability import client


class SecretsManagerSecrets:
    """The `Secrets` port."""

    def text(self, secret_id: str) -> str:
        reply = client("secretsmanager").get_secret_value(SecretId=secret_id)
        return str(reply["SecretString"])
