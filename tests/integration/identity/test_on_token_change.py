"""A change of the token table reaches the registry, however it was made."""

from dataclasses import dataclass
from typing import Any

import pytest
from botocore.exceptions import ClientError

from functions.identity.on_token_change.app import handler

REGISTRY = "test-LISARegistryTable"


@dataclass
class Context:
    """What Lambda hands to a function."""

    function_name: str = "test-identity-on-token-change"
    memory_limit_in_mb: int = 256
    invoked_function_arn: str = "arn:aws:lambda:eu-west-1:123456789012:function:test"
    aws_request_id: str = "request-1"


def batch(*changes: str) -> dict[str, Any]:
    records = [
        {
            "eventID": str(number),
            "eventName": change,
            "dynamodb": {"SequenceNumber": str(number), "Keys": {"token": {"S": "secret-token"}}},
        }
        for number, change in enumerate(changes)
    ]
    return {"Records": records}


def version(dynamodb: Any) -> str:
    reply = dynamodb.get_item(TableName=REGISTRY, Key={"scope": {"S": "version"}})
    return str(reply["Item"]["tokens"]["N"])


def test_each_batch_of_changes_raises_the_version_once(dynamodb: Any) -> None:
    assert handler(batch("INSERT", "MODIFY", "REMOVE"), Context()) == {"batchItemFailures": []}
    assert version(dynamodb) == "1"
    handler(batch("REMOVE"), Context())
    assert version(dynamodb) == "2"


def test_a_batch_that_failed_is_given_back_whole(dynamodb: Any) -> None:
    dynamodb.delete_table(TableName=REGISTRY)
    with pytest.raises(ClientError):
        handler(batch("INSERT"), Context())


def test_the_log_tells_no_token(dynamodb: Any, capsys: pytest.CaptureFixture[str]) -> None:
    handler(batch("INSERT"), Context())
    told = capsys.readouterr()
    assert "secret-token" not in told.out + told.err
