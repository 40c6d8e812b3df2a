"""Secrets in AWS Secrets Manager."""

from kernel.observability import client

CURRENT, PENDING = "AWSCURRENT", "AWSPENDING"


class SecretsManagerSecrets:
    """The `Secrets` port."""

    def text(self, secret_id: str, version: str | None = None) -> str:
        of_version = {} if version is None else {"VersionId": version}
        reply = client("secretsmanager").get_secret_value(SecretId=secret_id, **of_version)
        return str(reply["SecretString"])

    def propose(self, secret_id: str, version: str, text: str) -> None:
        manager = client("secretsmanager")
        try:
            self.text(secret_id, version)
        except manager.exceptions.ResourceNotFoundException:
            manager.put_secret_value(
                SecretId=secret_id,
                ClientRequestToken=version,
                SecretString=text,
                VersionStages=[PENDING],
            )

    def promote(self, secret_id: str, version: str) -> None:
        manager = client("secretsmanager")
        stages = manager.describe_secret(SecretId=secret_id)["VersionIdsToStages"]
        [current] = (known for known, labels in stages.items() if CURRENT in labels)
        if current != version:
            manager.update_secret_version_stage(
                SecretId=secret_id,
                VersionStage=CURRENT,
                MoveToVersionId=version,
                RemoveFromVersionId=current,
            )
