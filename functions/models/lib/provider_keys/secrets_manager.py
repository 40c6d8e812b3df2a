"""Keys in AWS Secrets Manager, each model's under `<deployment>/models/<model id>`."""

import time
from collections.abc import Callable

from botocore.exceptions import ClientError
from pydantic import SecretStr

from kernel.observability import client
from provider_keys.errors import KeyBusyError
from routing.route import KeyReference

# A removed secret's name is free again within moments; API Gateway waits for 29 s.
ATTEMPTS = 6
FIRST_PAUSE = 0.25


class SecretsManagerKeys:
    """The `Keys` port, encrypted with a KMS key: empty for the account's of Secrets Manager."""

    def __init__(
        self,
        deployment_name: str,
        sleep: Callable[[float], None] = time.sleep,
        kms_key_arn: str = "",
    ) -> None:
        self._deployment, self._sleep = deployment_name, sleep
        self._encryption = {"KmsKeyId": kms_key_arn} if kms_key_arn else {}

    def keep(self, model_id: str, key: SecretStr) -> KeyReference:
        for attempt in range(ATTEMPTS):
            try:
                return self._kept(self._name(model_id), key.get_secret_value())
            except ClientError as error:
                if _code(error) not in ("InvalidRequestException", "ResourceNotFoundException"):
                    raise
            self._sleep(FIRST_PAUSE * 2**attempt)
        raise KeyBusyError(model_id)

    def forget(self, model_id: str) -> None:
        # A recovery window would keep the name taken for a week or more, and with it the id; and
        # who takes a key away wants it gone.
        try:
            client("secretsmanager").delete_secret(
                SecretId=self._name(model_id), ForceDeleteWithoutRecovery=True
            )
        except ClientError as error:
            # AWS calls a forced removal of nothing a success; the laptop's AWS does not.
            if _code(error) != "ResourceNotFoundException":
                raise

    def _kept(self, name: str, text: str) -> KeyReference:
        secrets = client("secretsmanager")
        try:
            made = secrets.create_secret(
                Name=name,
                SecretString=text,
                Description="The key of a model that others host.",
                Tags=[{"Key": "lisa:deployment", "Value": self._deployment}],
                **self._encryption,
            )
        except ClientError as error:
            if _code(error) != "ResourceExistsException":
                raise
            made = secrets.put_secret_value(SecretId=name, SecretString=text)
        return KeyReference(secret=name, version=made["VersionId"])

    def _name(self, model_id: str) -> str:
        return f"{self._deployment}/models/{model_id}"


def _code(error: ClientError) -> str:
    return str(error.response["Error"]["Code"])
