"""Secrets as the product needs them: names with slashes, versions by id, names free at once."""

from typing import Any

import pytest

from tests.emulator.running import Emulator

NAME = "lisa/models/gpt-4.1_mini"
KEY, NEW_KEY = "not-a-real-key-1", "not-a-real-key-2"


@pytest.fixture
def secrets(ours: Emulator) -> Any:
    return ours.client("secretsmanager")


def test_each_version_of_a_secret_is_read_by_its_id(secrets: Any) -> None:
    tags = [{"Key": "lisa:deployment", "Value": "lisa"}]
    first = secrets.create_secret(Name=NAME, SecretString=KEY, Tags=tags)["VersionId"]
    with pytest.raises(secrets.exceptions.ResourceExistsException):
        secrets.create_secret(Name=NAME, SecretString=NEW_KEY)
    second = secrets.put_secret_value(SecretId=NAME, SecretString=NEW_KEY)["VersionId"]
    read = [
        secrets.get_secret_value(SecretId=NAME, VersionId=version)["SecretString"]
        for version in (first, second)
    ]
    assert read == [KEY, NEW_KEY]
    secrets.delete_secret(SecretId=NAME, ForceDeleteWithoutRecovery=True)


def test_a_secret_that_is_deleted_for_good_leaves_its_name(secrets: Any) -> None:
    for _ in range(2):
        secrets.create_secret(Name=NAME, SecretString=KEY)
        secrets.delete_secret(SecretId=NAME, ForceDeleteWithoutRecovery=True)
    with pytest.raises(secrets.exceptions.ResourceNotFoundException):
        secrets.get_secret_value(SecretId=NAME)
