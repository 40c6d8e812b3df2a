"""One suite for keys, in Secrets Manager and in memory; and what only Secrets Manager does."""

from collections.abc import Callable

import boto3
import pytest
from botocore.exceptions import ClientError
from botocore.stub import Stubber
from pydantic import SecretStr

from kernel.observability import client
from provider_keys.errors import KeyBusyError
from provider_keys.ports import Keys
from provider_keys.secrets_manager import ATTEMPTS, SecretsManagerKeys
from routing.route import KeyReference
from tests.support.in_memory import InMemoryKeys

FIRST, SECOND = SecretStr("not-a-real-key-1"), SecretStr("not-a-real-key-2")
NAME = "lisa-test/models/gpt-4.1_mini"
INSTALLATIONS = "arn:aws:kms:us-east-1:123456789012:key/own"
MODEL = "gpt-4.1_mini"

type Read = Callable[[KeyReference], str | None]


@pytest.fixture(params=["in memory", "Secrets Manager"])
def kept(request: pytest.FixtureRequest) -> tuple[Keys, Read]:
    if request.param == "in memory":
        keys = InMemoryKeys()
        return keys, keys.read
    request.getfixturevalue("aws")
    return SecretsManagerKeys("lisa-test"), read


def read(reference: KeyReference) -> str | None:
    """Read a key as a gateway does: that version, and no other."""
    secrets = boto3.client("secretsmanager")
    try:
        found = secrets.get_secret_value(SecretId=reference.secret, VersionId=reference.version)
    except ClientError as error:
        assert error.response["Error"]["Code"] == "ResourceNotFoundException"
        return None
    return str(found["SecretString"])


def test_a_key_is_read_by_what_keeping_it_returned(kept: tuple[Keys, Read]) -> None:
    keys, read = kept
    reference = keys.keep(MODEL, FIRST)
    assert reference.secret.endswith(f"/models/{MODEL}")
    assert read(reference) == FIRST.get_secret_value()


def test_a_new_key_leaves_the_one_before_it_readable(kept: tuple[Keys, Read]) -> None:
    keys, read = kept
    first, second = keys.keep(MODEL, FIRST), keys.keep(MODEL, SECOND)
    assert first.secret == second.secret
    assert (read(first), read(second)) == (FIRST.get_secret_value(), SECOND.get_secret_value())


def test_models_share_no_key(kept: tuple[Keys, Read]) -> None:
    keys, read = kept
    mine, theirs = keys.keep("a", FIRST), keys.keep("a.b", SECOND)
    keys.forget("a.b")
    assert (read(mine), read(theirs)) == (FIRST.get_secret_value(), None)


def test_a_forgotten_key_is_gone_and_its_name_free_at_once(kept: tuple[Keys, Read]) -> None:
    keys, read = kept
    first = keys.keep(MODEL, FIRST)
    keys.forget(MODEL)
    assert read(first) is None
    again = keys.keep(MODEL, SECOND)
    assert read(again) == SECOND.get_secret_value()


def test_what_is_not_there_can_be_forgotten(kept: tuple[Keys, Read]) -> None:
    keys, _ = kept
    keys.forget("nobody")
    keys.forget("nobody")


@pytest.mark.usefixtures("aws")
def test_a_secret_says_whose_it_is_and_has_no_key_of_its_own() -> None:
    SecretsManagerKeys("lisa-test").keep(MODEL, FIRST)
    secret = boto3.client("secretsmanager").describe_secret(SecretId=NAME)
    assert secret["Tags"] == [{"Key": "lisa:deployment", "Value": "lisa-test"}]
    assert "KmsKeyId" not in secret


@pytest.mark.usefixtures("aws")
def test_a_secret_is_encrypted_with_the_key_of_the_installation() -> None:
    SecretsManagerKeys("lisa-test", kms_key_arn=INSTALLATIONS).keep(MODEL, FIRST)
    secret = boto3.client("secretsmanager").describe_secret(SecretId=NAME)
    assert secret["KmsKeyId"] == INSTALLATIONS


@pytest.mark.usefixtures("aws")
def test_a_name_that_is_still_being_removed_is_waited_for() -> None:
    pauses: list[float] = []
    with Stubber(client("secretsmanager")) as secrets:
        for _ in range(2):
            secrets.add_client_error("create_secret", "InvalidRequestException")
        secrets.add_response("create_secret", {"VersionId": "v" * 32})
        reference = SecretsManagerKeys("lisa-test", pauses.append).keep(MODEL, FIRST)
    assert reference == KeyReference(secret=NAME, version="v" * 32)
    assert pauses == [0.25, 0.5]


@pytest.mark.usefixtures("aws")
def test_a_name_that_does_not_become_free_is_a_conflict_before_the_api_gives_up() -> None:
    pauses: list[float] = []
    with Stubber(client("secretsmanager")) as secrets:
        for _ in range(ATTEMPTS):
            secrets.add_client_error("create_secret", "ResourceExistsException")
            secrets.add_client_error("put_secret_value", "ResourceNotFoundException")
        with pytest.raises(KeyBusyError, match=f"key of model {MODEL} is still being removed"):
            SecretsManagerKeys("lisa-test", pauses.append).keep(MODEL, FIRST)
    assert sum(pauses) < 20


@pytest.mark.usefixtures("aws")
def test_only_a_secret_that_is_not_there_is_forgotten_in_silence() -> None:
    with Stubber(client("secretsmanager")) as secrets:
        secrets.add_client_error("delete_secret", "ResourceNotFoundException")
        SecretsManagerKeys("lisa-test").forget(MODEL)
        secrets.add_client_error("delete_secret", "AccessDeniedException")
        with pytest.raises(ClientError, match="AccessDenied"):
            SecretsManagerKeys("lisa-test").forget(MODEL)


@pytest.mark.usefixtures("aws")
def test_what_nobody_foresaw_is_not_tried_again() -> None:
    with Stubber(client("secretsmanager")) as secrets:
        secrets.add_client_error("create_secret", "AccessDeniedException")
        with pytest.raises(ClientError, match="AccessDenied"):
            SecretsManagerKeys("lisa-test").keep(MODEL, FIRST)
